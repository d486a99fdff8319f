// What a spec says reaches code as a name, a literal or a comment, and means there what it meant in the spec.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { emit } from '../../generator/emit/emit.js'
import { resolveModel } from '../../generator/model/resolve.js'
import { isObject } from '../../runtime/json.js'
import type { Provider } from '../../runtime/provider.js'
import { BaseStack } from '../../runtime/stack/base-stack.js'
import { read } from '../spec/smallest.js'
import { shapeOf } from './compile.js'
import { hostileTexts, hostileYaml, specOf } from './hostile.js'

const folder = mkdtempSync(join(tmpdir(), 'kloud-gen-hostile-'))
const cases = Object.entries({ harmless: 'harmless', ...hostileTexts }).map(([title, text], index) => ({
  title,
  text,
  name: `hostile${index}`,
}))
const files = new Map<string, string>()

const textOf = (name: string, file: string) => files.get(`${name}/${file}`) ?? ''

beforeAll(async () => {
  const models = cases.map(({ title, text, name }) => {
    const { loaded, diagnostics } = read(hostileYaml(name, text))
    if (!loaded) throw new Error(`${title}: ${JSON.stringify(diagnostics[0])}`)
    return resolveModel(loaded)
  })
  for (const [index, emitted] of (await emit(models)).entries()) {
    const name = cases[index]?.name ?? ''
    mkdirSync(join(folder, name))
    for (const { path, text } of emitted) {
      files.set(`${name}/${path}`, text)
      writeFileSync(join(folder, name, path), text)
    }
  }
})
afterAll(() => rmSync(folder, { recursive: true }))

const sources = ['index.ts', 'schema.gen.ts', 'stack.gen.ts', 'machine.gen.ts', 'stack.ts', 'machine.ts']

test.each(cases)('$title: the code does what any other provider’s does', ({ name }) => {
  for (const file of sources) expect(shapeOf(textOf(name, file)), file).toEqual(shapeOf(textOf('hostile0', file)))
})

test.each(cases)('$title: the code says what the spec says', async ({ name, text }) => {
  const spec = specOf(name, text)
  const provider: Provider = (await import(join(folder, name, 'index.ts'))).default
  const { title, description, homepage } = spec
  expect(provider).toMatchObject({ title: plain(title), description: plain(description), homepage })
  for (const [part, fields] of Object.entries(fieldsOf(spec)))
    for (const [field, said] of Object.entries(fields)) compareField(fieldOf(provider, part, field), said)
  const { template, calls } = await run(provider)
  expect(part(template, 'locals')).toEqual(part(spec, 'bootstrap', 'locals'))
  const { defaults, set, append, forbid } = plainObject(part(spec, 'machine'))
  const given = (map: unknown, verb: string) =>
    Object.entries(plainObject(map)).map(([path, value]) => [verb, path, value])
  expect(calls).toEqual(
    expect.arrayContaining([
      ...given(defaults, 'default'),
      ...given(set, 'set'),
      ...given(append, 'append'),
      ...given(forbid, 'forbid'),
    ]),
  )
})

/** A value of the spec as it is meant: ours resolved, and `$${{` for what is not ours. */
function plain(value: unknown): unknown {
  if (typeof value === 'string')
    return value
      .replaceAll(/(?<!\$)\$\{\{ machine\.name \}\}/g, 'NAME')
      .replaceAll(/(?<!\$)\$\{\{ team\.slug \}\}/g, 'SLUG')
      .replaceAll('$${{', () => '${{')
  if (Array.isArray(value)) return value.map(plain)
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, entry]) => [plain(key), plain(entry)]))
    : value
}

function plainObject(value: unknown): Record<string, unknown> {
  const found = plain(value)
  return isObject(found) ? found : {}
}

function part(spec: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), spec)
}

function fieldsOf(spec: unknown): Record<string, Record<string, unknown>> {
  return {
    Credential: plainObject(part(spec, 'credential')),
    Bootstrap: plainObject(part(spec, 'bootstrap', 'outputs')),
    Metadata: plainObject(part(spec, 'machine', 'metadata')),
  }
}

