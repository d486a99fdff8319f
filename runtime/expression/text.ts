// In: a text with values in it, as a spec writes it. Out: the text; or a secret, when one of the values is.
import { KloudError } from '../errors.js'
import type { JsonValue } from '../json.js'
import { Secret } from '../secret.js'
import { DerivedSecret, type Reference, secretTemplate } from './derived-secret.js'
import { textExpression } from './terraform-text.js'

/** What can stand in a text. */
export type TextValue = JsonValue | undefined

/**
 * A text with values in it. Numbers are written as digits; a value that is absent is an error, since the text would be another one.
 * With a secret in it, the text is a secret: in a request its value is sent, in a template Terraform puts it together.
 *
 * @example
 * text`${droplet.name}-nic`
 * text`Token ${this.credential.access_token}`   // a secret
 */
export function text(texts: TemplateStringsArray, ...values: readonly TextValue[]): string
export function text(texts: TemplateStringsArray, ...values: readonly (TextValue | Secret<unknown>)[]): Secret
export function text(
  texts: TemplateStringsArray,
  ...values: readonly (TextValue | Secret<unknown>)[]
): string | Secret {
  const parts = values.map((value, index) => present(value, texts[index] ?? ''))
  if (!parts.some((part) => part instanceof Secret)) return join(texts, parts, String)
  const value = join(texts, parts, (part) => (part instanceof Secret ? String(part.reveal()) : part))
  const template = (reference: Reference): string =>
    join(texts, parts, (part) => (part instanceof Secret ? secretTemplate(part, reference) : part))
  return new DerivedSecret(value, { template, expression: (reference) => textExpression(template(reference)) })
}

function present(value: TextValue | Secret<unknown>, before: string): string | Secret<unknown> {
  if (value instanceof Secret) return value
  if (typeof value === 'object' && value !== null) {
    throw new KloudError('badRequest', `a list or a map cannot stand in a text, ${placeOf(before)}`, { fault: 'input' })
  }
  if (value !== undefined && value !== null) return String(value)
  throw new KloudError('badRequest', `a value is absent that is needed ${placeOf(before)}`, {
    fault: 'input',
    hint: 'a value of bootstrap is there once the credential is bootstrapped',
  })
}

function placeOf(before: string): string {
  return before === '' ? 'at the beginning of a text' : `after '${before.slice(-40)}'`
}

function join<Value>(texts: TemplateStringsArray, values: readonly Value[], write: (value: Value) => string): string {
  return values.reduce<string>((made, value, index) => made + write(value) + (texts[index + 1] ?? ''), texts[0] ?? '')
}
