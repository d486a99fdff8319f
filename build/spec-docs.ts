// In: the JSON Schema of a spec. Out: docs/spec.md, the reference of the spec language: what is written here, and a table of every key.
// Run it with: node --import jiti/register build/spec-docs.ts
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { specJsonSchema } from '../generator/spec/json-schema.js'
import { isObject } from '../runtime/json.js'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

/** The reference, with the tables behind what a person wrote. */
export function specReference(): string {
  const schema = specJsonSchema()
  const sections: string[] = []
  const definitions = isObject(schema.definitions) ? schema.definitions : {}
  collect('a spec', schema, sections)
  for (const [name, definition] of Object.entries(definitions)) collect(name.toLowerCase(), definition, sections)
  return `${readFileSync(path('./spec-docs.md'), 'utf8').trimEnd()}\n\n${sections.join('\n\n')}\n`
}

/** A table for an object's keys, then those of the objects in it. */
function collect(name: string, schema: unknown, sections: string[]): void {
  const properties = propertiesOf(schema)
  if (!properties) return
  const rows = Object.entries(properties).map(
    ([key, value]) => `| \`${key}\` | ${cell(textOf(value, 'description'))} | ${example(value)} |`,
  )
  sections.push([`### ${name}`, '', '| key | what it is | for example |', '|---|---|---|', ...rows].join('\n'))
  for (const [key, value] of Object.entries(properties)) {
    const inner = innerOf(value)
    if (inner) collect(name === 'a spec' ? key : `${name}.${key}`, inner, sections)
  }
}

function propertiesOf(schema: unknown): Record<string, unknown> | undefined {
  return isObject(schema) && isObject(schema.properties) ? schema.properties : undefined
}

/** The object that a value is, or that one of its forms or items is; definitions have tables of their own. */
function innerOf(schema: unknown): unknown {
  if (!isObject(schema)) return undefined
  if (propertiesOf(schema)) return schema
  const forms = Array.isArray(schema.anyOf) ? schema.anyOf : []
  return [...forms, schema.items].map(innerOf).find((inner) => inner !== undefined)
}

function textOf(schema: unknown, key: string): string {
  const value = isObject(schema) ? schema[key] : undefined
  return typeof value === 'string' ? value : ''
}

function example(schema: unknown): string {
  const [first] = isObject(schema) && Array.isArray(schema.examples) ? schema.examples : []
  return first === undefined
    ? ''
    : `\`${cell(typeof first === 'string' ? first : JSON.stringify(first)).replaceAll('`', "'")}\``
}

function cell(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ').replaceAll('|', '\\|')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(path('../docs/spec.md'), specReference())
