import { describe, expect, it } from 'vitest'
import { checkJmespath } from '../../runtime/jmespath/check.js'
import { isTruthy, pathSteps, searchJson } from '../../runtime/jmespath/search.js'

describe('an expression', () => {
  it.each([
    ['droplet.status', 'active'],
    ["list[?type == 'state'].data | [0]", 'running'],
    ['missing.deeper', null],
    ['constructor', null],
    ['"__proto__"', null],
  ])('%s finds %j', (expression, found) => {
    const answer = { droplet: { status: 'active' }, list: [{ type: 'x' }, { type: 'state', data: 'running' }] }
    expect(searchJson(expression, answer)).toEqual(found)
  })

  it('knows other answers by name, whatever is in them', () => {
    const response = { name: "x' || 'y", none: null }
    expect(searchJson('id == $response.name', { id: response.name }, { response })).toBe(true)
    expect(searchJson('$response.none', {}, { response })).toBeNull()
    expect(searchJson('$gone', {}, { gone: null })).toBeNull()
  })

  it('is true as JMESPath has it', () => {
    expect([null, false, '', [], {}].map(isTruthy)).toEqual([false, false, false, false, false])
    expect([0, true, 'x', [0], { a: 1 }].map(isTruthy)).toEqual([true, true, true, true, true])
  })

  it('is steps for code where it is only a path', () => {
    expect(pathSteps('Reservations[0].Instances[0].State.Name')).toEqual([
      'Reservations',
      0,
      'Instances',
      0,
      'State',
      'Name',
    ])
    expect(pathSteps('"a-b".c')).toEqual(['a-b', 'c'])
    expect([pathSteps('a[*].b'), pathSteps('a[-1]'), pathSteps('a || b')]).toEqual([undefined, undefined, undefined])
  })
})

describe('the check before generating', () => {
  it.each([
    'a.b[0]."c-d"',
    "[?type == 'state'].data | [0]",
    "action.status == 'completed' && !error",
    "contains(message, 'pending event')",
    'length(a) > `2`',
    'sort_by(a, &b)[0]',
    'not_null(a, b, c)',
    '$response.id == id',
    '@',
  ])('takes %s', (expression) => {
    expect(checkJmespath(expression, ['response'])).toEqual({ ok: true })
  })

  it.each([
    ['', 'the expression is empty', 0],
    ["status = 'x'", '= is an assignment; write == to compare', 7],
    ['power-state', '- is arithmetic; a name with a dash is written "power-state"', 5],
    ['a + b', '+ is arithmetic', 2],
    ['a * b', '* is arithmetic here; write .* or [*] for every value', 2],
    ['a & b', '& stands before an argument; write && for and', 2],
    ['a b', 'something is missing before b, such as an operator', 2],
    ["a == 'x", "this ' is not closed", 5],
    ['a == "x', 'this quoted name is not closed, or no JSON text', 5],
    ['a == `x`', 'what stands between ` is not JSON, or is not closed', 5],
    ['a # b', '# means nothing in JMESPath', 2],
    ['a[1-2]', '1-2 is not a number', 2],
    ['a..b', 'unexpected .', 2],
    ['a.b.', 'the expression ends too early', 4],
    ['contains(a,', 'the expression ends too early', 11],
    ['contains(a)', 'contains() takes 2 arguments, not 1', 0],
    ['contains(a, b,)', 'contains() takes 2 arguments, not 3', 0],
    ['{a: b, }', 'unexpected }', 7],
    ['cntains(a, b)', 'there is no function cntains; did you mean contains?', 0],
    ['length(a, b)', 'length() takes 1 argument, not 2', 0],
    ['$respone.id', 'there is no $respone; did you mean response?', 0],
  ])('refuses %s: %s', (expression, message, offset) => {
    expect(checkJmespath(expression, ['response'])).toEqual({ ok: false, message, offset })
  })
})
