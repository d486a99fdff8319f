// The filters of expressions: what each takes and what it gives.
import { describeType, holdsSecret, isScalar, type ValueType } from './type.js'

/** What a filter gives for a value of a type; a text where it does not fit. */
interface FilterRule {
  /** The least and the most arguments, and what they are. */
  args: readonly [number, number]
  argument?: 'string' | 'number'
  result(type: ValueType): ValueType | string
}

const textual = (type: ValueType): ValueType | string =>
  isScalar(type)
    ? { kind: 'string', optional: type.optional, secret: type.secret }
    : `takes text, not ${describeType(type)}`

export const filters = {
  lower: { args: [0, 0], result: textual },
  upper: { args: [0, 0], result: textual },
  truncate: { args: [1, 1], argument: 'number', result: textual },
  slug: { args: [0, 1], argument: 'number', result: textual },
  hostname: { args: [0, 0], result: textual },
  base64: { args: [0, 0], result: textual },
  path: { args: [0, 0], result: textual },
  json: {
    args: [0, 0],
    result: (type) =>
      isScalar(type) || !holdsSecret(type)
        ? { kind: 'string', optional: type.optional, secret: type.secret }
        : `takes no secrets within ${describeType(type)}`,
  },
  int: {
    args: [0, 0],
    result: (type) =>
      isScalar(type) ? { ...type, kind: 'integer' } : `takes text or a number, not ${describeType(type)}`,
  },
  default: { args: [1, 1], result: (type) => ({ ...type, optional: false }) },
  public: { args: [0, 0], result: (type) => ({ ...type, secret: false }) },
} as const satisfies Record<string, FilterRule>

export type FilterName = keyof typeof filters

/** The rule of a filter, by the name that a spec uses. */
export function filterRule(name: string): FilterRule | undefined {
  return Object.hasOwn(filters, name)
    ? Object.entries<FilterRule>(filters).find(([known]) => known === name)?.[1]
    : undefined
}
