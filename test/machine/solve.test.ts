import { assert, constantFrom, integer, letrec, oneof, option, property, record, tuple } from 'fast-check'
import { expect, test } from 'vitest'
import { isTruthy, searchJson } from '../../runtime/jmespath/search.js'
import { solveJson } from '../../runtime/jmespath/solve.js'
import type { JsonValue } from '../../runtime/json.js'

test.each<[string, JsonValue, JsonValue]>([
  ['droplet.status', 'off', { droplet: { status: 'off' } }],
  [
    "statuses[?starts_with(code, 'PowerState/')].code | [0]",
    'PowerState/off',
    { statuses: [{ code: 'PowerState/off' }] },
  ],
  ['Reservations[0].Instances[0].State.Name', 'x', { Reservations: [{ Instances: [{ State: { Name: 'x' } }] }] }],
  [
    "app && (app.count == `0` && 'suspended' || app.tasks > `0` && 'running')",
    'running',
    { app: { count: 1, tasks: 1 } },
  ],
  ["down && 'off' || 'on'", 'on', {}],
  ['@', true, true],
])('%s finds %j in the answer that is made for it', (expression, is, answer) => {
  expect(searchJson(expression, answer)).toEqual(is)
  const solved = solveJson([{ expression, is }])
  expect(solved === undefined ? solved : searchJson(expression, solved)).toEqual(is)
})

test('several wishes come true in one answer', () => {
  const response = { id: 7 }
  const wishes = [
    { expression: "status == 'error' || error", holds: false },
    { expression: "contains(steps[*].name, 'boot') && id == $response.id", holds: true },
    { expression: 'server.status', is: 'off' },
  ]
  expect(solveJson(wishes, { response })).toEqual({ steps: [{ name: 'boot' }], id: 7, server: { status: 'off' } })
})

test.each([
  [[{ expression: "a == 'x' && a == 'y'", holds: true }]],
  [[{ expression: "a && 'x'", is: 'y' }]],
  [
    [
      { expression: 'a', is: 1 },
      { expression: "starts_with(a, 'x')", holds: true },
    ],
  ],
  [[{ expression: 'sum(a)', is: 7 }]],
])('nothing is made up for %j, which no answer fits or which is not known', (wishes) => {
  expect(solveJson(wishes)).toBeUndefined()
})

/** Answers whose places have each a kind, as a cloud's do, and conditions on those places. */
const words = constantFrom('x', 'y', 'xy')
const answers = record({
  a: option(record({ b: option(words), n: option(integer({ min: 0, max: 3 })) })),
  list: option(tuple(record({ key: words, value: option(words) }), record({ key: words, value: option(words) }))),
})
const literal = words.map((word) => `'${word}'`)
const { condition } = letrec<{ condition: string }>((tie) => ({
  condition: oneof(
    { depthSize: 'small', withCrossShrink: true },
    tuple(constantFrom('==', '!='), literal).map(([sign, word]) => `a.b ${sign} ${word}`),
    tuple(constantFrom('==', '!=', '<', '<=', '>', '>='), integer({ min: 0, max: 3 })).map(
      ([sign, number]) => `a.n ${sign} \`${number}\``,
    ),
    constantFrom('a', 'a.b', 'list', 'list[0].value', 'list[-1].key', 'list[*].value'),
    tuple(literal, literal).map(([key, value]) => `(list[?key == ${key}].value | [0]) == ${value}`),
    tuple(constantFrom('starts_with', 'contains', 'ends_with'), literal).map(
      ([name, word]) => `a.b && ${name}(a.b, ${word})`,
    ),
    tie('condition').map((inner) => `!(${inner})`),
    tuple(tie('condition'), constantFrom('&&', '||'), tie('condition')).map(
      ([left, sign, right]) => `(${left} ${sign} ${right})`,
    ),
  ),
}))

test('whatever some answer does to two conditions, an answer is found that does the same', () => {
  assert(
    property(answers, condition, condition, (answer, one, other) => {
      const outcomes = [one, other].map((expression) => ({
        expression,
        holds: isTruthy(searchJson(expression, answer)),
      }))
      const solved = solveJson(outcomes)
      for (const { expression, holds } of outcomes)
        expect(solved === undefined ? 'no answer' : isTruthy(searchJson(expression, solved))).toBe(holds)
    }),
    { numRuns: 1000 },
  )
})
