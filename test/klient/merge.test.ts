import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject, JsonValue } from '../../runtime/json.js'
import { mergeConfig } from '../../runtime/klient/cloud-config/merge.js'
import { isMap, toNode, writeYaml, YAMLMap } from '../../runtime/klient/cloud-config/nodes.js'
import { parseConfig } from '../../runtime/klient/cloud-config/parse.js'
import { readMap } from '../../runtime/klient/cloud-config/read-node.js'
import { Placeholders } from '../../runtime/klient/expressions/placeholders.js'

const ours = {
  hostname: 'ada',
  output: { all: '| tee -a /var/log/x' },
  users: ['default', { name: 'ada', sudo: 'ALL' }],
  write_files: [
    { path: '/a', content: 'a' },
    { path: '/b', content: 'b' },
  ],
  runcmd: ['/a'],
}

const placeholders = new Placeholders('', () => undefined)

function node(value: JsonObject): YAMLMap {
  const map = toNode(value)
  return isMap(map) ? map : new YAMLMap()
}

function merge(theirs: JsonObject, base: JsonObject = ours): JsonObject {
  return readMap(mergeConfig(node(base), node(theirs)))
}

/** Merges YAML as the user writes it, and writes the result. */
function mergeYaml(theirs: string, base: JsonObject = {}): string {
  const config = parseConfig(theirs, placeholders)?.config ?? new YAMLMap()
  return writeYaml(mergeConfig(node(base), config))
}

function conflict(theirs: JsonObject): string {
  try {
    merge(theirs)
    return ''
  } catch (error) {
    return error instanceof Error ? error.message : ''
  }
}

describe('what merges', () => {
  it('maps have the keys of both, ours first', () => {
    const merged = merge({ packages: ['git'], output: { final: 'x' } })
    expect(Object.keys(merged)).toEqual([...Object.keys(ours), 'packages'])
    expect(merged.output).toEqual({ all: '| tee -a /var/log/x', final: 'x' })
  })

  it('lists have the items of both, ours first, in their order and as often as they stand there', () => {
    expect(merge({ runcmd: ['z', ['y', 'x'], 'z'] }).runcmd).toEqual(['/a', 'z', ['y', 'x'], 'z'])
  })

  it('what equals ours is no conflict, and is not repeated', () => {
    const file = { content: 'a', path: '/a' }
    expect(merge({ hostname: 'ada', users: ['default', 'bob'], write_files: [file], runcmd: ['/a'] })).toEqual({
      ...ours,
      users: [...ours.users, 'bob'],
    })
  })

  it('a list item with the name of one of ours is merged into it', () => {
    expect(merge({ users: [{ name: 'bob' }, { name: 'ada', groups: ['docker'] }, 'default'] }).users).toEqual([
      'default',
      { name: 'ada', sudo: 'ALL', groups: ['docker'] },
      { name: 'bob' },
    ])
  })

  it.each([
    ['as a text', 'default, bob', ['bob']],
    ['as a map', { bob: { gecos: 'Bob' }, eve: false, tim: true }, [{ name: 'bob', gecos: 'Bob' }, 'tim']],
  ])('users may be said %s', (_, users, added) => {
    expect(merge({ users }).users).toEqual([...ours.users, ...added])
  })

  it('a key that says nothing changes nothing', () => {
    expect(merge({ runcmd: null, hostname: null })).toEqual(ours)
    expect(mergeYaml('runcmd:\nwrite_files: ~\n', ours)).toBe(writeYaml(node(ours)))
  })
})

describe('what conflicts, with its whole path', () => {
  it.each<[string, JsonObject, string]>([
    ['a value set on both sides', { hostname: 'eve' }, 'hostname'],
    ['a value deep in a map', { output: { all: '/dev/null' } }, 'output.all'],
    ['a file of ours', { write_files: [{ path: '/z' }, { path: '/a', content: 'z' }] }, 'write_files.1.path'],
    [
      'a file of ours, differently written',
      { write_files: [{ path: '//x/..//b', content: 'z' }] },
      'write_files.0.path',
    ],
    ['what the named item of ours has', { users: ['bob', { name: 'ada', sudo: 'no' }] }, 'users.1.sudo'],
    ['a list where we have a value', { hostname: ['ada'] }, 'hostname'],
    ['a value where we have a list', { runcmd: 'reboot' }, 'runcmd'],
  ])('%s', (_, theirs, path) => {
    expect(conflict(theirs)).toContain(`user data: ${path} conflicts with what Kloud sets there`)
  })

  it('and with ours, when it is another', () => {
    expect(conflict({ write_files: [{ path: '/b', content: 'z' }] })).toContain('(as its write_files.1.path)')
    expect(() => merge({ hostname: 'eve' })).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('hostname') }),
    )
  })
})

