// In: the outputs of a template, and what a spec says of them. Out: hints at the values that the cloud decides, so that the outputs hold what the spec says.
import { isObject, type JsonValue } from '../json.js'
import type { ValueHint, ValueHints } from './plausible.js'
import { findReferences } from './plugin/references.js'

/**
 * Hints from patterns: an output that is nothing but an attribute of a resource says what that attribute must look like.
 *
 * @param outputs by name, as `{ value: '${aws_vpc.kloud.id}' }` or the value alone
 * @param patterns by the output's name: `{ vpc: '^vpc-[0-9a-f]+$' }`
 * @example
 * hintsFromOutputs({ vpc: '${aws_vpc.kloud.id}' }, { vpc: '^vpc-[0-9a-f]{17}$' })
 * // { aws_vpc: { id: { pattern: '^vpc-[0-9a-f]{17}$' } } }
 */
export function hintsFromOutputs(
  outputs: Readonly<Record<string, JsonValue>>,
  patterns: Readonly<Record<string, string>>,
): ValueHints {
  const hints: Record<string, Record<string, ValueHint>> = {}
  for (const [name, pattern] of Object.entries(patterns)) {
    const output = Object.hasOwn(outputs, name) ? outputs[name] : undefined
    const attribute = attributeOf(isObject(output) ? output.value : output)
    if (attribute === undefined) continue
    hints[attribute.type] ??= {}
    Object.assign(hints[attribute.type] ?? {}, { [attribute.path]: { pattern } })
  }
  return hints
}

/** The resource type and attribute path of a text that is one reference and nothing else. */
function attributeOf(value: JsonValue | undefined): { type: string; path: string } | undefined {
  if (typeof value !== 'string' || !/^\$\{[^{}]*\}$/.test(value)) return undefined
  const [reference, ...others] = findReferences(value)
  if (reference === undefined || others.length > 0) return undefined
  const names = [reference.root, ...reference.steps.flatMap((step) => ('attribute' in step ? [step.attribute] : []))]
  const [type, , ...path] = names[0] === 'data' ? names.slice(1) : names
  return type === undefined || path.length === 0 ? undefined : { type, path: path.join('.') }
}
