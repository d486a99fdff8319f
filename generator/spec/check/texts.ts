// In: any value of a spec. Out: each text in it, with its path.
import { isObject } from '../../../runtime/json.js'
import type { Path } from '../document.js'

/** Calls `visit` for every text, keys of maps included; `isKey` says which it is. */
export function eachText(value: unknown, path: Path, visit: (text: string, path: Path, isKey: boolean) => void): void {
  if (typeof value === 'string') visit(value, path, false)
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) eachText(item, [...path, index], visit)
  } else if (isObject(value)) {
    for (const [key, part] of Object.entries(value)) {
      visit(key, [...path, key], true)
      eachText(part, [...path, key], visit)
    }
  }
}
