// In: a table of fields. Out: the zod schema that checks a value against it, converts it and wraps its secrets.
import * as z from 'zod/mini'
import { didYouMean } from '../nearest.js'
import { Secret } from '../secret.js'
import { convertValue } from './convert.js'
import { parseDuration } from './duration.js'
import type { Field, FieldFormat, Fields, Part } from './fields.js'
import { JsonFile } from './json-file.js'
import { matches } from './pattern.js'
import { butNot, isAbsent } from './shown.js'

type Validator = z.ZodMiniType<unknown>
type TextCheck = ReturnType<typeof z.refine<string>>

/** Where a field stands: of what it is a part, and whether its value may be shown. */
interface Place {
  readonly part: Part
  readonly hidden: boolean
  /** Keys that no field has are dropped rather than reported: metadata of another version, a JSON file's other parts. */
  readonly loose: boolean
  /** Fields may be left out unless they say otherwise. */
  readonly optional: boolean
}

/** The schema of all the fields of one part of a provider. */
export function partValidator(part: Part, fields: Fields): Validator {
  const metadata = part === 'metadata'
  return objectValidator(fields, { part, hidden: false, loose: metadata, optional: metadata })
}

function objectValidator(fields: Fields, place: Place): Validator {
  const entries = Object.entries(fields).map(([name, field]): [string, Validator] => {
    const validator = fieldValidator(field, { ...place, optional: false })
    const required = field.default === undefined && (field.required ?? !place.optional)
    return [name, required ? validator : z.optional(validator)]
  })
  const shape = Object.fromEntries(entries)
  const error = objectMessage(fields, place.hidden)
  const object = place.loose ? z.object(shape, { error }) : z.strictObject(shape, { error })
  return z.pipe(z.transform(withDefaults(fields)), object.check(...requirements(fields)))
}

function objectMessage(fields: Fields, hidden: boolean): z.core.$ZodErrorMap {
  return (issue) => {
    if (issue.code !== 'unrecognized_keys') return expecting('an object', hidden)(issue)
    const known = Object.keys(fields)
    const keys = issue.keys ?? []
    const unknown = keys.map((key) => `has no field ${key}${didYouMean(key, known)}`)
    return unknown.join('; ')
  }
}

/** Takes away what says nothing, and fills in the defaults. */
function withDefaults(fields: Fields): (value: unknown) => unknown {
  return (value) => {
    const plain = value instanceof Secret ? value.reveal() : value
    if (typeof plain !== 'object' || plain === null || Array.isArray(plain)) return plain
    const given = Object.entries(plain).filter(([, entry]) => !isAbsent(entry))
    const missing = Object.entries(fields).filter(
      ([name, field]) => field.default !== undefined && !given.some(([key]) => key === name),
    )
    return Object.fromEntries([...given, ...missing.map(([name, field]) => [name, field.default])])
  }
}

/** `requires: [other]`: a field that cannot be given alone. Checked also when other fields are wrong. */
function requirements(fields: Fields): z.core.$ZodCheck<Record<string, unknown>>[] {
  return Object.entries(fields).flatMap(([name, field]) =>
    (field.requires ?? []).map((other) =>
      z.refine<Record<string, unknown>>((value) => !(name in value) || other in value, {
        error: `needs ${other} too`,
        path: [name],
        when: ({ value }) => typeof value === 'object' && value !== null,
      }),
    ),
  )
}

function fieldValidator(field: Field, outer: Place): Validator {
  const place: Place = { ...outer, hidden: outer.hidden || field.secret === true }
  const checked = z.pipe(
    z.transform((value: unknown) => convertValue(value, field, place.part)),
    typeValidator(field, place),
  )
  if (field.secret !== true) return checked
  return z.pipe(
    checked,
    z.transform((value: unknown) => (value instanceof Secret ? value : new Secret(value))),
  )
}

function typeValidator(field: Field, place: Place): Validator {
  const { hidden } = place
  switch (field.type) {
    case 'string':
      return text(field, hidden)
    case 'integer':
      return z.int({ error: expecting('a whole number', hidden) }).check(...range<number>(field, (value) => value))
    case 'number':
      return z.number({ error: expecting('a number', hidden) }).check(...range<number>(field, (value) => value))
    case 'boolean':
      return z.boolean({ error: expecting('true or false', hidden) })
    case 'enum':
      return field.open ? text(field, hidden) : word(field, hidden)
    case 'duration':
      return duration(field, hidden)
    case 'file':
      return field.json ? jsonFile(field, field.json, place) : text(field, hidden)
    case 'object':
      return field.fields ? objectValidator(field.fields, place) : anyMap(expecting('an object', hidden))
    case 'map':
      return (
        field.items
          ? z.record(z.string(), fieldValidator(field.items, place), { error: expecting('a map', hidden) })
          : anyMap(expecting('a map', hidden))
      ).check(...range<Record<string, unknown>>(field, (value) => Object.keys(value).length, 'item'))
    case 'list':
      return z
        .array(field.items ? fieldValidator(field.items, place) : z.unknown(), { error: expecting('a list', hidden) })
        .check(...range<unknown[]>(field, (value) => value.length, 'item'))
  }
}

