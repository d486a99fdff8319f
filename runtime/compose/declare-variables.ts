// In: the variables that a composed template uses, those that it declares, and those that there are. Out: the declarations that are missing, and the secret values.
import { inputError } from '../errors.js'
import { isObject, type JsonObject, type JsonValue } from '../json.js'
import { didYouMean } from '../nearest.js'
import { Secret } from '../secret.js'
import { type FindPlace, nameOf } from '../template/path.js'
import { usedVariables, type VariableUse } from '../template/variables.js'
import { ownValue } from './block/edit.js'
import type { Context } from './context.js'
import type { Variable } from './variables.js'

export interface DeclareOptions {
  /** The composed blocks; `variable` is completed in place. */
  readonly blocks: JsonObject
  /** The variables that there are, by name. */
  readonly offered: ReadonlyMap<string, Variable>
  readonly context: Context
  /** Those that there will be once a credential is bootstrapped. */
  readonly later?: ReadonlySet<string>
  readonly find?: FindPlace | undefined
}

export interface Declared {
  readonly variables: Record<string, { secret: boolean }>
  readonly secrets: Map<string, Secret<JsonValue>>
  readonly unanswered: string[]
  readonly unset: string[]
  readonly warnings: string[]
}

/** The variables that a template declares, by name. */
export function declaredVariables({ variable }: JsonObject): JsonObject {
  return isObject(variable) ? variable : {}
}

/** Whether a variable has our value: a user who declares it with a default means their own. */
export function isOurs(name: string, blocks: JsonObject, context: Context): boolean {
  const own = ownValue(declaredVariables(blocks), name)
  return own === undefined || (!context.variables.has(name) && !hasDefault(own))
}

/** @throws KloudError (input) for a variable that nothing provides, with the nearest and all that there are */
export function declareVariables({ blocks, offered, context, later = new Set(), find }: DeclareOptions): Declared {
  const theirs = declaredVariables(blocks)
  const declared: Declared = { variables: {}, secrets: new Map(), unanswered: [], unset: [], warnings: [] }
  const made: JsonObject = {}
  const missing: [string, readonly VariableUse[]][] = []

  const used = usedVariables(blocks, find)
  for (const [name, uses] of used) {
    const variable = offered.get(name)
    if (Object.hasOwn(theirs, name)) continue
    if (variable !== undefined) {
      made[name] = declaration(variable, isEphemeral(uses, context))
      remember(variable, declared)
    } else if (name.startsWith('userInput_')) {
      made[name] = { default: '' }
      remember(unanswered(name, false, declared), declared)
    } else missing.push([name, uses])
  }
  if (missing.length > 0) throw missingVariables(missing, { offered, later, find })

  for (const [name, own] of Object.entries(theirs)) {
    made[name] = completed(name, own, { offered, context, declared, uses: used.get(name) ?? [] })
  }
  if (Object.keys(made).length > 0) blocks.variable = inOrder(made)
  return declared
}

interface Completing extends Pick<DeclareOptions, 'offered' | 'context'> {
  readonly declared: Declared
  readonly uses: readonly VariableUse[]
}

/** A declaration of the user's own, with the value that the context or a credential has for it. */
function completed(name: string, own: JsonValue, { offered, context, declared, uses }: Completing): JsonValue {
  const variable = valueForOwn(name, own, offered, context) ?? unansweredOwn(name, own, declared)
  const ours = offered.get(name)
  const isForProvider = ours?.provider !== undefined && uses.some(({ path }) => path[0] === 'provider')
  if (ours?.secret === true && isForProvider && variable !== ours) {
    declared.warnings.push(`var.${name} has a value of the user's own: ${ours.provider} does not get the credential's`)
  }
  if (variable === undefined) {
    if (isObject(own) && !Object.hasOwn(own, 'default')) {
      declared.unset.push(name)
      declared.warnings.push(`var.${name} has no value: Terraform will ask for one`)
    }
    return own
  }
  remember(variable, declared)
  const ephemeral = variable === ours && isEphemeral(uses, context)
  if (!isObject(own)) return declaration(variable, ephemeral)
  const { default: _default, ...rest } = own
  if (!variable.secret) return { ...rest, default: variable.value ?? null }
  // Without a type, Terraform takes whatever its environment holds for a text.
  const type = typeof variable.value === 'string' ? {} : { type: typeOf(variable.value) }
  return { ...type, ...rest, sensitive: true, ...(ephemeral ? { ephemeral: true } : {}) }
}

