// In: a template's blocks. Out: the input variables that they use, and where.
import type { JsonObject } from '../json.js'
import type { FindPlace, JsonPath } from './path.js'
import { mapTexts, referencesIn } from './texts.js'

export interface VariableUse {
  /** Where the text is that uses the variable. */
  readonly path: JsonPath
}

/**
 * The variables that the template uses, by name, in the order in which they come, each with every text that uses it. A variable's
 * own `validation` does not count, nor do places where Terraform takes a text as it is, such as a default or a description.
 *
 * @param find Finds places for errors; a template's `place`.
 * @throws KloudError (input) where a text is one that Terraform could not parse, with its file, line and column.
 * @example
 * usedVariables({ output: { o: { value: '${var.region}' } } }) // Map { 'region' => [{ path: ['output', 'o', 'value'] }] }
 */
export function usedVariables(blocks: JsonObject, find?: FindPlace): ReadonlyMap<string, readonly VariableUse[]> {
  const uses = new Map<string, VariableUse[]>()
  mapTexts(blocks, (text) => {
    const [block, owner] = text.path
    const names = new Set(
      referencesIn(text, find).flatMap(({ root, name }) => (root === 'var' && name !== undefined ? [name] : [])),
    )
    for (const name of names) {
      if (text.kind === 'literal' || (block === 'variable' && owner === name)) continue
      const known = uses.get(name)
      if (known === undefined) uses.set(name, [{ path: text.path }])
      else known.push({ path: text.path })
    }
    return text.text
  })
  return uses
}