function anyMap(error: z.core.$ZodErrorMap) {
  return z.record(z.string(), z.unknown(), { error })
}

function text(field: Field, hidden: boolean): z.ZodMiniType<string> {
  const checks: TextCheck[] = range<string>(field, (value) => value.length, 'character')
  const { pattern, message, format } = field
  if (pattern !== undefined) {
    const error = message ?? `must match ${pattern}`
    checks.push(z.refine((value: string) => matches(pattern, value), { error }))
  }
  if (format !== undefined) {
    const error: z.core.$ZodErrorMap = (issue) => `must be ${formatNames[format]}${butNot(issue.input, hidden)}`
    const validator = formats[format]()
    checks.push(z.refine((value: string) => validator.safeParse(value).success, { error }))
  }
  return z.string({ error: expecting('text', hidden) }).check(...checks)
}

function word(field: Field, hidden: boolean): Validator {
  const words = (field.values ?? []).map(({ value }) => value)
  const list = words.length > 12 ? `one of the ${words.length} that describe lists` : `one of ${words.join(', ')}`
  return z.enum(words, {
    error: (issue) => {
      const hint = typeof issue.input === 'string' && !hidden ? didYouMean(issue.input, words) : ''
      return expecting(list, hidden)(issue) + hint
    },
  })
}

function duration(field: Field, hidden: boolean): Validator {
  const error: z.core.$ZodErrorMap = (issue) => `must be a duration such as 2m or 1h30m${butNot(issue.input, hidden)}`
  return z.string({ error: expecting('a duration such as 2m or 1h30m', hidden) }).check(
    z.refine((value: string) => parseDuration(value) !== undefined, { error, abort: true }),
    ...range<string>(field, (value) => (parseDuration(value) ?? 0) / 1000, 'second'),
  )
}

/** A file whose content must be JSON; an object is taken as one, since a credential file may hold it as it is. */
function jsonFile(field: Field, parts: Fields, place: Place): Validator {
  const validator = objectValidator(parts, { ...place, hidden: true, loose: true })
  const toText = z.transform((value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? JSON.stringify(value) : value,
  )
  const toFile = z.transform((content: string, context) => {
    const result = validator.safeParse(parseJson(content))
    if (result.success) return new JsonFile(content, result.data)
    for (const issue of result.error.issues) {
      const message = issue.path.length === 0 ? 'must hold a JSON object' : issue.message
      context.issues.push({ code: 'custom', message, path: issue.path, input: undefined })
    }
    return z.NEVER
  })
  return z.pipe(z.pipe(toText, text(field, true)), toFile)
}

function parseJson(content: string): unknown {
  try {
    return JSON.parse(content)
  } catch {
    return undefined
  }
}

function expecting(what: string, hidden: boolean): (issue: { input?: unknown }) => string {
  return ({ input }) => (isAbsent(input) ? 'is missing' : `must be ${what}${butNot(input, hidden)}`)
}

/** `unit` is what is counted, in the singular; a number counts nothing. */
function range<T>({ min, max }: Field, size: (value: T) => number, unit?: string): z.core.$ZodCheck<T>[] {
  const verb = unit === 'item' ? 'have' : 'be'
  const amount = (limit: number) => (unit === undefined ? limit : `${limit} ${unit}${limit === 1 ? '' : 's'}`)
  const checks: z.core.$ZodCheck<T>[] = []
  if (min !== undefined)
    checks.push(z.refine((value: T) => size(value) >= min, { error: `must ${verb} at least ${amount(min)}` }))
  if (max !== undefined)
    checks.push(z.refine((value: T) => size(value) <= max, { error: `must ${verb} at most ${amount(max)}` }))
  return checks
}

const formatNames = {
  uri: 'a URL such as https://example.com',
  hostname: 'a host name',
  email: 'an email address',
  ip: 'an IP address',
  ipv4: 'an IPv4 address',
  ipv6: 'an IPv6 address',
  cidr: 'a network such as 10.0.0.0/16',
  cidrv4: 'a network such as 10.0.0.0/16',
  cidrv6: 'a network such as fd00::/8',
  uuid: 'a UUID',
  date: 'a date such as 2026-01-31',
  'date-time': 'a time such as 2026-01-31T12:00:00Z',
  base64: 'base64',
} satisfies Record<FieldFormat, string>

/** Made when a field needs one, which most do not. */
const formats: Readonly<Record<FieldFormat, () => z.ZodMiniType<string>>> = {
  uri: () => z.url(),
  hostname: () => z.hostname(),
  email: () => z.email(),
  ip: () => z.union([z.ipv4(), z.ipv6()]),
  ipv4: () => z.ipv4(),
  ipv6: () => z.ipv6(),
  cidr: () => z.union([z.cidrv4(), z.cidrv6()]),
  cidrv4: () => z.cidrv4(),
  cidrv6: () => z.cidrv6(),
  uuid: () => z.guid(),
  date: () => z.iso.date(),
  'date-time': () => z.iso.datetime({ offset: true }),
  base64: () => z.base64(),
}
