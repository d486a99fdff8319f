// Checks attributes of the machine policy that lie within one another: what gives `net` as a text leaves no place for `net.x`.
import { isObject } from '../../../runtime/json.js'
import type { Path } from '../document.js'
import { kindOf } from '../kind.js'
import type { Examination } from './report.js'

/** What gives attributes, as its path, in the order in which machines get them. */
export function checkNested(spec: Examination): void {
  const { defaults, set, with: parts = [] } = spec.input.machine
  const given: [Path, Readonly<Record<string, unknown>> | undefined][] = [
    [['machine', 'defaults'], defaults],
    ...parts.map((part, index): [Path, typeof defaults] => [['machine', 'with', index, 'defaults'], part.defaults]),
    [['machine', 'set'], set],
  ]
  for (const [path, attributes = {}] of given) checkPart(spec, path, attributes)
}

function checkPart(spec: Examination, path: Path, attributes: Readonly<Record<string, unknown>>): void {
  for (const [whole, value] of Object.entries(attributes)) {
    if (mayHoldMore(value)) continue
    const part = Object.keys(attributes).find((name) => name.startsWith(`${whole}.`) || name.startsWith(`${whole}[`))
    if (part === undefined) continue
    const message = `${whole} is ${kindOf(value)} here, so there can be no ${part} in it: keep one, or give ${whole} as a map`
    spec.report('KG090', [...path, whole], message, { related: [...path, part] })
  }
}

/** Whether a value is a map or a list, or an expression of ours, which may give one. */
function mayHoldMore(value: unknown): boolean {
  return isObject(value) || Array.isArray(value) || (typeof value === 'string' && value.includes('${{'))
}
