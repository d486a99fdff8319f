// In: values as generated code gives them, with secrets and gaps. Out: JSON for a template, with references in the place of secrets.
import { type Reference, secretTemplate } from '../../expression/derived-secret.js'
import { isObject, type JsonPrimitive, type JsonValue } from '../../json.js'
import { Secret } from '../../secret.js'

/**
 * What a block can be given: JSON values whose texts are Terraform's (`${…}` is an expression), and secrets at any depth, which
 * become references to variables. What is undefined is left out: a key of a map, an item of a list, or the whole.
 */
export type TemplateValue = JsonPrimitive | object | undefined

/** The value as a template holds it; nothing where it is absent. */
export function toTemplate(value: unknown, reference: Reference): JsonValue | undefined {
  if (value instanceof Secret) return secretTemplate(value, reference)
  if (Array.isArray(value)) {
    return value.map((item) => toTemplate(item, reference)).filter((item) => item !== undefined)
  }
  if (isObject(value)) {
    const made: [string, JsonValue][] = []
    for (const [key, entry] of Object.entries(value)) {
      const template = toTemplate(entry, reference)
      if (template !== undefined) made.push([key, template])
    }
    return Object.fromEntries(made)
  }
  const isPrimitive =
    value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
  return isPrimitive ? value : undefined
}
