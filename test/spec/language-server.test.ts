import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { LanguageClient, type Position } from './language-client.js'
import { read, smallestWith } from './smallest.js'

const line = '# yaml-language-server: $schema=../generator/spec/kloud-v1.schema.json\n'
let client: LanguageClient
let opened = 0

beforeAll(async () => {
  client = await LanguageClient.start()
})
afterAll(() => client.stop())

interface Opened {
  path: string
  faults: string[]
  cursor: Position
}

/** Opens the smallest spec with a fragment, the cursor at its `|`. Nothing is written to disk. */
async function open(fragment: string): Promise<Opened> {
  const marked = line + smallestWith(fragment)
  const before = marked.slice(0, marked.indexOf('|')).split('\n')
  const path = resolve(`specs/opened-${++opened}.yaml`)
  const found = await client.open(path, marked.replace('|', ''))
  return {
    path,
    faults: found.map(
      ({ range: { start, end }, message }) => `${start.line}:${start.character}-${end.character} ${message}`,
    ),
    cursor: { line: before.length - 1, character: before.at(-1)?.length ?? 0 },
  }
}

async function complete(fragment: string): Promise<string[]> {
  const { path, cursor } = await open(fragment)
  return (await client.complete(path, cursor)).map(({ label }) => label)
}

const fieldKeys = ['type', 'label', 'secret', 'pattern', 'items', 'requires']

test.each([
  ['at the top', 'cred|', ['api', 'bootstrap', 'extends', 'hooks', 'homepage']],
  ['in a field', 'credential:\n  token:\n    |', fieldKeys],
  ['in a field on one line', 'credential:\n  token: { se| }', fieldKeys],
  [
    'in a field of metadata',
    'machine:\n  resource: a_b\n  metadata:\n    id:\n      |',
    ['from', 'value', ...fieldKeys.slice(0, 4)],
  ],
  ['in what is demanded of a spec', 'terraform:\n  |', ['source', 'version', 'config', 'fixed']],
  ['in a list', 'machine:\n  resource: a_b\n  with:\n    - |', ['unless', 'when', 'defaults', 'resource']],
  ['where other keys stand', 'machine:\n  resource: a_b\n  require: [name]\n  |', ['defaults', 'userData', 'metadata']],
  ['deep in the api', 'api:\n  stop:\n    - call: x\n      wait:\n        |', ['state', 'until', 'timeout']],
])('an editor completes keys %s', async (_, fragment, expected) => {
  expect(await complete(fragment)).toEqual(expect.arrayContaining(expected))
})

test('no key is offered that is there already', async () => {
  expect(await complete('machine:\n  resource: a_b\n  require: [name]\n  |')).not.toContain('require')
})

test.each([
  ['spec: |', ['kloud/v1']],
  ['credential:\n  a:\n    type: |', ['string', 'integer', 'duration', 'list']],
  ['credential:\n  a:\n    secret: |', ['true', 'false']],
])('an editor completes values: %j', async (fragment, expected) => {
  expect(await complete(fragment)).toEqual(expect.arrayContaining(expected))
})

test('an editor shows what a key is for', async () => {
  const { path } = await open('homepage: |https://acme.example')
  expect(await client.hover(path, { line: 1, character: 2 })).toContain('Where people read about it')
})

test.each([
  ['titel: |x', '1:0-5 Property titel is not allowed.'],
  ['credential:\n  a: { secret: |yes please }', '2:15-25 Incorrect type. Expected "boolean".'],
  ['terraform: |{ version: 1.0.0 }', '1:0-9 Missing property "source".'],
  ['api:\n  stop: [{ cal: |x }]', '2:11-14 Property cal is not allowed.'],
])('an editor marks an error at the right place: %j', async (fragment, expected) => {
  expect((await open(fragment)).faults).toEqual([expected])
})

test('an editor and validate complain of the same lines', async () => {
  const fragment = `titel: x
hooks: [|]
credential:
  a: { type: strng, secret: 1 }
  b: { enum: 12 }
  c: { items: { itms: {} } }
bootstrap:
  outputs: { d: { vlue: x } }
machine:
  resource: acme_server
  with: [ { unless: x } ]
  userData: { limit: 64KiB }
`
  const { faults } = await open(fragment)
  const lines = (found: number[]) => [...new Set(found)].sort((a, b) => a - b)
  const ours = read(smallestWith(fragment.replace('|', ''))).diagnostics
  expect(lines(faults.map((fault) => Number(fault.split(':')[0])))).toEqual(
    lines(ours.filter(({ code }) => code < 'KG030').map(({ line }) => line)),
  )
})

test('a spec that extends another may leave out what that one has, and take parts away', async () => {
  expect((await open('extends: ./base.yaml|\nmachine: {}\ncredential: { zone: null }')).faults).toEqual([])
})

test('every spec of ours is right to an editor too', async () => {
  const files = readdirSync('specs').flatMap((name) => (name.endsWith('.yaml') ? [join('specs', name)] : []))
  for (const file of files) {
    const text = readFileSync(file, 'utf8')
    expect(text, file).toMatch(/^# yaml-language-server: \$schema=..\/generator\/spec\/kloud-v1.schema.json\n/)
    expect(await client.open(resolve(file), text), file).toEqual([])
  }
  expect(files.length).toBeGreaterThan(7)
})
