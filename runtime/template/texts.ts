// In: a template's blocks. Out: a visit to every text in them that Terraform works something out in, and the blocks as changed by it.
import { isObject, type JsonObject, type JsonValue } from '../json.js'
import { type Context, contextBelow, rootContext, type TextKind } from './contexts.js'
import { brokenAt, errorAt, type FindPlace, type JsonPath } from './path.js'
import { type Reference, scanExpression, scanText } from './references.js'

/** A text of a template: a value, or the key of a map. */
export interface TemplateText {
  readonly text: string
  readonly path: JsonPath
  readonly kind: TextKind
}

/**
 * The blocks with texts replaced by what `change` gives for them. Comes by every text that could refer to something, and spares
 * the others. The given blocks are not changed; what stays the same is shared.
 */
export function mapTexts(blocks: JsonObject, change: (text: TemplateText) => string): JsonObject {
  return mapObject(blocks, { path: [], change }, rootContext)
}

/**
 * The references in a text; where Terraform would parse it and could not, an error at its place. What should be a bare expression
 * and yet holds `${` is read as a text, so that nothing is missed where we know Terraform's places less well than it does.
 */
export function referencesIn({ text, path, kind }: TemplateText, find?: FindPlace): readonly Reference[] {
  const isExpression = kind === 'expression' && !text.includes('${') && !text.includes('%{')
  const { references, broken } = isExpression ? scanExpression(text) : scanText(text)
  if (kind !== 'text') return references
  if (broken !== undefined) throw brokenAt(path, broken, find)
  if (references.some(({ root, name }) => root === 'var' && name === undefined)) {
    throw errorAt(path, 'var must be followed by a dot and the name of a variable', find)
  }
  return references
}

interface Walk {
  readonly path: (string | number)[]
  readonly change: (text: TemplateText) => string
}

function mapValue(value: JsonValue, walk: Walk, context: Context): JsonValue {
  if (typeof value === 'string') return mapText(value, walk, context)
  if (Array.isArray(value)) return mapList(value, walk, context)
  return isObject(value) ? mapObject(value, walk, context) : value
}

function mapText(text: string, { path, change }: Walk, { kind }: Context): string {
  const mayRefer = kind === 'expression' || text.includes('${') || text.includes('%{')
  return mayRefer ? change({ text, path: [...path], kind }) : text
}

function mapList(list: JsonValue[], walk: Walk, context: Context): JsonValue[] {
  let changed: JsonValue[] | undefined
  for (const [index, item] of list.entries()) {
    walk.path.push(index)
    const mapped = mapValue(item, walk, context)
    walk.path.pop()
    if (mapped === item) continue
    changed ??= [...list]
    changed[index] = mapped
  }
  return changed ?? list
}

function mapObject(object: JsonObject, walk: Walk, context: Context): JsonObject {
  let changed: Map<string, JsonValue> | undefined
  const entries = Object.entries(object)
  for (const [index, [key, value]] of entries.entries()) {
    walk.path.push(key)
    const below = contextBelow(context, key)
    const mappedKey = context.kind === 'text' && key.includes('{') ? mapText(key, walk, context) : key
    const mapped = mapValue(value, walk, below)
    walk.path.pop()
    if (changed === undefined && (mapped !== value || mappedKey !== key)) changed = new Map(entries.slice(0, index))
    changed?.set(freeKey(mappedKey, changed), mapped)
  }
  return changed === undefined ? object : Object.fromEntries(changed)
}

/** Two keys of a map may become one text; the second gets a number, so that no entry is lost. */
function freeKey(key: string, taken: ReadonlyMap<string, unknown>): string {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? key : `${key}_${number}`
    if (!taken.has(candidate)) return candidate
  }
}
