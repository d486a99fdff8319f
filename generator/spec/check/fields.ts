// Checks fields: that each key fits its type, and that defaults, ranges and patterns are possible.

import { parseDuration } from '../../../runtime/schema/duration.js'
import type { FieldType } from '../../../runtime/schema/fields.js'
import { schemaClass } from '../../../runtime/schema/schema-class.js'
import { resolveField, typeOf } from '../../model/field.js'
import type { FieldInput } from '../definition/field.js'
import type { Path } from '../document.js'
import { attributePathFault } from './attribute-path.js'
import { checkFieldNames } from './names.js'
import type { Examination } from './report.js'

/** A field as any part of a spec writes it: metadata's have `from` and `value` too. */
type AnyField = FieldInput & { from?: string | undefined; value?: unknown }

/** The keys that only some types of field have. */
const keysOfTypes = Object.entries({
  pattern: ['string', 'file'],
  message: ['string', 'file'],
  format: ['string'],
  min: ['string', 'integer', 'number', 'file', 'list', 'map', 'duration'],
  max: ['string', 'integer', 'number', 'file', 'list', 'map', 'duration'],
  enum: ['enum'],
  items: ['list', 'map'],
  fields: ['object'],
  json: ['file'],
  secret: ['string', 'file'],
} satisfies Partial<Record<keyof AnyField, readonly FieldType[]>>) as [keyof AnyField, readonly FieldType[]][]

export function checkFields(spec: Examination): void {
  const { input } = spec
  checkPart(spec, ['credential'], input.credential ?? {}, true)
  const outputs = Object.entries(input.bootstrap?.outputs ?? {})
  for (const [name, output] of outputs) {
    if (typeof output !== 'string')
      checkField(
        spec,
        ['bootstrap', 'outputs', name],
        name,
        output,
        true,
        outputs.map(([other]) => other),
      )
  }
  checkPart(spec, ['machine', 'metadata'], input.machine.metadata ?? {}, false)
}

function checkPart(spec: Examination, path: Path, fields: Readonly<Record<string, AnyField>>, requires: boolean): void {
  const names = Object.keys(fields)
  for (const [name, field] of Object.entries(fields)) checkField(spec, [...path, name], name, field, requires, names)
}

function checkField(
  spec: Examination,
  path: Path,
  name: string,
  field: AnyField,
  requires: boolean,
  siblings: readonly string[],
): void {
  const type = typeOf(field)
  for (const [key, types] of keysOfTypes) {
    if (field[key] === undefined || types.includes(type)) continue
    spec.report('KG058', [...path, key], `${key} is for ${listOf(types)}, and ${name} is ${article(type)} ${type}`, {
      at: 'key',
    })
  }
  if (type === 'enum' && !field.enum)
    spec.report('KG062', path, `${name} is an enum without values: add enum: [a, b]`, { at: 'key' })
  if (field.enum) checkEnum(spec, path, name, field.enum)
  if (requires && field.required === true && field.default !== undefined) {
    spec.report(
      'KG050',
      [...path, 'required'],
      `${name} has a default, so it need not be given: take required or default away`,
      { at: 'key' },
    )
  }
  if (field.secret && field.default !== undefined) {
    spec.report(
      'KG058',
      [...path, 'default'],
      `${name} is secret: a default would be written into the generated code`,
      { at: 'key' },
    )
  }
  if (field.message !== undefined && field.pattern === undefined) {
    spec.report(
      'KG062',
      [...path, 'message'],
      'message is what a user reads where the pattern does not match: add a pattern',
      { at: 'key' },
    )
  }
  const possible = checkRange(spec, path, name, field, type) && checkPattern(spec, path, field)
  if (possible && field.default !== undefined && !field.secret) checkDefault(spec, path, name, field, type)
  for (const [index, other] of (field.requires ?? []).entries()) {
    if (siblings.includes(other) && other !== name) continue
    const here = [...path, 'requires', index]
    if (other === name) spec.report('KG059', here, `${name} requires itself`)
    else {
      spec.report('KG059', here, `${name} requires ${other}, which is not a field beside it`, {
        word: other,
        known: siblings.filter((sibling) => sibling !== name),
      })
    }
  }
  if (field.from !== undefined) {
    const fault = attributePathFault(field.from)
    if (fault) spec.report('KG060', [...path, 'from'], fault)
    if (field.value !== undefined) {
      spec.report('KG058', [...path, 'value'], `${name} is filled from an attribute or by a value, not by both`, {
        at: 'key',
      })
    }
  }
  if (field.items) checkField(spec, [...path, 'items'], 'items', field.items, true, [])
  for (const key of ['fields', 'json'] as const) {
    const parts = field[key]
    if (!parts) continue
    checkFieldNames(spec, [...path, key], Object.keys(parts))
    checkPart(spec, [...path, key], parts, true)
  }
}

