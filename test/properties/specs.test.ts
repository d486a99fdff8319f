import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { emit } from '../../generator/emit/emit.js'
import { firstStack, firstStackYaml } from '../../generator/emit/first-stack.js'
import type { ProviderModel } from '../../generator/model/model.js'
import { resolveModel } from '../../generator/model/resolve.js'
import type { OutputFile } from '../../generator/output/output-file.js'
import { isObject } from '../../runtime/json.js'
import { read, smallestWith } from '../spec/smallest.js'
import { randomSpec, type SpecData } from './random-spec.js'

/** The models of specs, as data, under names of their own. */
function modelsOf(specs: readonly SpecData[]): ProviderModel[] {
  return specs.map((spec, index) => {
    const text = stringify({ ...spec, name: `acme${index}` }, { lineWidth: 0 })
    const { loaded, diagnostics } = read(text)
    if (!loaded)
      throw new Error(
        `${diagnostics.map(({ code, line, message }) => `${line} ${code} ${message}`).join('\n')}\n${text}`,
      )
    return resolveModel(loaded)
  })
}

function emitAll(specs: readonly SpecData[]): Promise<OutputFile[][]> {
  return emit(modelsOf(specs))
}

const someSpecs = fc.array(randomSpec, { minLength: 2, maxLength: 4 })

test('specs at random are generated twice to the same bytes, in any company', async () => {
  await fc.assert(
    fc.asyncProperty(someSpecs, async (specs) => {
      const first = await emitAll(specs)
      expect(await emitAll(structuredClone(specs))).toEqual(first)
      expect((await emitAll(specs.slice(0, 1)))[0]).toEqual(first[0])
    }),
    { numRuns: 15 },
  )
})

test('the first stack that a README shows is the one that the test of a whole life makes', async () => {
  await fc.assert(
    fc.asyncProperty(randomSpec, async (spec) => {
      const [model] = modelsOf([spec])
      if (model) expect(parse(`${firstStackYaml(model)}\n`)).toEqual(firstStack(model))
    }),
    { numRuns: 50 },
  )
})

test.each([
  ['lines that YAML does not break', 'a\u2028b\u2029c\rd'],
  ['lines, and spaces before them', '  a\n\n   b\n\n'],
  ['what would be no text', 'null'],
  ['nothing', ''],
  ['a tab and a long line', `\t${'word '.repeat(60)}`],
])('a first stack keeps %s', (_, value) => {
  const { loaded } = read(
    smallestWith(
      `machine:\n  resource: acme_server\n  example: { a: ${JSON.stringify(value)}, b.c: [${JSON.stringify(value)}] }`,
    ),
  )
  const model = loaded && resolveModel(loaded)
  expect(model && parse(`${firstStackYaml(model)}\n`)).toEqual({
    resource: { acme_server: { web: { a: value, b: { c: [value] } } } },
  })
})

/** Maps whose keys are names that a user gives: forms and code have them in this order. */
const named = new Set([
  'credential',
  'fields',
  'json',
  'metadata',
  'outputs',
  'config',
  'resource',
  'made',
  'defaults',
  'set',
  'append',
  'enum',
])

/** The same spec with the keys of every other map in another order. */
function shuffled(value: unknown, order: (keys: string[]) => string[], within = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, order))
  if (!isObject(value)) return value
  if (named.has(within)) {
    const deep = ['credential', 'fields', 'json', 'metadata'].includes(within)
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, deep ? shuffled(part, order) : part]))
  }
  return Object.fromEntries(order(Object.keys(value)).map((key) => [key, shuffled(value[key], order, key)]))
}

test('the order of keys changes nothing, but for the order of fields and attributes, which is the order in forms and code', async () => {
  await fc.assert(
    fc.asyncProperty(randomSpec, fc.infiniteStream(fc.nat(1000)), async (spec, numbers) => {
      const order = (keys: string[]) =>
        keys
          .map((key) => [numbers.next().value, key] as const)
          .sort(([a], [b]) => a - b)
          .map(([, key]) => key)
      const other = shuffled(spec, order)
      if (!isObject(other)) throw new Error('a spec is a map')
      expect(await emitAll([other])).toEqual(await emitAll([spec]))
    }),
    { numRuns: 15 },
  )
})

test('all of it is as the house’s formatter leaves it, and TypeScript can read it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kloud-gen-random-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const { $schema: _, vcs: __, ...config } = JSON.parse(readFileSync('biome.json', 'utf8'))
  writeFileSync(join(folder, 'biome.json'), `${JSON.stringify(config, null, 2)}\n`)
  for (const [index, files] of (await emitAll(fc.sample(randomSpec, 60))).entries()) {
    mkdirSync(join(folder, String(index)))
    for (const { path, text } of files) writeFileSync(join(folder, String(index), path), text)
  }
  const words = [
    'format',
    '--colors=off',
    '--max-diagnostics=3',
    ...readdirSync(folder).filter((name) => /^\d+$/.test(name)),
  ]
  const { stderr } = spawnSync(resolve('node_modules/.bin/biome'), words, { cwd: folder, encoding: 'utf8' })
  expect(stderr).toBe('')
})

test('a field that is added changes its own provider’s files, and of those only what speaks of fields', async () => {
  await fc.assert(
    fc.asyncProperty(someSpecs, fc.nat(), fc.constantFrom('credential', 'metadata'), async (specs, number, part) => {
      const index = number % specs.length
      const changed = specs.map((spec, at) => (at === index ? withField(spec, part) : spec))
      const before = await emitAll(specs)
      const after = await emitAll(changed)
      for (const [at, files] of after.entries()) {
        const different = files.filter(({ text }, file) => text !== before[at]?.[file]?.text).map(({ path }) => path)
        expect(different).toEqual(at === index ? ['schema.gen.ts', 'schema.json', 'README.md'] : [])
      }
    }),
    { numRuns: 10 },
  )
})

function withField(spec: SpecData, part: string): SpecData {
  const field = { zz_added: { label: 'Added' } }
  if (part === 'credential') return { ...spec, credential: { ...asMap(spec.credential), ...field } }
  const machine = asMap(spec.machine)
  return { ...spec, machine: { ...machine, metadata: { ...asMap(machine.metadata), ...field } } }
}

function asMap(value: unknown): Record<string, unknown> {
  return isObject(value) ? value : {}
}
