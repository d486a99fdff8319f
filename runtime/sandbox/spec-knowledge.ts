// In: providers and a composed template. Out: what their specs tell the sandbox about attributes and values that a cloud decides.
import { isObject, type JsonObject } from '../json.js'
import type { Provider } from '../provider.js'
import type { Field } from '../schema/fields.js'
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

/** Values that fit: those that Metadata is read from, and those that bootstrap outputs are. */
export function valueHints(providers: readonly Provider[], template: JsonObject): ValueHints {
  const hints: Record<string, Record<string, ValueHint>> = {}
  const outputs = isObject(template.output) ? template.output : {}
  const add = (type: string, path: string, field: Field) => {
    const hint = hintFor(field)
    if (hint === undefined) return
    hints[type] ??= {}
    hints[type][path] = hint
  }
  for (const { machine, Metadata, Bootstrap } of providers) {
    for (const [name, field] of Object.entries(Metadata.fields)) {
      add(machine.resource, (field.from ?? name).replace(/\[\d+\]/g, ''), field)
    }
    const patterns = Object.entries(Bootstrap.fields).flatMap(([name, { pattern }]) =>
      pattern === undefined ? [] : [[name, pattern]],
    )
    for (const [type, paths] of Object.entries(hintsFromOutputs(outputs, Object.fromEntries(patterns))))
      hints[type] = { ...paths, ...hints[type] }
  }
  return hints
}

/** Numbers are texts in Terraform's state as often as not: digits fit both. */
function hintFor({ type, pattern, values, open, from }: Field): ValueHint | undefined {
  if (pattern !== undefined) return { pattern }
  if (type === 'integer' || type === 'number') return { pattern: from === 'id' ? '^[1-9][0-9]{7}$' : '^[1-8]$' }
  const [first] = values ?? []
  return type === 'enum' && open !== true && first !== undefined ? { value: first.value } : undefined
}
