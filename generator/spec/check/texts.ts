// In: a value of a spec. Out: each text in it that a pattern matches, with its path.
import { isObject } from '../../../runtime/json.js'
import type { Path } from '../document.js'

/**
 * Calls `visit` for every text that a pattern matches, keys of maps included; `isKey` says which it is. A path is made for those
 * alone: most texts of a spec are plain words.
 */
export function eachText(
  value: unknown,
  path: Path,
  pattern: RegExp,
  visit: (text: string, path: Path, isKey: boolean) => void,
): void {
  const steps = [...path]
  const enter = (value: unknown): void => {
    if (typeof value === 'string') {
      if (pattern.test(value)) visit(value, [...steps], false)
    } else if (Array.isArray(value)) {
      for (let index = 0; index < value.length; index++) {
        steps.push(index)
        enter(value[index])
        steps.pop()
      }
    } else if (isObject(value)) {
      for (const key of Object.keys(value)) {
        steps.push(key)
        if (pattern.test(key)) visit(key, [...steps], true)
        enter(value[key])
        steps.pop()
      }
    }
  }
  enter(value)
}
