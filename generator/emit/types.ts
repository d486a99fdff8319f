// In: tables of fields. Out: the TypeScript interface of each. The home of json-schema-to-typescript.
import type { JSONSchema } from 'json-schema-to-typescript'
import type { Field, Fields } from '../../runtime/schema/fields.js'
import { isRequired } from '../model/field.js'
import type { PartName } from '../model/model.js'
import { docText, plainly } from './doc.js'
import { stringLiteral } from './literal.js'
import { memberHead, printMember, type TypeTree } from './type-text.js'

/**
 * The interface of one part of a provider, in the house's style; its types must have been asked for.
 *
 * @param name what it is called, such as `CredentialFields`
 * @param description its doc comment
 */
export function interfaceText(name: string, fields: Fields, part: PartName, description: string): string {
  const lines = memberLines(fields, part, 2)
  const body = lines.length > 0 ? ` {\n${lines.join('\n')}\n}` : ''
  const head = lines.length > 0 ? `interface ${name}` : `type ${name} = Record<never, never>`
  return `${docText(description)}\nexport ${head}${body}`
}

/** The members of an interface, each with its comment; an object's stand in it, with theirs. */
function memberLines(fields: Fields, part: PartName, indent: number): string[] {
  const pad = ' '.repeat(indent)
  const lines: string[] = []
  for (const [name, field] of Object.entries(fields)) {
    const member = { name, optional: !isPresent(field, part), type: typeOf(field) }
    lines.push(docText(fieldComment(field), indent))
    if (member.type.kind === 'object' && field.fields) {
      const inner = memberLines(field.fields, 'credential', indent + 2)
      lines.push(`${pad}${memberHead(member)} {`, ...inner, `${pad}}`)
    } else lines.push(pad + printMember(member, indent))
  }
  return lines
}

/** What the library said of each kind of value: a run has few, and asks for each once. */
const types = new Map<string, string>()

/** Asks the library for the types that fields are made of, in one go, unless they have been asked for. */
export async function askTypes(tables: readonly Fields[]): Promise<void> {
  const unknown = new Map<string, JSONSchema>()
  for (const leaf of tables.flatMap(leavesOf)) {
    const key = kindOf(leaf)
    if (!types.has(key)) unknown.set(key, leafSchema(leaf))
  }
  if (unknown.size === 0) return
  const { compile } = await import('json-schema-to-typescript')
  const properties = Object.fromEntries([...unknown.values()].map((schema, index) => [`p${index}`, schema]))
  const root: JSONSchema = { title: 'Root', type: 'object', properties, additionalProperties: false }
  const text = await compile(root, 'Root', { bannerComment: '', format: false })
  const lines = text.split('\n')
  for (const [index, key] of [...unknown.keys()].entries()) {
    const head = `p${index}?: `
    const type = lines.find((line) => line.startsWith(head))?.slice(head.length)
    if (type === undefined) throw new Error(`json-schema-to-typescript gave no type for ${key}`)
    types.set(key, type)
  }
}

/** The fields of which the library is asked the type: what is put together of others is ours to print. */
function leavesOf(fields: Fields): Field[] {
  return Object.values(fields).flatMap((field) => {
    if (field.json) return leavesOf(field.json)
    if (field.secret) return []
    if (field.fields) return leavesOf(field.fields)
    if (field.items) return leavesOf({ item: field.items })
    return [field]
  })
}

/** The part of a field's JSON Schema that its type depends on. */
function leafSchema({ type, values = [], open }: Field): JSONSchema {
  switch (type) {
    case 'integer':
    case 'number':
    case 'boolean':
      return { type }
    case 'enum':
      return open ? { type: 'string' } : { type: 'string', enum: values.map(({ value }) => value) }
    case 'list':
    case 'map':
    case 'object':
      return {}
    default:
      return { type: 'string' }
  }
}

/** What fields of one type have in common: the type's name, or the words of an enum. */
function kindOf({ type, values = [], open }: Field): string {
  return type === 'enum' && !open ? JSON.stringify(values.map(({ value }) => value)) : type
}

/** What the library said of a field's type: a name, or words between bars. */
function leafType(field: Field): TypeTree {
  const text = types.get(kindOf(field)) ?? ''
  if (field.type !== 'enum' || field.open) return named(text)
  const words = text.match(/"(?:[^"\\]|\\.)*"/g) ?? []
  return { kind: 'union', words: words.map((word) => stringLiteral(String(JSON.parse(word)))) }
}

/** Whether a parsed value always has the field: it must be given, or a default fills it in. */
function isPresent(field: Field, part: PartName): boolean {
  return isRequired(field, part) || field.default !== undefined
}

/** The type of a field's value. */
function typeOf(field: Field): TypeTree {
  if (field.type === 'file' && field.json) return { kind: 'generic', name: 'JsonFile', args: [partsType(field.json)] }
  if (field.secret) return named('Secret')
  switch (field.type) {
    case 'list':
      return { kind: 'list', item: field.items ? typeOf(field.items) : leafType(field) }
    case 'map':
      return mapOf(field.items ? typeOf(field.items) : leafType(field))
    case 'object':
      return field.fields ? partsType(field.fields) : mapOf(leafType(field))
    default:
      return leafType(field)
  }
}

function named(text: string): TypeTree {
  return { kind: 'name', text }
}

function mapOf(value: TypeTree): TypeTree {
  return { kind: 'generic', name: 'Record', args: [named('string'), value] }
}

function partsType(fields: Fields): TypeTree {
  const members = Object.entries(fields).map(([name, field]) => ({
    name,
    optional: !isPresent(field, 'credential'),
    type: typeOf(field),
  }))
  if (members.length === 0) return { kind: 'generic', name: 'Record', args: [named('never'), named('never')] }
  return { kind: 'object', members }
}

/** What a reader of the type wants to know of a field. */
function fieldComment(field: Field): string {
  const lines = [field.description ?? sentence(field.label)]
  if (field.type === 'duration') lines.push('A duration such as `2m` or `1h30m`.')
  if (field.help) lines.push(/^https?:/.test(field.help) ? `Found at ${field.help}` : field.help)
  if (field.default !== undefined) lines.push(`When not given: \`${plainly(field.default)}\`.`)
  if (field.open && field.values) lines.push(`Known are ${field.values.map(({ value }) => `\`${value}\``).join(', ')}.`)
  if (field.deprecated) lines.push(`@deprecated ${field.deprecated}`)
  return lines.join('\n')
}

function sentence(label: string): string {
  return /[.!?]$/.test(label) ? label : `${label}.`
}
