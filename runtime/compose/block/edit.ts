// In: a block, a path, and what to do at its end. Out: the block changed there, through maps, lists, nested blocks in either form, and expressions.
import { inputError } from '../../errors.js'
import { operand, textExpression } from '../../expression/terraform-text.js'
import { isObject, type JsonObject, type JsonValue } from '../../json.js'
import { quoteText } from '../../template/references.js'
import type { PathStep } from './path.js'
import { isExpression, isUnset } from './set-or-not.js'

/** What is done at the end of a path. */
export interface Edit {
  /** The new value in the place of the old one; undefined leaves it as it is. */
  value(old: JsonValue | undefined): JsonValue | undefined
  /** The map that an expression gives, with the key changed, as an expression. */
  inMap(map: string, key: string): string
}

/**
 * Changes a block in place.
 * @param where how an error calls the block
 * @throws KloudError (input) where the path leads into something that has no parts
 */
export function editBlock(block: JsonObject, path: readonly PathStep[], edit: Edit, where: string): void {
  const [step, ...rest] = path
  if (step === undefined) return
  const value = ownValue(block, step.name)
  const place = `${where}.${step.name}`
  if (rest.length === 0) assign(block, step.name, edit.value(value))
  else if (isUnset(value)) assign(block, step.name, created(step, rest, edit, place))
  else if (isExpression(value)) assign(block, step.name, inExpression(value, step, rest, edit, place))
  else if (Array.isArray(value)) editList(value, step, rest, edit, place)
  else if (isObject(value)) {
    if (step.at === undefined || step.at === '*' || step.at === 0) editBlock(value, rest, edit, place)
  } else throw inputError(`${place} must be a block or a map, not ${JSON.stringify(value)}`)
}

/** A nested block where there was none, unless nothing comes of it. */
function created(step: PathStep, rest: readonly PathStep[], edit: Edit, place: string): JsonValue | undefined {
  if (step.at !== undefined && step.at !== 0) return undefined
  const block: JsonObject = {}
  editBlock(block, rest, edit, place)
  if (Object.keys(block).length === 0) return undefined
  return step.at === undefined ? block : [block]
}

function editList(list: JsonValue[], step: PathStep, rest: readonly PathStep[], edit: Edit, place: string): void {
  list.forEach((item, index) => {
    if (typeof step.at === 'number' && step.at !== index) return
    const inside = `${place}[${index}]`
    if (isObject(item)) editBlock(item, rest, edit, inside)
    else if (isExpression(item)) list[index] = `\${${throughMaps(textExpression(item), rest, edit)}}`
    else throw inputError(`${inside} must be a block or a map, not ${JSON.stringify(item)}`)
  })
}

function inExpression(value: string, step: PathStep, rest: readonly PathStep[], edit: Edit, place: string): string {
  const expression = textExpression(value)
  if (step.at === undefined) return `\${${throughMaps(expression, rest, edit)}}`
  if (step.at === '*') return `\${[for item in ${expression} : ${throughMaps('item', rest, edit)}]}`
  throw inputError(`${place} is an expression, of which no single item can be changed`, {
    hint: 'write it as a block or a list of blocks',
  })
}

/** Goes down through maps that are expressions, and puts each together again with `merge`. */
function throughMaps(map: string, path: readonly PathStep[], edit: Edit): string {
  const [step, ...rest] = path
  if (step === undefined) return map
  if (rest.length === 0) return edit.inMap(map, quoteText(step.name))
  const inner = throughMaps(`try(${operand(map)}[${quoteText(step.name)}], {})`, rest, edit)
  return `merge(${map}, { ${quoteText(step.name)} = ${inner} })`
}

/** The values that a path leads to; `unknown` where that is inside an expression. */
export function readBlock(block: JsonObject, path: readonly PathStep[]): { values: JsonValue[]; unknown: boolean } {
  const [step, ...rest] = path
  const value = step === undefined ? undefined : ownValue(block, step.name)
  if (step === undefined || isUnset(value)) return { values: [], unknown: false }
  if (rest.length === 0 && step.at === undefined) return { values: [value], unknown: false }
  if (isExpression(value)) return { values: [], unknown: true }
  const items = Array.isArray(value) ? value : [value]
  const chosen = typeof step.at === 'number' ? items.slice(step.at, step.at + 1) : items
  if (rest.length === 0) return { values: chosen.filter((item) => !isUnset(item)), unknown: false }
  const found = chosen.map((item) => {
    if (isObject(item)) return readBlock(item, rest)
    return { values: [], unknown: isExpression(item) }
  })
  return { values: found.flatMap(({ values }) => values), unknown: found.some(({ unknown }) => unknown) }
}

/** A value of a block; what every object inherits is none. */
export function ownValue(block: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(block, name) ? block[name] : undefined
}

function assign(block: JsonObject, name: string, value: JsonValue | undefined): void {
  if (value === undefined) return
  Object.defineProperty(block, name, { value, enumerable: true, configurable: true, writable: true })
}
