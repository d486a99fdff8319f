// In: a template's locals and the variables that are known. Out: what values of the template are worth, where no cloud is needed to know it.
import { isObject, type JsonObject, type JsonValue } from '../../json.js'
import { parseBareExpression, parseBareText } from '../../template/expression.js'
import { BrokenExpression } from '../../template/scanner.js'
import { type Constant, inNfc, toJson, toText, UnknownPart, UnknownValue, unknown } from './constant.js'
import { evaluate, evaluateParts, knownOrNot, type Scope } from './evaluate.js'

/** A value, or why it is not known. */
export type Worth = { readonly value: Constant } | { readonly because: string }

export interface ConstantsOptions {
  /** The locals of the template, by name. */
  readonly locals: JsonObject
  /** The value of a variable: nothing where there is none, a reason where it must not be looked at. */
  readonly variable: (name: string) => { readonly value: Constant } | { readonly because: string } | undefined
}

/** Works out constants of one template. Locals are worked out once. */
export class Constants {
  readonly #options: ConstantsOptions
  readonly #locals = new Map<string, Constant | UnknownPart>()
  readonly #pending = new Set<string>()
  readonly #scope: Scope = {
    variable: (name) => this.#variable(name),
    local: (name) => this.#local(name),
    bound: {},
  }

  constructor(options: ConstantsOptions) {
    this.#options = options
  }

  /** What a value of the template is worth. */
  worthOf(value: JsonValue): Worth {
    return attempt(() => this.#evaluate(value))
  }

  /** The value as JSON, where it is known. */
  json(value: JsonValue): JsonValue | undefined {
    const worth = attempt(() => toJson(this.#evaluate(value)))
    return 'value' in worth ? worth.value : undefined
  }

  /** The text that an expression comes to, where it is known. */
  textOf(expression: string): string | undefined {
    const worth = attempt(() => toText(evaluate(parseBareExpression(expression), this.#scope), 'a text'))
    return 'value' in worth ? worth.value : undefined
  }

  #evaluate(value: JsonValue): Constant {
    if (typeof value === 'string') return evaluateParts(parseBareText(value), this.#scope)
    if (Array.isArray(value)) return value.map((item) => this.#evaluate(item))
    if (!isObject(value)) return value
    const entries = Object.entries(value).map(([key, entry]): [string, Constant | UnknownPart] => [
      toText(this.#evaluate(key), 'a key'),
      knownOrNot(() => this.#evaluate(entry)),
    ])
    return Object.fromEntries(entries)
  }

  #variable(name: string): Constant {
    const variable = this.#options.variable(name)
    if (variable === undefined) return unknown(`var.${name} has no value`)
    return 'because' in variable ? unknown(variable.because) : inNfc(variable.value)
  }

  #local(name: string): Constant {
    const before = this.#locals.get(name)
    if (before !== undefined) return knownLocal(before, name)
    const { locals } = this.#options
    const expression = Object.hasOwn(locals, name) ? locals[name] : undefined
    if (expression === undefined) return unknown(`there is no local.${name}`)
    if (this.#pending.has(name)) return unknown(`local.${name} refers to itself`)
    this.#pending.add(name)
    const value = knownOrNot(() => this.#evaluate(expression))
    this.#pending.delete(name)
    this.#locals.set(name, value)
    return knownLocal(value, name)
  }
}

function knownLocal(value: Constant | UnknownPart, name: string): Constant {
  return value instanceof UnknownPart ? unknown(`local.${name}: ${value.because}`) : value
}

function attempt<Value>(work: () => Value): { readonly value: Value } | { readonly because: string } {
  try {
    return { value: work() }
  } catch (error) {
    if (error instanceof UnknownValue || error instanceof BrokenExpression) return { because: error.message }
    throw error
  }
}
