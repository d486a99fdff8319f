// In: the variables that were said, and a template. Out: those that nothing in it is called.
import { declaredVariables } from '../compose/declare-variables.js'
import { customName } from '../compose/variables.js'
import { inputError } from '../errors.js'
import type { JsonObject } from '../json.js'
import { didYouMean } from '../nearest.js'
import { usedVariables } from '../template/variables.js'

/**
 * Refuses what was typed for no variable of the template, as Terraform's -var does: the template would be applied with something else.
 *
 * @throws KloudError (input), with the nearest
 */
export function refuseUnknown(typed: Readonly<Record<string, string>>, blocks: JsonObject): void {
  const known = variablesOf(blocks)
  for (const name of unknownIn(typed, known))
    throw inputError(`--var ${name}: the template has no variable of that name${didYouMean(name, known)}`)
}

/** A file of variables may be for several templates: what one has no use for is said, and no error. */
export function unknownWarnings(given: Readonly<Record<string, unknown>>, blocks: JsonObject): string[] {
  return unknownIn(given, variablesOf(blocks)).map(
    (name) => `a var file has ${name}, and the template no variable of that name`,
  )
}

function unknownIn(given: Readonly<Record<string, unknown>>, known: readonly string[]): string[] {
  // What Kloud itself reads need not stand in the template.
  return Object.keys(given).filter(
    (name) => !/^(?:koding_|__)/.test(name) && !known.includes(name) && !known.includes(customName(name)),
  )
}

function variablesOf(blocks: JsonObject): string[] {
  return [...new Set([...Object.keys(declaredVariables(blocks)), ...usedVariables(blocks).keys()])]
}
