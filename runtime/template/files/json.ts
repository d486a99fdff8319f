// In: the text of a JSON file. Out: its value, with exact numbers and the places of all its parts, or the error at its place.
import { isObject, type JsonObject, type JsonValue } from '../../json.js'
import type { JsonPath } from '../path.js'
import { JsonMistake, walkJson } from './json-walk.js'
import { exactNumber, isExact, placeOf, type Source, type SourceText, sourceError } from './source.js'

/** @throws KloudError (input) for what is not JSON, not an object, has a key twice, or nests too deep. */
export function parseJson(source: SourceText): Source {
  const { text } = source
  const longNumbers: { path: JsonPath; digits: string }[] = []
  try {
    walkJson(text, ({ path, start, end }) => {
      if (!startsNumber(text, start)) return
      const digits = text.slice(start, end)
      if (!isExact(digits)) longNumbers.push({ path: [...path], digits })
    })
  } catch (error) {
    if (!(error instanceof JsonMistake)) throw error
    const first = error.other === undefined ? '' : `; first in line ${placeOf(source, error.other).line}`
    throw sourceError(source, error.offset, `Not the JSON of a template: ${error.message}${first}`)
  }
  const value: JsonValue = JSON.parse(text)
  if (!isObject(value)) throw sourceError(source, 0, 'A template must be an object: { "resource": … }')
  const texts: JsonPath[] = []
  for (const { path, digits } of longNumbers) setAt(value, path, exactNumber(digits, path, texts))
  return { ...source, value, digits: texts, offsetOf: (path) => offsetOf(text, path) }
}

function startsNumber(text: string, at: number): boolean {
  const char = text[at] ?? ''
  return char === '-' || (char >= '0' && char <= '9')
}

function setAt(root: JsonObject, path: JsonPath, value: JsonValue): void {
  const last = path.at(-1)
  const owner = path.slice(0, -1).reduce<JsonValue | undefined>(childOf, root)
  if (Array.isArray(owner) && typeof last === 'number') owner[last] = value
  else if (isObject(owner) && typeof last === 'string') owner[last] = value
}

/** The child of a value at a step of a path, when it is its own and not its prototype's. */
export function childOf(value: JsonValue | undefined, step: string | number): JsonValue | undefined {
  if (Array.isArray(value)) return typeof step === 'number' ? value[step] : undefined
  return isObject(value) && Object.hasOwn(value, step) ? (value as JsonObject)[step] : undefined
}

/** Where the value at a path stands; an object or list is found at its key. Of a path that leads nowhere, the last step that exists. */
function offsetOf(text: string, target: JsonPath): number {
  let best = 0
  let bestLength = -1
  walkJson(text, ({ path, start, keyStart }) => {
    if (path.length <= bestLength || path.length > target.length) return
    if (!path.every((step, index) => step === target[index])) return
    bestLength = path.length
    const isContainer = text[start] === '{' || text[start] === '['
    best = isContainer || path.length < target.length ? (keyStart ?? start) : start
  })
  return best
}
