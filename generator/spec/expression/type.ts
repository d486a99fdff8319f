// What kind of value an expression gives, as far as the spec says.

export type Kind = 'string' | 'integer' | 'number' | 'boolean' | 'list' | 'map' | 'object' | 'any'

export interface ValueType {
  kind: Kind
  /** Whether it may be absent. */
  optional: boolean
  secret: boolean
  /** Of a list or a map: what each value is. */
  items?: ValueType
  /** Of an object, a root or a JSON file: its parts by name. */
  parts?: Readonly<Record<string, ValueType>>
  /** Whether the parts are those of a file whose content is JSON. */
  json?: boolean
}

/** Text that is always there and no secret. */
export const text: ValueType = { kind: 'string', optional: false, secret: false }
/** A value of which nothing is known. */
export const any: ValueType = { kind: 'any', optional: false, secret: false }

/** How a type is called in a message. */
export function describeType(type: ValueType): string {
  const names: Readonly<Record<Kind, string>> = {
    string: 'text',
    integer: 'a whole number',
    number: 'a number',
    boolean: 'true or false',
    list: 'a list',
    map: 'a map',
    object: 'an object',
    any: 'a value',
  }
  return type.secret ? `${names[type.kind]} that is secret` : names[type.kind]
}

/** Whether it is a secret, or there is one in it. */
export function holdsSecret({ secret, items, parts }: ValueType): boolean {
  return secret || (items !== undefined && holdsSecret(items)) || Object.values(parts ?? {}).some(holdsSecret)
}

/** Whether it can be written inside a text. */
export function isScalar(type: ValueType): boolean {
  return type.kind !== 'list' && type.kind !== 'map' && type.kind !== 'object'
}
