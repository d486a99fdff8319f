// The filters of `${{ … }}`, as generated code calls them. In: a value, plain, secret, absent or Terraform's. Out: the same kind of value, filtered.
import { inputError, KloudError } from '../errors.js'
import type { JsonValue } from '../json.js'
import { Secret } from '../secret.js'
import { parseBareText } from '../template/expression.js'
import { escapeTemplate } from '../template/references.js'
import { DerivedSecret, secretExpression } from './derived-secret.js'
import { makeSlug } from './slug.js'
import { plainText, textExpression, valueExpression } from './terraform-text.js'

/** What text filters take; a list or an object is an error when the filter runs. */
export type FilterInput = JsonValue | Secret<unknown> | undefined

/** A text, as absent and as secret as what it was made of. */
export type Filtered<T> = T extends undefined | null ? undefined : T extends Secret<unknown> ? Secret : string

/** A filter, for values that are known now and for those that only Terraform knows. */
interface TextFilter {
  readonly name: string
  /** What it makes of a text. */
  readonly make: (text: string) => string
  /** What Terraform must do for the same. */
  readonly terraform: (expression: string) => string
}

/** In small letters. */
export function lower<T extends FilterInput>(value: T): Filtered<T>
export function lower(value: FilterInput): unknown {
  return filterText(value, {
    name: 'lower',
    make: (text) => text.toLowerCase(),
    terraform: (expression) => `lower(${expression})`,
  })
}

/** In capitals. */
export function upper<T extends FilterInput>(value: T): Filtered<T>
export function upper(value: FilterInput): unknown {
  return filterText(value, {
    name: 'upper',
    make: (text) => text.toUpperCase(),
    terraform: (expression) => `upper(${expression})`,
  })
}

/** The first characters. */
export function truncate<T extends FilterInput>(value: T, longest: number): Filtered<T>
export function truncate(value: FilterInput, longest: number): unknown {
  return filterText(value, {
    name: 'truncate',
    make: (text) => [...text].slice(0, longest).join(''),
    terraform: (expression) => `substr(${expression}, 0, ${longest})`,
  })
}

/** Small letters, digits and dashes; where it must be cut, it ends with a hash that keeps it unique. */
export function slug<T extends FilterInput>(value: T, longest?: number): Filtered<T>
export function slug(value: FilterInput, longest?: number): unknown {
  return filterText(value, {
    name: 'slug',
    make: (text) => makeSlug(text, longest),
    terraform: (expression) => slugExpression(expression, longest),
  })
}

/** A name for a host: small letters, digits and dashes, at most 63 characters. */
export function hostname<T extends FilterInput>(value: T): Filtered<T>
export function hostname(value: FilterInput): unknown {
  return filterText(value, {
    name: 'hostname',
    make: (text) => makeSlug(text, 63),
    terraform: (expression) => slugExpression(expression, 63),
  })
}

/** In base64, of the text's UTF-8. */
export function base64<T extends FilterInput>(value: T): Filtered<T>
export function base64(value: FilterInput): unknown {
  return filterText(value, {
    name: 'base64',
    make: (text) => Buffer.from(text, 'utf8').toString('base64'),
    terraform: (expression) => `base64encode(${expression})`,
  })
}

/** As JSON, lists and objects too. */
export function json<T extends FilterInput>(value: T): Filtered<T>
export function json(value: FilterInput): unknown {
  if (value === undefined || value === null) return undefined
  if (value instanceof Secret) {
    return derived(value, JSON.stringify(value.reveal()), (expression) => `jsonencode(${expression})`)
  }
  const known = plainValue(value)
  return known === undefined ? `\${jsonencode(${valueExpression(value)})}` : escapeTemplate(JSON.stringify(known))
}

/** A whole number. */
export function int<T extends FilterInput>(value: T): IntOf<T>
export function int(value: FilterInput): unknown {
  if (value === undefined || value === null) return undefined
  if (value instanceof Secret) {
    return derived(value, String(wholeNumber(String(value.reveal()), true)), (expression) => `tonumber(${expression})`)
  }
  const text = asText(value, 'int')
  const plain = plainText(text)
  return plain === undefined ? `\${floor(tonumber(${textExpression(text)}))}` : wholeNumber(plain, false)
}

