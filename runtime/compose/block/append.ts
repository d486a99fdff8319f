// In: a list or a text that a user may have written, and what is to be added. Out: both, nothing twice.
import { operand, textExpression, valueExpression } from '../../expression/terraform-text.js'
import { isObject, type JsonValue } from '../../json.js'
import { wholeExpression } from '../../template/references.js'
import type { Edit } from './edit.js'
import { isUnset } from './set-or-not.js'

export interface AppendOptions {
  /** The key that tells objects apart: one of the user's with the same value stays, ours is not added. */
  by?: string
}

/** What a value is worth, where that is known before Terraform runs. */
export type Known = (value: JsonValue) => JsonValue | undefined

/** Adds items to a list. */
export function appendItems(items: readonly JsonValue[], known: Known, { by }: AppendOptions = {}): Edit {
  return {
    value(old) {
      if (items.length === 0) return undefined
      if (isUnset(old)) return [...items]
      if (isEverything(old)) return undefined
      const sole = typeof old === 'string' ? wholeExpression(old) : undefined
      if (sole !== undefined) return `\${${joined(sole, items, by)}}`
      const list = Array.isArray(old) ? old : [old]
      const worth = list.map((mine) => known(mine) ?? mine)
      const missing = items.filter((item) => !worth.some((mine) => isSame(mine, known(item) ?? item, by)))
      return missing.length === 0 && typeof old === 'object' ? undefined : [...list, ...missing]
    },
    inMap: (map, key) => `merge(${map}, { ${key} = ${joined(`try(${operand(map)}[${key}], [])`, items, by)} })`,
  }
}

/** Adds lines to a text. */
export function appendLines(lines: string, known: Known): Edit {
  return {
    value(old) {
      if (lines === '') return undefined
      if (isUnset(old)) return lines
      const text = String(old)
      const present = new Set(String(known(text) ?? text).split(/\r?\n/))
      const isMissing = (line: string): boolean => !present.has(line) && !present.has(String(known(line) ?? line))
      const missing = lines.split('\n').filter(isMissing)
      if (missing.length === 0) return undefined
      const sole = wholeExpression(text)
      if (sole !== undefined) return `\${${joinedLines(sole, missing.join('\n'))}}`
      return `${text}${text.endsWith('\n') ? '' : '\n'}${missing.join('\n')}`
    },
    inMap: (map, key) => `merge(${map}, { ${key} = ${joinedLines(`try(${operand(map)}[${key}], "")`, lines)} })`,
  }
}

/** `ignore_changes: all` has everything in it already. */
function isEverything(old: JsonValue): boolean {
  return old === 'all' || (Array.isArray(old) && old.includes('all'))
}

function joined(list: string, items: readonly JsonValue[], by: string | undefined): string {
  const ours = valueExpression([...items])
  if (by === undefined) return `distinct(concat(${list}, ${ours}))`
  // Not called item: the list may be a part of an item of the user's own.
  return `concat(${list}, [for added in ${ours} : added if !contains(${operand(list)}[*].${by}, added.${by})])`
}

function joinedLines(text: string, lines: string): string {
  return `join("\\n", compact([${text}, ${textExpression(lines)}]))`
}

/** Whether two items are one: `12` and `'12'` are, and objects with the same `by`. */
function isSame(mine: JsonValue, item: JsonValue, by: string | undefined): boolean {
  if (isObject(mine) && isObject(item)) {
    return by === undefined ? JSON.stringify(mine) === JSON.stringify(item) : sameScalar(mine[by], item[by])
  }
  return sameScalar(mine, item)
}

function sameScalar(left: unknown, right: unknown): boolean {
  if (typeof left === 'object' || typeof right === 'object' || left === undefined)
    return JSON.stringify(left) === JSON.stringify(right)
  return String(left) === String(right)
}
