import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { publint } from 'publint'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { specJsonSchema } from '../../generator/spec/json-schema.js'
import { Packed } from './packed.js'

let packed: Packed
beforeAll(async () => {
  packed = await Packed.install()
}, 180_000)
afterAll(() => packed.remove())

describe('the tarball', () => {
  test('holds what is used and nothing else, and little of it', async () => {
    const { stdout } = await promisify(execFile)('tar', ['tzf', packed.tarball], { encoding: 'utf8' })
    const files = stdout
      .trim()
      .split('\n')
      .map((name) => name.replace('package/', ''))
    for (const file of [
      'README.md',
      'LICENSE',
      'CHANGELOG.md',
      'dist/kloud-v1.schema.json',
      'dist/kloud-gen.cjs',
      'dist/kloud.cjs',
      'dist/index.d.ts',
      'dist/runtime.d.ts',
      'dist/THIRD-PARTY-LICENSES.txt',
    ])
      expect(files).toContain(file)
    const others = files.filter(
      (file) =>
        !/^(dist\/.*\.(c?js|d\.ts|map|json|txt|cache)|README\.md|LICENSE|CHANGELOG\.md|package\.json)$/.test(file),
    )
    expect(others).toEqual([])
    expect(files.filter((file) => /^dist\/.*\.js\.map$/.test(file)).length).toBeGreaterThan(50)
    expect(readFileSync(packed.tarball).length).toBeLessThan(4_000_000)
  })

  test('says nowhere where it was built', () => {
    const folder = packed.path('node_modules/kloud-gen')
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    const telling = files.filter(({ parentPath, name }) => readFileSync(join(parentPath, name)).includes(process.cwd()))
    expect(files.length).toBeGreaterThan(100)
    expect(telling.map(({ name }) => name)).toEqual([])
  })

  test('has chunks in ASCII alone: that is how they are read', () => {
    const dist = packed.path('node_modules/kloud-gen/dist')
    const chunks = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) => /\/.*\.cjs$/.test(name))
    expect(chunks.length).toBeGreaterThan(20)
    expect(chunks.filter((name) => readFileSync(join(dist, name)).some((byte) => byte > 127))).toEqual([])
  })

  test('publint finds nothing', async () => {
    const { messages } = await publint({ pack: { tarball: readFileSync(packed.tarball).buffer }, strict: true })
    expect(messages).toEqual([])
  })

  test('are the types wrong? Not for a package of ES modules alone, which require of Node 20.19 takes too', async () => {
    const attw = join(process.cwd(), 'node_modules/.bin/attw')
    const { stdout } = await promisify(execFile)(attw, [packed.tarball, '--profile', 'esm-only', '--format', 'json'])
    const found: { resolutionKind: string }[][] = Object.values(JSON.parse(stdout).problems)
    const elsewhere = ['node10', 'node16-cjs']
    expect(found.flat().filter(({ resolutionKind }) => !elsewhere.includes(resolutionKind))).toEqual([])
    packed.write(
      'require.cjs',
      "console.log(typeof require('kloud-gen').emit, typeof require('kloud-gen/runtime').Secret)\n",
    )
    expect(await packed.node('require.cjs')).toBe('function function\n')
  })
})

const library = `import { apply, emit, loadSpec, planOutput, resolveModel } from 'kloud-gen'
import { writeFileSync } from 'node:fs'

writeFileSync('acme.yaml', \`spec: kloud/v1
name: library
title: Acme
terraform: { source: acme/acme }
credential: { token: { secret: true, pattern: '^[a-z]+$' } }
machine: { resource: acme_server }
\`)
const { loaded, diagnostics } = loadSpec('acme.yaml')
if (!loaded) throw new Error(JSON.stringify(diagnostics))
const [files = []] = await emit([resolveModel(loaded)], 'made')
const outputs = [{ name: loaded.spec.name, inputs: loaded.inputs, files }]
const plan = await planOutput({ project: process.cwd(), root: 'made', generator: '1.0.0', outputs })
if (plan.problems.length > 0) throw plan.problems[0]
const { entries } = apply(plan)
console.log(entries.map(({ path, action }) => \`\${action} \${path}\`).join('\\n'))
`