/** A number where it is known now; what only Terraform knows stays a text. */
export type IntOf<T> = T extends undefined | null
  ? undefined
  : T extends Secret<unknown>
    ? Secret
    : T extends number
      ? number
      : number | string

/** The value, or another one where it is absent or the empty text. */
export function orDefault<T, D>(value: T, fallback: D): NonNullable<T> | D
export function orDefault(value: unknown, fallback: unknown): unknown {
  return value === undefined || value === null || value === '' ? fallback : value
}

/** Says that what was taken out of a secret is none. */
export function publicText<T>(value: T): T extends Secret<infer Value> ? Value : T
export function publicText(value: unknown): unknown {
  return value instanceof Secret ? value.reveal() : value
}

function filterText(value: FilterInput, { name, make, terraform }: TextFilter): unknown {
  if (value === undefined || value === null) return undefined
  if (value instanceof Secret) return derived(value, make(String(value.reveal())), terraform)
  const text = asText(value, name)
  const plain = plainText(text)
  if (plain !== undefined) return escapeTemplate(make(plain))
  return filterCounted(text, make) ?? `\${${terraform(textExpression(text))}}`
}

/** The filter done now on a text in which only an index is unknown: an index is digits, which filters keep. */
function filterCounted(template: string, make: (text: string) => string): string | undefined {
  const words = aroundIndexes(template)
  const digits = standIns.find((candidate) => !template.includes(candidate))
  if (words === undefined || digits === undefined) return undefined
  const made = make(words.join(digits)).split(digits)
  // What was cut or hashed depends on the index.
  if (!['0', '10', digits].every((index) => make(words.join(index)) === made.join(index))) return undefined
  return made.map(escapeTemplate).join('${count.index}')
}

/** The words before, between and behind the indexes in a text; nothing where it holds something else that only Terraform knows. */
function aroundIndexes(template: string): string[] | undefined {
  const words = ['']
  for (const part of parseBareText(template)) {
    if (part.kind === 'words') words[words.length - 1] += part.value
    else if (template.slice(part.start, part.end) === '${count.index}') words.push('')
    else return undefined
  }
  return words
}

/** Digits that stand for an index while a text is filtered: as many as the largest index has. */
const standIns = ['86420', '97531', '75319']

function derived(source: Secret<unknown>, value: string, terraform: (expression: string) => string): DerivedSecret {
  const expression: DerivedSecret['making']['expression'] = (reference) =>
    terraform(secretExpression(source, reference))
  return new DerivedSecret(value, { expression, template: (reference) => `\${${expression(reference)}}` })
}

function asText(value: JsonValue, filter: string): string {
  if (typeof value === 'object')
    throw new KloudError('badRequest', `${filter} takes text, not a list or a map`, { fault: 'input' })
  return String(value)
}

/** The same slug by Terraform's functions; those of version 1.5 have no way to take accents off letters. */
function slugExpression(expression: string, longest: number | undefined): string {
  const words = `trim(replace(lower(${expression}), "/[^a-z0-9]+/", "-"), "-")`
  const hash = `substr(sha256(${expression}), 0, 6)`
  const named = `coalesce(${words}, ${hash})`
  if (longest === undefined) return named
  const hashed = `"\${trim(substr(${words}, 0, ${Math.max(1, longest - 7)}), "-")}-\${${hash}}"`
  return `length(${words}) <= ${longest} ? ${named} : ${hashed}`
}

/** A JSON value with its texts' escapes undone; nothing where a text holds what only Terraform knows. */
function plainValue(value: JsonValue): JsonValue | undefined {
  if (typeof value === 'string') return plainText(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    const items = value.map(plainValue)
    return items.every((item) => item !== undefined) ? items : undefined
  }
  const made: [string, JsonValue][] = []
  for (const [key, entry] of Object.entries(value)) {
    const plain = plainValue(entry)
    if (plain === undefined) return undefined
    made.push([key, plain])
  }
  return Object.fromEntries(made)
}

function wholeNumber(text: string, secret: boolean): number {
  const value = Number(text.trim() === '' ? Number.NaN : text)
  if (Number.isSafeInteger(Math.trunc(value))) return Math.trunc(value)
  throw inputError(`${secret ? 'a secret' : `'${text.slice(0, 40)}'`} is no whole number`)
}
