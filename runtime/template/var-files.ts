// In: the folders of a template. Out: the values in their files for variables, read as Terraform reads them and in its order.
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { parseExactJson } from '../exact-json.js'
import { isObject, type JsonObject, type JsonValue } from '../json.js'
import { JsonMistake, walkJson } from './files/json-walk.js'
import { reading, TextReader } from './files/read-text.js'
import { type SourceText, sourceError } from './files/source.js'

/** Terraform reads these two first, and then those that it takes by their endings, by name. */
const first = ['terraform.tfvars', 'terraform.tfvars.json']
const automatic = /\.auto\.tfvars(?:\.json)?$/

/**
 * Reads `terraform.tfvars`, `terraform.tfvars.json`, `*.auto.tfvars` and `*.auto.tfvars.json` of a template that is a folder; of two
 * values of one variable the later one counts.
 *
 * @throws KloudError (input) with file, line and column: what is no JSON or HCL, or holds more than plain values.
 * @example
 * await readVarFiles('stack') // { region: 'eu-west-1', zones: ['a', 'b'] }
 */
export async function readVarFiles(paths: string | readonly string[]): Promise<JsonObject> {
  const given = typeof paths === 'string' ? [paths] : paths
  const files = (await Promise.all(given.map(filesAt))).flat()
  const reader = new TextReader()
  const values: [string, JsonValue][] = []
  for (const file of files) {
    const source = await reader.read(file)
    values.push(...(file.endsWith('.json') ? readJson(source) : await readHcl(source)))
  }
  return Object.fromEntries(values)
}

async function filesAt(path: string): Promise<string[]> {
  if (!(await reading(path, stat(path))).isDirectory()) return []
  const names = await reading(path, readdir(path))
  const named = [
    ...first.filter((name) => names.includes(name)),
    ...names.filter((name) => automatic.test(name)).sort(),
  ]
  return named.map((name) => join(path, name))
}

function readJson(source: SourceText): [string, JsonValue][] {
  try {
    walkJson(source.text, () => {})
  } catch (error) {
    if (!(error instanceof JsonMistake)) throw error
    throw sourceError(source, error.offset, `Not the JSON of a var file: ${error.message}`)
  }
  const values: JsonValue = parseExactJson(source.text)
  if (!isObject(values)) throw sourceError(source, 0, 'A var file must be an object: { "name": … }')
  return Object.entries(values)
}

/** Only a file of HCL needs the library that reads it, which takes time to load. */
async function readHcl(source: SourceText): Promise<[string, JsonValue][]> {
  return (await import('./files/hcl-values.js')).parseHclValues(source)
}
