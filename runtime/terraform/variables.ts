// In: values of a template's variables. Out: what of them goes to Terraform by its environment, and what is too large for that.
import type { JsonValue } from '../json.js'
import { Secret } from '../secret.js'

/** Values by variable name; secret ones are wrapped. */
export type TerraformVariables = Readonly<Record<string, JsonValue | Secret<JsonValue>>>

export interface SplitVariables {
  /** `TF_VAR_…`: one each. */
  environment: Record<string, string>
  /** The rest, for a var file. */
  file: Record<string, JsonValue>
}

/** Linux takes at most 128 KiB for one variable, with its name. In bytes. */
const largestVariable = 120 * 1024

/** Of all variables and arguments together systems take at most 256 KiB (macOS) to 2 MiB (Linux). In bytes. */
const largestTogether = 200 * 1024

/** The shell through which Terraform is started passes no others on: Terraform's own names may have a dash. */
const plainName = /^\w+$/

/** Splits variables: by the environment what fits into it, the small ones first. */
export function splitVariables(variables: TerraformVariables): SplitVariables {
  const split: SplitVariables = { environment: {}, file: {} }
  const entries = Object.entries(variables).map(([name, value]) => {
    const plain = value instanceof Secret ? value.reveal() : value
    return { name, plain, text: environmentText(plain) }
  })
  entries.sort((left, right) => left.text.length - right.text.length)
  let together = 0
  for (const { name, plain, text } of entries) {
    const size = Buffer.byteLength(text) + name.length + 'TF_VAR_=0'.length
    together += size
    const fits = size <= largestVariable && together <= largestTogether && !text.includes('\0')
    if (!fits || !plainName.test(name)) split.file[name] = plain
    else split.environment[`TF_VAR_${name}`] = text
  }
  return split
}

/** A text is taken as it is, as the variable's type says `string`; anything else is read as an expression. */
function environmentText(value: JsonValue): string {
  return typeof value === 'string' ? value : expression(value)
}

/**
 * JSON as a Terraform expression: nothing in it begins a template, and what JSON can escape and Terraform cannot is written otherwise; half
 * a letter becomes the mark for one that is lost.
 *
 * @example
 * expression({ web: 'costs ${5}' }) // '{"web":"costs \\u0024{5}"}'
 */
export function expression(value: JsonValue): string {
  return JSON.stringify(value).replace(/\\\\|\\[bf]|\\ud[89a-f][0-9a-f]{2}|[$%]\{/g, (found) => {
    if (found.startsWith('\\ud')) return '\\ufffd'
    return escapes[found] ?? found
  })
}

const escapes: Readonly<Record<string, string>> = {
  '\\b': '\\u0008',
  '\\f': '\\u000c',
  '${': '\\u0024{',
  '%{': '\\u0025{',
}
