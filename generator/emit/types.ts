// In: tables of fields. Out: the TypeScript interface of each. The home of json-schema-to-typescript.
import type { JSONSchema } from 'json-schema-to-typescript'
import type { Field, Fields } from '../../runtime/schema/fields.js'
import { isRequired } from '../model/field.js'
import type { PartName } from '../model/model.js'
import { plainly } from './doc.js'
import { commentLines, propertyKey, stringLiteral } from './literal.js'
import { LINE_WIDTH } from './print.js'
import { printType, type TypeTree } from './type-text.js'

/** An interface to make: for one part of one provider. */
export interface TypeRequest {
  /** What the interface is called, such as `CredentialFields`. */
  name: string
  fields: Fields
  part: PartName
  /** Its doc comment. */
  description: string
}

/**
 * Makes the interfaces of many parts in one go: most of what the library costs is paid once a call.
 * Returns the text of each, in the order of the requests, in the house's style.
 */
export async function interfacesOf(requests: readonly TypeRequest[]): Promise<string[]> {
  if (requests.length === 0) return []
  const { compile } = await import('json-schema-to-typescript')
  const properties = Object.fromEntries(
    requests.map((request, index): [string, JSONSchema] => [`p${index}`, interfaceSchema(request, `Part${index}`)]),
  )
  const root: JSONSchema = { title: 'Root', type: 'object', properties, additionalProperties: false }
  const text = await compile(root, 'Root', { bannerComment: '', format: false, ignoreMinAndMaxItems: true })
  const texts = splitInterfaces(text)
  return requests.map(({ name }, index) => {
    const found = texts.get(`Part${index}`)
    if (!found) throw new Error(`json-schema-to-typescript gave no interface for ${name}`)
    const head = `export interface Part${index} {`
    if (found.endsWith(`${head}\n}`)) return found.replace(`${head}\n}`, `export type ${name} = Record<never, never>`)
    return found.replace(head, `export interface ${name} {`)
  })
}

function interfaceSchema({ fields, part, description }: TypeRequest, title: string): JSONSchema {
  return { title, description: comment(description), ...membersSchema(fields, part, 2) }
}

function membersSchema(fields: Fields, part: PartName, indent: number): JSONSchema {
  const entries = Object.entries(fields)
  return {
    type: 'object',
    properties: Object.fromEntries(entries.map(([name, field]) => [name, memberSchema(name, field, part, indent)])),
    required: entries.filter(([, field]) => isPresent(field, part)).map(([name]) => name),
    additionalProperties: false,
  }
}

function memberSchema(name: string, field: Field, part: PartName, indent: number): JSONSchema {
  const description = comment(fieldComment(field))
  if (field.type === 'object' && !field.secret && field.fields && Object.keys(field.fields).length > 0) {
    return { description, ...membersSchema(field.fields, 'credential', indent + 2) }
  }
  const mark = isPresent(field, part) ? '' : '?'
  return { description, tsType: printType(typeOf(field), indent, indent + propertyKey(name).length + mark.length + 2) }
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
    case 'integer':
    case 'number':
      return named('number')
    case 'boolean':
      return named('boolean')
    case 'enum':
      if (field.open) return named('string')
      return { kind: 'union', words: (field.values ?? []).map(({ value }) => stringLiteral(value)) }
    case 'list':
      return { kind: 'list', item: field.items ? typeOf(field.items) : named('unknown') }
    case 'map':
      return mapOf(field.items ? typeOf(field.items) : named('unknown'))
    case 'object':
      return field.fields ? partsType(field.fields) : mapOf(named('unknown'))
    default:
      return named('string')
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

function comment(text: string): string {
  return commentLines(text).join('\n')
}

/** Takes the library's output apart into interfaces, and indents them: it is told not to format, which costs more than all the rest. */
function splitInterfaces(text: string): Map<string, string> {
  const interfaces = new Map<string, string>()
  const lines = text.split('\n')
  let comment: string[] = []
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? ''
    if (line.startsWith('/**')) {
      const start = at
      at = endOfComment(lines, at)
      comment = lines.slice(start, at + 1)
      continue
    }
    const name = /^export interface (\w+) \{/.exec(line)?.[1]
    if (!name) continue
    const start = at + 1
    for (let depth = 1; depth > 0 && at < lines.length; ) {
      at++
      if (lines[at]?.startsWith('/**')) at = endOfComment(lines, at)
      else depth += depthChange(lines[at] ?? '')
    }
    interfaces.set(name, [...docComment(comment, ''), line, ...members(lines.slice(start, at)), '}'].join('\n'))
    comment = []
  }
  return interfaces
}

function members(lines: readonly string[]): string[] {
  const output: string[] = []
  let depth = 1
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? ''
    if (line.trim() === '') continue
    if (line.startsWith('/**')) {
      const start = at
      at = endOfComment(lines, at)
      output.push(...docComment(lines.slice(start, at + 1), '  '.repeat(depth)))
      continue
    }
    const change = depthChange(line)
    if (change < 0) depth += change
    output.push((line.startsWith(' ') ? line : '  '.repeat(depth) + line).trimEnd())
    if (change > 0) depth += change
  }
  return output
}

/** The last line of the comment that begins at a line. What stands in it is no code. */
function endOfComment(lines: readonly string[], start: number): number {
  for (let at = start; at < lines.length; at++) if (lines[at]?.endsWith('*/')) return at
  return lines.length
}

/** How many braces a line of code leaves open; one inside a quoted word does not count. */
function depthChange(line: string): number {
  if (!line.includes('{') && !line.includes('}')) return 0
  const code = line.replaceAll(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g, '')
  return code.split('{').length - code.split('}').length
}

function docComment(lines: readonly string[], indent: string): string[] {
  const texts = lines
    .map((line) =>
      line
        .replace(/^\/\*\*/, '')
        .replace(/\*\/$/, '')
        .replace(/^ \* ?/, '')
        .trim(),
    )
    .filter((line, index, all) => line !== '' || (index > 0 && index < all.length - 1))
  const [only] = texts
  if (texts.length === 1 && only !== undefined && indent.length + only.length + 7 <= LINE_WIDTH)
    return [`${indent}/** ${only} */`]
  return [`${indent}/**`, ...texts.map((text) => `${indent} * ${text}`.trimEnd()), `${indent} */`]
}
