// In: the path of a text in a template. Out: what Terraform makes of the text there.
import type { JsonPath } from './path.js'

/**
 * What a text is to Terraform: `text` may hold interpolations (nearly everywhere); `expression` is one without `${}` around it,
 * such as the address in `moved`; `literal` is taken as it is, such as a variable's default or a comment.
 */
export type TextKind = 'text' | 'expression' | 'literal'

const body = ['resource.*.*', 'data.*.*', 'ephemeral.*.*', 'action.*.*', 'check.*.data.*.*'] as const
const labelled = [...body, 'provider.*', 'variable.*', 'output.*', 'module.*', 'check.*'] as const
const single = ['locals', 'terraform', 'moved', 'import', 'removed'] as const

const kinds: ReadonlyMap<string, TextKind> = new Map<string, TextKind>([
  ...body.flatMap((path) => ofEach(path, ['provider', 'depends_on'], 'expression')),
  ...ofEach('resource.*.*.lifecycle', ['ignore_changes', 'replace_triggered_by', 'action_trigger'], 'expression'),
  ...ofEach('resource.*.*.lifecycle.action_trigger', ['condition'], 'text'),
  ...ofEach('resource.*.*.provisioner.*', ['when', 'on_failure'], 'expression'),
  ...ofEach('removed.provisioner.*', ['when', 'on_failure'], 'expression'),
  ...ofEach('moved', ['from', 'to'], 'expression'),
  ...ofEach('removed', ['from'], 'expression'),
  ...ofEach('import', ['to', 'provider'], 'expression'),
  ...ofEach('module.*', ['depends_on', 'providers'], 'expression'),
  ...ofEach('output.*', ['depends_on'], 'expression'),
  ...ofEach('variable.*', ['type'], 'expression'),
  ...ofEach('variable.*', ['default', 'description'], 'literal'),
  ...ofEach('output.*', ['description'], 'literal'),
  ...ofEach('module.*', ['source', 'version'], 'literal'),
  ['terraform', 'literal'],
  ['terraform.experiments', 'expression'],
  ['terraform.required_providers.*.configuration_aliases', 'expression'],
  ['//', 'literal'],
  ...[...labelled, ...single].flatMap((path) => ofEach(path, ['//'], 'literal')),
])

function ofEach(path: string, keys: readonly string[], kind: TextKind): [string, TextKind][] {
  return keys.map((key) => [`${path}.${key}`, kind])
}

/** A place in the tree of {@link kinds}: what holds here, and what is known of the keys below. */
export interface Context {
  readonly kind: TextKind
  readonly below: ReadonlyMap<string, Context>
}

const nothingBelow: ReadonlyMap<string, Context> = new Map()

/** The name of a `dynamic` block's iterator is bare, at whatever depth the block stands. */
const dynamicBlocks: Context = {
  kind: 'text',
  below: new Map([
    ['*', { kind: 'text', below: new Map([['iterator', { kind: 'expression', below: nothingBelow }]]) }],
  ]),
}

/** The context of a template's top level. */
export const rootContext: Context = contextOf('', 'text')

/** The context of a value, from that of the object which holds it; list indexes change nothing. */
export function contextBelow(context: Context, key: string): Context {
  const known = context.below.get(key) ?? context.below.get('*')
  if (known !== undefined) return known
  if (key === 'dynamic' && context.kind === 'text') return dynamicBlocks
  return { kind: context.kind, below: nothingBelow }
}

/** The context at the end of a path. */
export function contextAt(path: JsonPath): Context {
  return path.reduce<Context>(
    (context, step) => (typeof step === 'string' ? contextBelow(context, step) : context),
    rootContext,
  )
}

function contextOf(path: string, inherited: TextKind): Context {
  const kind = kinds.get(path) ?? inherited
  const prefix = path === '' ? '' : `${path}.`
  const keys = new Set<string>()
  for (const known of kinds.keys())
    if (known.startsWith(prefix)) keys.add(known.slice(prefix.length).split('.')[0] ?? '')
  return { kind, below: new Map([...keys].map((key) => [key, contextOf(prefix + key, kind)])) }
}
