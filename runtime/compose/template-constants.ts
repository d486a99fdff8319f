// In: a template's blocks and the variables that there are. Out: what is constant in the template.
import { isObject, type JsonObject, type JsonValue } from '../json.js'
import { ownValue } from './block/edit.js'
import { type Constant, ConstantSet, toText } from './constant/constant.js'
import { Constants } from './constant/constants.js'
import type { Context } from './context.js'
import { declaredVariables, valueForOwn } from './declare-variables.js'
import type { Variable } from './variables.js'

/** Works out constants of a template. A secret is none: what depends on it could be read. */
export function templateConstants(
  blocks: JsonObject,
  offered: ReadonlyMap<string, Variable>,
  context: Context,
): Constants {
  const theirs = declaredVariables(blocks)
  return new Constants({
    locals: isObject(blocks.locals) ? blocks.locals : {},
    variable: (name) => {
      const own = ownValue(theirs, name)
      const variable = own === undefined ? offered.get(name) : valueForOwn(name, own, offered, context)
      if (variable !== undefined) return readVariable(variable, own)
      const value = own === undefined ? inputValue(name) : defaultOf(own)
      return value === undefined ? undefined : { value: asDeclared(value, own) }
    },
  })
}

function readVariable(
  { name, value, secret }: Variable,
  own: JsonValue | undefined,
): { value: Constant } | { because: string } | undefined {
  if (secret) return { because: `var.${name} is secret` }
  return value === undefined ? undefined : { value: asDeclared(value, own) }
}

/** A list that is given for a variable of the type `set(…)` is one, as Terraform has it; other types change nothing of what matters here. */
function asDeclared(value: JsonValue, own: JsonValue | undefined): Constant {
  const type = isObject(own) ? own.type : undefined
  if (!Array.isArray(value) || typeof type !== 'string' || !/^(?:\$\{)?\s*set\s*\(/.test(type)) return value
  return new ConstantSet(value.map((item) => toText(item, type)))
}

function defaultOf(declaration: JsonValue): JsonValue | undefined {
  return isObject(declaration) ? ownValue(declaration, 'default') : undefined
}

/** What the user has not been asked yet is the empty text. */
function inputValue(name: string): JsonValue | undefined {
  return name.startsWith('userInput_') ? '' : undefined
}