function fieldOf(provider: object, className: string, name: string): unknown {
  const schema: unknown = Reflect.get(provider, className)
  return typeof schema === 'function' && 'fields' in schema ? part(schema.fields, name) : undefined
}

/** Compares what a field says in the generated table with what the spec says. */
function compareField(field: unknown, said: unknown): void {
  const { enum: words, items, fields, json, value: _, ...texts } = plainObject(said)
  expect(field).toMatchObject(texts)
  if (words !== undefined) {
    const values = Object.entries(plainObject(words)).map(([value, title]) => ({ value, title }))
    expect(part(field, 'values')).toEqual(values)
  }
  if (items !== undefined) compareField(part(field, 'items'), items)
  for (const [key, parts] of Object.entries({ fields, json }))
    for (const [name, inner] of Object.entries(plainObject(parts))) compareField(part(field, key, name), inner)
}

/** Runs the generated stack, and writes down what it gives a machine. */
async function run(provider: Provider) {
  const calls: unknown[][] = []
  const machine = new Proxy(
    { name: 'NAME', hasAny: () => false },
    {
      get: (known, verb) => Reflect.get(known, verb) ?? ((...args: unknown[]) => calls.push([String(verb), ...args])),
    },
  )
  const context = {
    credential: provider.Credential.parse({ token: 'xx', region: 'other' }),
    identifier: 'id',
    user: {},
    team: { slug: 'SLUG' },
    stack: {},
    ssh: { name: 'n', public_key: 'p' },
  }
  const stack: unknown = Reflect.construct(provider.Stack, [context])
  if (!(stack instanceof BaseStack)) throw new Error('no Stack was generated')
  Reflect.apply(stack.fillMachine, stack, [machine])
  return { template: stack.bootstrapTemplate(), calls }
}

/** Blocks and pieces of code in Markdown, which show what is in them. */
const code = /^(```+|~~~+)[\s\S]*?^\1$|(?<![`\\])(`+)(?!`)[\s\S]*?[^`]\2(?!`)/gm

test.each(cases)('$title: schema.json is JSON that says it, and the README keeps its parts', ({ name, text }) => {
  const schema: unknown = JSON.parse(textOf(name, 'schema.json'))
  expect(part(schema, 'title')).toBe(text)
  expect(part(schema, '$defs', 'Credential', 'properties', 'plain', 'description')).toBe(text)
  expect(headings(textOf(name, 'README.md'))).toEqual(expect.arrayContaining(headings(textOf('hostile0', 'README.md'))))
  const shown = textOf(name, 'README.md').replaceAll(code, '')
  expect(shown).not.toMatch(/<(?!https:|!-- generated\/hostile\d+\/README.md)/)
})

/** The headings of our own in a README, outside of blocks of code; and rows of tables with their cells. */
function headings(markdown: string): string[] {
  const lines = markdown.split('\n')
  let open = ''
  return lines.flatMap((line) => {
    const fence = /^(`{3,}|~{3,})/.exec(line)?.[1]
    if (fence !== undefined && open === '') open = fence
    else if (fence === open) open = ''
    if (open !== '' || fence !== undefined) return []
    if (/^## (What|A first)/.test(line)) return [line]
    const cells = line.split(/(?<!\\)\|/).length
    return /^\| `(token|plain|given|region|words|parts|key)` \|/.test(line) ? [`${line.slice(0, 10)} ${cells}`] : []
  })
}

test('all of it is as the house’s formatter leaves it, and without a fault', () => {
  const { $schema: _, vcs: __, ...config } = JSON.parse(readFileSync('biome.json', 'utf8'))
  writeFileSync(join(folder, 'biome.json'), JSON.stringify(config))
  const biome = resolve('node_modules/.bin/biome')
  const { stdout, stderr } = spawnSync(
    biome,
    ['ci', '--colors=off', '--max-diagnostics=5', ...cases.map(({ name }) => name)],
    {
      cwd: folder,
      encoding: 'utf8',
    },
  )
  expect(stderr.slice(0, 2000)).toBe('')
  expect(stdout).toMatch(/^Checked \d+ files in .*\. No fixes applied\.\s*$/)
})
