// In: the specs and the code that they became. Out: the table in docs/providers.md: what each spec holds, and what it spares.
// Run it with: node --import jiti/register build/providers-table.ts
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadSpec } from '../generator/load.js'
import type { ProviderModel } from '../generator/model/model.js'
import { resolveModel } from '../generator/model/resolve.js'

const root = fileURLToPath(new URL('..', import.meta.url))
/** The page that the table stands in. */
export const page = join(root, 'docs/providers.md')
const begin = '<!-- from here: build/providers-table.ts -->\n'
const end = '<!-- to here -->\n'

/** How long each provider was in Go; Hetzner Cloud is new. */
const go: Readonly<Record<string, number>> = {
  aws: 561,
  azure: 702,
  digitalocean: 592,
  example: 338,
  google: 964,
  marathon: 712,
  softlayer: 455,
  vagrant: 538,
}

/** Lines: of the spec, of what it shares, of TypeScript, of documentation and JSON Schema, and of Go. */
const counts = ['spec', 'shared', 'code', 'other', 'go', 'states'] as const

type Row = Readonly<Record<(typeof counts)[number], number>> & {
  readonly name: string
  readonly byHand: string
  readonly sandbox: string
}

/** The table as it stands in the page, one row a provider, with the sums. */
export function providersTable(): string {
  const names = readdirSync(join(root, 'specs')).filter((file) => file.endsWith('.yaml'))
  const rows = names.map((file) => rowOf(basename(file, '.yaml')))
  const sum = (count: (typeof counts)[number]) => rows.reduce((total, row) => total + row[count], 0)
  const cells = [
    [
      'provider',
      'spec',
      'shared',
      'TypeScript it becomes',
      'README and schema',
      'Go before',
      'states',
      'by hand',
      'in the sandbox',
    ],
    ['---', ...counts.map(() => '---:'), '---', '---'],
    ...rows.map((row) => [row.name, ...counts.map((count) => String(row[count] || '')), row.byHand, row.sandbox]),
    ['all', ...counts.map((count) => String(sum(count))), '', ''],
  ]
  return cells.map((row) => `| ${row.join(' | ')} |\n`).join('')
}

/** The page with the table in it. */
export function withTable(text: string): string {
  const [before = '', rest = ''] = text.split(begin)
  const [, after = ''] = rest.split(end)
  return `${before}${begin}\n${providersTable()}\n${end}${after}`
}

function rowOf(name: string): Row {
  const { loaded, diagnostics } = loadSpec(join(root, 'specs', `${name}.yaml`))
  if (!loaded) throw new Error(diagnostics.map(({ message }) => message).join('\n'))
  const [own, ...shared] = loaded.inputs.map(({ path }) => linesIn(path))
  const files = generatedFiles(name)
  const sum = (paths: readonly string[]) => paths.map(linesIn).reduce((total, lines) => total + lines, 0)
  const model = resolveModel(loaded)
  return {
    name,
    spec: own ?? 0,
    shared: shared.reduce((total, lines) => total + lines, 0),
    code: sum(files.filter((path) => path.endsWith('.ts'))),
    other: sum(files.filter((path) => !path.endsWith('.ts'))),
    go: go[name] ?? 0,
    states: statesOf(model),
    byHand: byHand(model),
    sandbox: model.api.played.gap === undefined ? 'its API is played' : 'its API is left out',
  }
}

/** The files of a provider that its author does not own. */
function generatedFiles(name: string): string[] {
  const folder = join(root, 'generated', name)
  const manifest: { files: Record<string, { owner: string }> } = JSON.parse(
    readFileSync(join(folder, '.kloud-gen.json'), 'utf8'),
  )
  const owned = Object.entries(manifest.files).filter(([, { owner }]) => owner === 'generated')
  return owned.map(([file]) => join(folder, file))
}

function statesOf({ api }: ProviderModel): number {
  const { info } = api.methods
  return info?.kind === 'info' ? info.states.length : 0
}

function byHand({ api, machine }: ProviderModel): string {
  const manual = Object.entries(api.methods).filter(([, method]) => method.kind === 'manual')
  const hooks = machine.hook ? ['the hook `machine`'] : []
  return [...manual.map(([method]) => `\`${method}\``), ...hooks].join(', ') || 'nothing'
}

function linesIn(path: string): number {
  return readFileSync(join(path.startsWith('/') ? '' : root, path), 'utf8').split('\n').length - 1
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(page, withTable(readFileSync(page, 'utf8')))
