// In: the text of a file of values in HCL, `name = value`. Out: the values by name, or the error at its place.
import { KloudError } from '../../errors.js'
import { isObject, type JsonValue } from '../../json.js'
import { BrokenExpression } from '../scanner.js'
import { parseHcl } from './hcl.js'
import { type HclItem, parseHclBody } from './hcl-body.js'
import { type SourceText, sourceError } from './source.js'

/** A value may hold what a variable's default may, and is read as one. */
export async function parseHclValues(source: SourceText): Promise<[string, JsonValue][]> {
  const values = new Map<string, JsonValue>()
  for (const item of itemsOf(source)) {
    if (item.kind === 'block')
      throw sourceError(source, item.start, `A var file holds values, name = value, and no blocks: ${item.type}`)
    if (values.has(item.name)) throw sourceError(source, item.start, `${item.name} has a value already`)
    values.set(item.name, await asDefault(source, item))
  }
  return [...values]
}

function itemsOf(source: SourceText): readonly HclItem[] {
  try {
    return parseHclBody(source.text).items
  } catch (error) {
    if (!(error instanceof BrokenExpression)) throw error
    throw sourceError(source, error.offset, `Not the HCL of a var file: ${error.message}`)
  }
}

async function asDefault(source: SourceText, { name, value }: HclItem & { kind: 'argument' }): Promise<JsonValue> {
  const written = source.text.slice(value.start, value.end)
  const text = `variable "value" {\ndefault = ${written}\n}\n`
  const parsed = await parseHcl({ ...source, text }).catch((error: unknown) => {
    if (!(error instanceof KloudError)) throw error
    throw sourceError(source, value.start, `${name}: must be a plain value, or a sum of whole numbers`)
  })
  const { variable } = parsed.value
  const [body] = isObject(variable) && Array.isArray(variable.value) ? variable.value : []
  return isObject(body) ? (body.default ?? null) : null
}
