// In: a template's blocks and the variables that are secret. Out: the blocks with FORBIDDEN wherever a user could read a secret.
import type { JsonObject } from '../json.js'
import { secretLocals } from './locals.js'
import { type FindPlace, type JsonPath, labelIn } from './path.js'
import { type Reference, replaceSpans } from './references.js'
import { mapTexts, referencesIn } from './texts.js'

/** What stands in a template in the place of a secret. */
export const FORBIDDEN = 'FORBIDDEN'

export interface ShadowOptions {
  /** Whether a provider's block may use a secret variable; every provider's may, when not said. */
  readonly mayUse?: (provider: string, variable: string) => boolean
  /** Finds places for errors; a template's `place`. */
  readonly find?: FindPlace
}

/** A text in which a secret was replaced. */
export interface ShadowedText {
  readonly path: JsonPath
  readonly variable: string
}

/** A provider block that asks for a local which held secrets: it gets FORBIDDEN, and should name the variables itself. */
export interface ForbiddenLocal {
  readonly path: JsonPath
  readonly local: string
  readonly variables: readonly string[]
}

export interface Shadowed {
  readonly blocks: JsonObject
  readonly texts: readonly ShadowedText[]
  readonly locals: readonly ForbiddenLocal[]
}

/**
 * Puts FORBIDDEN in the place of every reference to a secret variable outside provider blocks. Locals are shadowed too, so what
 * refers to one, through however many others, reads FORBIDDEN. The given blocks are not changed.
 *
 * @param secrets Names of variables, without `var.`.
 * @throws KloudError (input) where a text is one that Terraform could not parse: nobody could say what it would show.
 * @example
 * shadowSecrets({ output: { o: { value: 'a ${var.token}' } } }, new Set(['token'])).blocks // { output: { o: { value: 'a FORBIDDEN' } } }
 */
export function shadowSecrets(blocks: JsonObject, secrets: ReadonlySet<string>, options: ShadowOptions = {}): Shadowed {
  const { mayUse = () => true, find } = options
  const texts: ShadowedText[] = []
  const locals: ForbiddenLocal[] = []
  const tainted = secretLocals(blocks, secrets, find)

  const shadowed = mapTexts(blocks, (text) => {
    const { path } = text
    const provider = path[0] === 'provider' ? labelIn(path) : undefined
    const references = referencesIn(text, find)
    if (provider !== undefined) locals.push(...forbiddenLocals(path, references, tainted))
    const hidden = references.filter((reference) => {
      const { root, name } = reference
      if (root !== 'var' || name === undefined || !secrets.has(name)) return false
      return provider === undefined ? !isOwnCondition(path, name) : !mayUse(provider, name)
    })
    if (hidden.length === 0) return text.text
    for (const variable of new Set(hidden.flatMap(({ name = [] }) => name))) texts.push({ path, variable })
    return replaceSpans(text.text, hidden.map(forbid))
  })
  return { blocks: shadowed, texts, locals }
}

/**
 * The whole of the reference goes, with its steps, since the word has no attributes. Alone in its braces it becomes bare words,
 * and in the midst of an expression a quoted text.
 */
function forbid({ interpolation, whole }: Reference) {
  return interpolation === undefined
    ? { span: whole, replacement: `"${FORBIDDEN}"` }
    : { span: interpolation, replacement: FORBIDDEN }
}

/** A variable's own validation must look at it; it tells no more than whether the value is good. */
function isOwnCondition(path: JsonPath, variable: string): boolean {
  return path[0] === 'variable' && path[1] === variable && path[2] === 'validation' && path.at(-1) === 'condition'
}

function forbiddenLocals(
  path: JsonPath,
  references: readonly Reference[],
  tainted: ReadonlyMap<string, ReadonlySet<string>>,
): ForbiddenLocal[] {
  const names = new Set(references.flatMap(({ root, name }) => (root === 'local' && name !== undefined ? [name] : [])))
  return [...names].flatMap((local) => {
    const variables = tainted.get(local)
    return variables === undefined ? [] : [{ path, local, variables: [...variables] }]
  })
}