/** A variable that is asked of the user is the empty text until they answer. */
function unanswered(name: string, secret: boolean, declared: Declared): Variable {
  declared.unanswered.push(name)
  declared.warnings.push(`${name} is not given yet: it is the empty text`)
  return { name, value: '', secret }
}

/** The same for one that the template declares: a text without a default. */
function unansweredOwn(name: string, own: JsonValue, declared: Declared): Variable | undefined {
  if (!name.startsWith('userInput_') || hasDefault(own)) return undefined
  const type = isObject(own) ? (own.type ?? 'string') : 'string'
  return type === 'string' || type === '${string}' ? unanswered(name, isSensitive(own), declared) : undefined
}

/**
 * The value that a variable of the user's own gets from outside; their own default wins over a credential, not over the context.
 * It is secret where they say so, with the value or in the declaration.
 */
export function valueForOwn(
  name: string,
  own: JsonValue,
  offered: ReadonlyMap<string, Variable>,
  context: Context,
): Variable | undefined {
  const given = context.variables.get(name)
  if (given !== undefined) return { name, ...given, secret: given.secret || isSensitive(own) }
  return hasDefault(own) ? undefined : offered.get(name)
}

function hasDefault(declaration: JsonValue): boolean {
  return isObject(declaration) && Object.hasOwn(declaration, 'default')
}

function isSensitive(declaration: JsonValue): boolean {
  return isObject(declaration) && (declaration.sensitive === true || declaration.ephemeral === true)
}

function declaration({ value, secret }: Variable, ephemeral: boolean): JsonObject {
  if (!secret) return { default: value ?? null }
  const type = typeOf(value)
  return {
    type,
    sensitive: true,
    ...(ephemeral ? { ephemeral: true } : {}),
    ...(value === undefined ? { default: null } : {}),
  }
}

/** The type of a secret's value: Terraform reads values from its environment by it. */
function typeOf(value: JsonValue | undefined): string {
  if (typeof value === 'number') return 'number'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value !== 'object') return 'string'
  return isTextMap(value) ? 'map(string)' : 'any'
}

function isTextMap(value: JsonValue): boolean {
  return isObject(value) && Object.values(value).every((entry) => typeof entry === 'string')
}

/** Whether a secret is used in provider blocks alone, and Terraform can keep it out of plan and state altogether (1.10 and later). */
function isEphemeral(uses: readonly VariableUse[], { terraform }: Context): boolean {
  const [, major = '0', minor = '0'] = /^v?(\d+)\.(\d+)/.exec(terraform.version) ?? []
  const isNew = Number(major) > 1 || (Number(major) === 1 && Number(minor) >= 10)
  return isNew && uses.every(({ path }) => path[0] === 'provider')
}

function remember({ name, value, secret }: Variable, { variables, secrets }: Declared): void {
  variables[name] = { secret }
  if (secret && value !== undefined) secrets.set(name, new Secret(value))
}

function missingVariables(
  missing: readonly [string, readonly VariableUse[]][],
  { offered, later, find }: Required<Pick<DeclareOptions, 'offered' | 'later'>> & Pick<DeclareOptions, 'find'>,
) {
  const known = [...offered.keys()].sort()
  const list = known.length === 0 ? 'there are none' : `there are ${known.join(', ')}`
  const names = missing.map(([name]) => `var.${name}${later.has(name) ? '' : didYouMean(name, known)}`).join(', ')
  const path = missing[0]?.[1][0]?.path ?? []
  const bootstrapped = missing.find(([name]) => later.has(name))?.[0]
  const hint =
    bootstrapped === undefined ? {} : { hint: `${bootstrapped} is there once the credential is bootstrapped` }
  return inputError(`${nameOf(path)}: nothing provides ${names} (${list})`, { ...find?.(path), ...hint })
}

function inOrder(variables: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(variables).sort(([left], [right]) => (left < right ? -1 : 1)))
}