describe('how values are written', () => {
  it.each([
    'permissions: 0644',
    "permissions: '0644'",
    'enabled: yes',
    'start: 12:30',
    'date: 2026-01-02',
    'empty:',
    'text: ""',
    'flow: [ a, yes, "no", { b: 0755 } ]',
    'folded: >-\n  a\n  b\n\n  c',
    'literal: |+\n  a\n    b\n\nnext: 1',
    'binary: !!binary aGVsbG8=',
    '? [ a, b ]\n: c',
    '"quoted key": x',
    '10: ten\n2: two',
    '__proto__: x\nconstructor: y',
  ])('%j stays as it is', (line) => {
    expect(readMap(parseConfig(mergeYaml(line), placeholders)?.config ?? new YAMLMap())).toEqual(
      readMap(parseConfig(line, placeholders)?.config ?? new YAMLMap()),
    )
    expect(mergeYaml(line).replace(/\s/g, '')).toContain(line.split('\n')[0]?.replace(/\s/g, ''))
  })

  it('comments go, anchors and merge keys are resolved', () => {
    const theirs = 'a: &x # one\n  k: 1\n  l: 2\n# two\nb:\n  <<: *x\n  l: 3\nc: [ *x ]\n'
    expect(mergeYaml(theirs)).toBe('a:\n  k: 1\n  l: 2\nb:\n  k: 1\n  l: 3\nc: [ { k: 1, l: 2 } ]\n')
  })
})

describe('whatever the user gives', () => {
  const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null))
  const key = fc.oneof(
    fc.string({ minLength: 1, maxLength: 6 }),
    fc.constantFrom('__proto__', '1', 'yes', 'a b', 'constructor'),
  )
  const { value } = fc.letrec<{ value: JsonValue }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      leaf,
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
    ),
  }))
  const theirs = fc
    .record({
      other: fc.dictionary(key, value, { maxKeys: 4, noNullPrototype: true }),
      runcmd: fc.array(value, { maxLength: 5 }),
      users: fc.array(
        fc.oneof(fc.string({ minLength: 1 }), fc.record({ name: fc.constantFrom('bob', 'tim'), gecos: fc.string() })),
        { maxLength: 3 },
      ),
    })
    .map(({ other, ...rest }): JsonObject => ({ ...other, ...rest }))
    .filter((config) => !['hostname', 'output', 'write_files'].some((name) => Object.hasOwn(config, name)))

  it('nothing of it is lost, its order is kept, and neither side is changed', () => {
    fc.assert(
      fc.property(theirs, (config) => {
        const [before, own] = [node(config), node(ours)]
        const texts = [writeYaml(before), writeYaml(own)]
        const merged = readMap(mergeConfig(own, before))
        expect([writeYaml(before), writeYaml(own)]).toEqual(texts)
        expect(merged).toMatchObject({ hostname: ours.hostname, write_files: ours.write_files })
        for (const [name, value] of Object.entries(readMap(before))) {
          if (!Array.isArray(value) || !Object.hasOwn(ours, name)) expect(merged[name]).toEqual(value)
        }
        const added = (list: JsonValue | undefined, base: JsonValue[]) =>
          Array.isArray(list)
            ? list.filter((item) => !base.some((one) => JSON.stringify(one) === JSON.stringify(item)))
            : []
        expect(added(merged.runcmd, ours.runcmd)).toEqual(added(readMap(before).runcmd, ours.runcmd))
        expect(added(merged.users, ours.users)).toEqual(added(readMap(before).users, ours.users))
      }),
      { numRuns: 300 },
    )
  })

  it('merged again, it is the same', () => {
    fc.assert(
      fc.property(theirs, (config) => {
        const once = mergeConfig(node(ours), node(config))
        expect(writeYaml(mergeConfig(node(ours), once))).toBe(writeYaml(once))
      }),
      { numRuns: 200 },
    )
  })
})

describe('what is refused', () => {
  it.each([
    ['no YAML', 'a: [1', /not YAML at line 1, column \d+/],
    ['a list', '- a', /is a map/],
    ['a text', 'hello', /is a map/],
    ['two documents', 'a: 1\n---\nb: 2', /not YAML at line 2/],
    ['10,000 levels', `a: ${'['.repeat(10_000)}`, /not YAML|deep/],
    ['120 levels', `a: ${'['.repeat(120)}${']'.repeat(120)}`, /deeper than 100 levels/],
    [
      'a text that multiplies itself',
      `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefgh'].map((name, index) => `${name}: &${name} [${`*${'abcdefgh'[index]},`.repeat(9)}]`).join('\n')}`,
      /more than 100000 values/,
    ],
    ['an alias of itself', 'a: &a [*a]', /deeper than 100 levels|not YAML/],
  ])('%s', (_, text, message) => {
    expect(() => parseConfig(text, placeholders)).toThrow(message)
  })
})
