// In: an error. Out: what `kloud` prints of it, in one line, and the exit code.
import { KloudError } from '../errors.js'
import type { Output } from './command.js'
import type { Explanation } from './program.js'

/** Undefined for what is a mistake of ours. */
export function explainError(error: unknown): Explanation | undefined {
  if (!(error instanceof KloudError)) return undefined
  const { fault, hint, code, message } = error
  const line = `${placeOf(error)}${message.replace(/\s*\n\s*/g, ' ')}`
  return { message: `${line} (${code})`, hint, exit: fault === 'input' ? 2 : fault === 'no' ? 1 : 3 }
}

/** Says what went wrong and is no reason to fail. */
export function warnOf(errors: readonly KloudError[], output: Output): void {
  for (const error of errors) output.err(`warning: ${explainError(error)?.message ?? error.message}\n`)
}

function placeOf({ file, line, column, message }: KloudError): string {
  if (file === undefined || (line === undefined && message.includes(file))) return ''
  if (line === undefined) return `${file}: `
  return column === undefined ? `${file}:${line}: ` : `${file}:${line}:${column}: `
}
