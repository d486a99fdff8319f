// In: providers and a composed template. Out: what their specs tell the sandbox about attributes and values that a cloud decides.
import { isObject, type JsonObject } from '../json.js'
import type { Provider } from '../provider.js'
import type { Field } from '../schema/fields.js'
import type { ApiDescription } from './api/description.js'
import { hintsFromOutputs } from './hints.js'
import type { ValueHint, ValueHints } from './plausible.js'
import type { WantedAttributes } from './plugin/infer.js'

/** Attributes of machines that Metadata is read from. */
export function wantedAttributes(providers: readonly Provider[]): WantedAttributes {
  return Object.fromEntries(
    providers.map(({ machine, Metadata }) => [
      machine.resource,
      Object.entries(Metadata.fields).map(([name, { from }]) => from ?? name),
    ]),
  )
}

/** Values that fit: those that Metadata is read from, those that calls lead to, and those that bootstrap outputs are. */
export async function valueHints(providers: readonly Provider[], template: JsonObject): Promise<ValueHints> {
  const hints: Record<string, Record<string, ValueHint>> = {}
  const outputs = isObject(template.output) ? template.output : {}
  const add = (type: string, path: string, field: Field) => {
    const hint = hintFor(field)
    if (hint === undefined) return
    hints[type] ??= {}
    hints[type][path] = hint
  }
  for (const { machine, Metadata, Bootstrap, api } of providers) {
    const paths = pathFields((await api?.())?.default)
    for (const [name, field] of Object.entries(Metadata.fields)) {
      const known = paths.has(name) ? { pattern: '^/sandbox/[0-9]{9}$', ...field } : field
      add(machine.resource, (field.from ?? name).replace(/\[\d+\]/g, ''), known)
    }
    const patterns = Object.entries(Bootstrap.fields).flatMap(([name, { pattern }]) =>
      pattern === undefined ? [] : [[name, pattern]],
    )
    for (const [type, paths] of Object.entries(hintsFromOutputs(outputs, Object.fromEntries(patterns))))
      hints[type] = { ...paths, ...hints[type] }
  }
  return hints
}

/** Fields of metadata that calls have as paths of their own, which begin with a slash. */
function pathFields(description: ApiDescription | undefined): Set<string> {
  const texts = JSON.stringify(description ?? {})
  return new Set([...texts.matchAll(/[^/]\{\+metadata\.(\w+)\}/g)].map(([, name = '']) => name))
}

/** Numbers are texts in Terraform's state as often as not: digits fit both. */
function hintFor({ type, pattern, values, open, from }: Field): ValueHint | undefined {
  if (pattern !== undefined) return { pattern }
  if (type === 'integer' || type === 'number') return { pattern: from === 'id' ? '^[1-9][0-9]{7}$' : '^[1-8]$' }
  const [first] = values ?? []
  return type === 'enum' && open !== true && first !== undefined ? { value: first.value } : undefined
}