describe('an empty project that has installed it', () => {
  test('generates as a library, in JavaScript', async () => {
    packed.write('library.js', library)
    expect((await packed.node('library.js')).trim().split('\n')).toHaveLength(9)
    expect(readFileSync(packed.path('made/library/index.ts'), 'utf8')).toMatch(
      /^\/\/ made\/library\/index\.ts: from acme\.yaml\. /,
    )
  })

  test('uses what was generated, in JavaScript too', async () => {
    packed.write(
      'use.js',
      `import { createJiti } from 'jiti'
const { Credential, default: provider } = await createJiti(import.meta.url).import('./made/library/index.ts')
const credential = Credential.parse({ token: 'hush' })
console.log(provider.name, String(credential.token), credential.token.reveal(), Credential.problems({ token: 'HUSH' })[0].message)
`,
    )
    expect(await packed.node('use.js')).toBe('library [secret] hush must match ^[a-z]+$\n')
  })

  test('has a program that writes a provider, checks it, and generates it again after an edit', async () => {
    const { stdout } = await packed.npx('kloud-gen', 'new', 'provider', 'acme', '--yes')
    expect(stdout).toContain('written  generated/acme/index.ts')
    const spec = readFileSync(packed.path('specs/acme.yaml'), 'utf8')
    expect(spec.split('\n')[0]).toBe(
      '# yaml-language-server: $schema=../node_modules/kloud-gen/dist/kloud-v1.schema.json',
    )
    packed.write(
      'specs/acme.yaml',
      spec.replace('start: manual', 'start: manual\n  restart: manual').replace('label: Token', 'label: Key'),
    )
    const again = await packed.npx('kloud-gen', 'generate')
    expect(again.stdout).toMatch(/^written {2}generated\/acme\/machine\.ts$/m)
    expect(readFileSync(packed.path('generated/acme/machine.ts'), 'utf8')).toContain('override async restart(')
    expect((await packed.npx('kloud-gen', 'check')).stdout).toBe('1 provider is what the specs give\n')
  })

  test('has the schema for editors', async () => {
    packed.write(
      'schema.js',
      "import schema from 'kloud-gen/kloud-v1.schema.json' with { type: 'json' }\nconsole.log(JSON.stringify(schema))\n",
    )
    expect(JSON.parse(await packed.node('schema.js'))).toEqual(specJsonSchema())
  })

  const generated = ['generated/acme/index.ts', 'made/library/index.ts']

  test.each([
    ['typescript', 'nodenext', 'nodenext'],
    ['typescript', 'esnext', 'bundler'],
    ['typescript-5.9', 'nodenext', 'nodenext'],
    ['typescript-5.9', 'preserve', 'bundler'],
  ] as const)(
    'compiles all of it with %s, module %s and resolution %s',
    async (typescript, module, moduleResolution) => {
      packed.write(
        'library.ts',
        `${library}import type { Diagnostic, Plan, ProviderModel } from 'kloud-gen'
import acme, { Credential, Machine, Metadata, Stack } from './generated/acme/index.js'
import { inputError, KloudError, type MachineState, type Provider } from 'kloud-gen/runtime'
export const types: [Diagnostic?, Plan?, ProviderModel?] = []
export const provider: Provider = acme
export const token: string = Credential.parse({}).token.reveal()
export const id: string = Metadata.fromAttributes({}).id
export const state: MachineState = 'Running'
export const classes = [Machine, Stack, KloudError, inputError]
// @ts-expect-error no such field
export const nothing = Credential.parse({}).nothing
`,
      )
      expect(await packed.compile([...generated, 'library.ts'], { typescript, module, moduleResolution })).toBe('')
    },
    60_000,
  )

  test('lists the bundled providers and those generated', async () => {
    const { stdout } = await packed.npx('kloud', 'providers')
    expect(stdout).toMatch(/^acme\b/m)
    expect(stdout).toMatch(/^digitalocean\b/m)
  })
})
