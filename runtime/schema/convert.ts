// In: a value as a file, a form or Terraform gives it. Out: the same in the type that its field has, where it can be read as one.
import { Secret } from '../secret.js'
import type { Field, Part } from './fields.js'

const numeric = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/**
 * Unwraps a secret and turns text into a number or a boolean where the field is one. A number becomes text where the
 * field is one of words, which can be `1`, and in metadata wherever it is text: Terraform writes ids either way. What cannot be read
 * is left as it is, for validation to report.
 */
export function convertValue(value: unknown, field: Pick<Field, 'type'>, part: Part): unknown {
  const plain = value instanceof Secret ? value.reveal() : value
  switch (field.type) {
    case 'integer':
    case 'number':
      return typeof plain === 'string' && numeric.test(plain.trim()) ? Number(plain) : plain
    case 'boolean':
      return plain === 'true' ? true : plain === 'false' ? false : plain
    case 'string':
    case 'enum': {
      const isWord = field.type === 'enum' && typeof plain === 'number'
      const isRead = part === 'metadata' && (Number.isSafeInteger(plain) || typeof plain === 'boolean')
      return isWord || isRead ? String(plain) : plain
    }
    default:
      return plain
  }
}
