// In: providers and a composed template. Out: what their specs tell the sandbox about attributes and values that a cloud decides.
import { isObject, type JsonObject } from '../json.js'
import type { Provider } from '../provider.js'
import type { Field, Fields } from '../schema/fields.js'
import type { ApiDescription } from './api/description.js'
import { hintsFromOutputs } from './hints.js'
import type { ValueHint, ValueHints } from './plausible.js'
import type { WantedAttributes } from './plugin/infer.js'
import type { UserDataLimits } from './plugin/user-data-limits.js'
import { sampleOfFormat } from './sample-credential.js'

/** Attributes of machines that Metadata is read from. */
export function wantedAttributes(providers: readonly Provider[]): WantedAttributes {
  return Object.fromEntries(
    providers.map(({ machine, Metadata }) => [machine.resource, leavesOf(Metadata.fields).map(({ path }) => path)]),
  )
}

/** How much user data machines take, where their clouds say. */
export function userDataLimits(providers: readonly Provider[]): UserDataLimits {
  return Object.fromEntries(
    providers.flatMap(({ machine: { resource, userData } }) => {
      if (userData?.limit === undefined) return []
      const { field, limit, encoding } = userData
      return [[resource, { field, limit, base64: encoding.includes('base64') }] as const]
    }),
  )
}

interface Leaf {
  /** Where it is in the attributes of the resource. */
  readonly path: string
  readonly field: Pick<Field, 'type' | 'items' | 'fields'> & Partial<Field>
}

/** The fields that hold no others: their paths say what shape their attributes have. */
function leavesOf(fields: Fields): Leaf[] {
  return Object.entries(fields).flatMap(([name, field]) => leavesBelow({ path: field.from ?? name, field }))
}

function leavesBelow({ path, field }: Leaf): Leaf[] {
  const { type, items = { type: 'string' }, fields } = field
  if (type === 'list') return leavesBelow({ path: `${path}[0]`, field: items })
  if (type === 'map') return leavesBelow({ path: `${path}["any"]`, field: items })
  if (type !== 'object' || fields === undefined) return [{ path, field }]
  return Object.entries(fields).flatMap(([name, inner]) => leavesBelow({ path: `${path}.${name}`, field: inner }))
}

/** Values that fit: those that Metadata is read from, those that calls lead to, and those that bootstrap outputs are. */
export async function valueHints(providers: readonly Provider[], template: JsonObject): Promise<ValueHints> {
  const hints: Record<string, Record<string, ValueHint>> = {}
  const outputs = isObject(template.output) ? template.output : {}
  const add = (type: string, path: string, field: Leaf['field']) => {
    const hint = hintFor(field)
    if (hint === undefined) return
    hints[type] ??= {}
    hints[type][path] = hint
  }
  for (const { machine, Metadata, Bootstrap, api } of providers) {
    const paths = pathAttributes(Metadata.fields, (await api?.())?.default)
    for (const { path, field } of leavesOf(Metadata.fields)) {
      // What is in a list or a map has no name that a hint could be for.
      if (path.endsWith(']')) continue
      const known = paths.has(path) ? { pattern: '^/sandbox/[0-9]{9}$', ...field } : field
      add(machine.resource, path.replace(/\[\d+\]/g, ''), known)
    }
    const patterns = Object.entries(Bootstrap.fields).flatMap(([name, { pattern }]) =>
      pattern === undefined ? [] : [[name, pattern]],
    )
    for (const [type, paths] of Object.entries(hintsFromOutputs(outputs, Object.fromEntries(patterns))))
      hints[type] = { ...paths, ...hints[type] }
  }
  return hints
}

/** Attributes that calls have as paths of their own, which begin with a slash. */
function pathAttributes(fields: Fields, description: ApiDescription | undefined): Set<string> {
  const texts = JSON.stringify(description ?? {})
  const names = [...texts.matchAll(/[^/]\{\+metadata\.(\w+)\}/g)].map(([, name = '']) => name)
  return new Set(names.map((name) => fields[name]?.from ?? name))
}

/** Numbers are texts in Terraform's state as often as not: digits fit both. So it is with truths. */
function hintFor({ type, pattern, format, values, open, from, min }: Leaf['field']): ValueHint | undefined {
  if (pattern !== undefined) return { pattern }
  if (format !== undefined) return { value: sampleOfFormat[format] }
  if (type === 'boolean') return { value: 'true' }
  if (type === 'duration') return { value: '1m' }
  if (min !== undefined && (type === 'integer' || type === 'number')) return { value: String(min) }
  if (type === 'integer' || type === 'number') return { pattern: from === 'id' ? '^[1-9][0-9]{7}$' : '^[1-8]$' }
  const [first] = values ?? []
  return type === 'enum' && open !== true && first !== undefined ? { value: first.value } : undefined
}