function checkEnum(spec: Examination, path: Path, name: string, values: NonNullable<FieldInput['enum']>): void {
  const words = Array.isArray(values) ? values.map(String) : Object.keys(values)
  if (words.length === 0) spec.report('KG062', [...path, 'enum'], `${name} has no values to choose from`, { at: 'key' })
  for (const [index, word] of words.entries()) {
    if (words.indexOf(word) < index) spec.report('KG061', [...path, 'enum', index], `${word} is in the list twice`)
  }
}

function checkRange(spec: Examination, path: Path, name: string, { min, max }: FieldInput, type: FieldType): boolean {
  const counted = type !== 'integer' && type !== 'number'
  if (min !== undefined && max !== undefined && min > max) {
    spec.report('KG054', [...path, 'min'], `no value of ${name} can be: min is ${min} and max is ${max}`)
    return false
  }
  for (const [key, limit] of [
    ['min', min],
    ['max', max],
  ] as const) {
    if (limit === undefined) continue
    if (counted && limit < 0)
      spec.report('KG054', [...path, key], `${key} of ${article(type)} ${type} cannot be below 0`)
    else if (counted && type !== 'duration' && !Number.isInteger(limit)) {
      spec.report('KG054', [...path, key], `${key} of ${article(type)} ${type} is a whole number`)
    } else if (type === 'integer' && !Number.isInteger(limit)) {
      spec.report('KG054', [...path, key], `${key} of an integer is a whole number`)
    } else continue
    return false
  }
  return true
}

function checkPattern(spec: Examination, path: Path, { pattern }: FieldInput): boolean {
  if (pattern === undefined) return true
  try {
    new RegExp(pattern)
    return true
  } catch (error) {
    const reason =
      error instanceof Error ? error.message.replace(/^Invalid regular expression: /, '') : 'it cannot be read'
    spec.report('KG055', [...path, 'pattern'], `this regular expression cannot be read: ${reason}`)
    return false
  }
}

function checkDefault(spec: Examination, path: Path, name: string, field: AnyField, type: FieldType): void {
  const here = [...path, 'default']
  if (type === 'duration' && typeof field.default === 'string' && parseDuration(field.default) === undefined) {
    spec.report('KG056', here, `${JSON.stringify(field.default)} is not a duration: write it as 90s, 2m or 1h30m`)
    return
  }
  if (isPlainlyRight(field, type)) return
  if (typeof field.default === 'number' && (type === 'string' || type === 'enum')) {
    const written = spec.quotedAt(here)
    if (written !== undefined && written !== `'${field.default}'`) {
      const message = `the default of ${name} is text, and YAML makes ${field.default} of it: quote it`
      spec.report('KG051', here, message, { suggestion: written })
      return
    }
  }
  const resolved = resolveField(name, { ...field, requires: undefined }, 'credential')
  const [problem] = schemaClass('credential', { [name]: resolved }).problems({ [name]: resolved.default })
  if (!problem) return
  const text = typeof field.default === 'string'
  const code = type === 'enum' ? 'KG053' : field.pattern !== undefined && text ? 'KG052' : 'KG051'
  const values = resolved.values?.map(({ value }) => value)
  const within = problem.path.slice(name.length).match(/[^.[\]]+/g) ?? []
  spec.report(
    code,
    [...here, ...within],
    `the default of ${problem.path} ${problem.message.replace(/; did you mean .*$/, '')}`,
    values ? { word: String(field.default), known: values } : {},
  )
}

/** Whether a default is right at sight: most are, and making a validator for each costs more than all else here. */
function isPlainlyRight(
  { default: value, min, max, pattern, format, enum: words }: AnyField,
  type: FieldType,
): boolean {
  const isWithin = (size: number) => size >= (min ?? Number.NEGATIVE_INFINITY) && size <= (max ?? size)
  switch (type) {
    case 'boolean':
      return typeof value === 'boolean'
    case 'integer':
      return typeof value === 'number' && Number.isSafeInteger(value) && isWithin(value)
    case 'enum':
      return typeof value === 'string' && Object.hasOwn(Array.isArray(words) ? {} : (words ?? {}), value)
    case 'string':
      return typeof value === 'string' && value !== '' && isWithin(value.length) && (pattern ?? format) === undefined
    default:
      return false
  }
}

function listOf(types: readonly FieldType[]): string {
  return types.length === 1 ? `type ${types[0]}` : `types ${types.slice(0, -1).join(', ')} and ${types.at(-1)}`
}

function article(word: string): 'a' | 'an' {
  return /^[aeiou]/.test(word) ? 'an' : 'a'
}
