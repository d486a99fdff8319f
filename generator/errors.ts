// In: what stopped the generator. Out: one error class that says what, where and what to do, and the exit code that it means.
import { systemWords } from '../runtime/system-faults.js'

/** How the command ends: 1 the answer is no, 2 the input is wrong, 3 something outside failed. */
export type GeneratorExit = 1 | 2 | 3

/**
 * An error for the user of the generator: a message in one line, and what to do about it.
 *
 * @example
 * throw new GeneratorError('generated/acme cannot be written (EACCES)', { exit: 3, hint: 'give yourself the right to write there' })
 */
export class GeneratorError extends Error {
  readonly exit: GeneratorExit
  /** What to do next, as a sentence or a command. */
  readonly hint: string | undefined

  constructor(message: string, options: { exit: GeneratorExit; hint?: string; cause?: unknown }) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'GeneratorError'
    this.exit = options.exit
    this.hint = options.hint
  }
}

/** The error's code as Node gives it ('ENOENT'), or nothing. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

/**
 * A failure of the disk, in a user's words: exit 3.
 *
 * @param doing what was tried, with the file: 'write generated/acme/index.ts'
 */
export function diskError(doing: string, error: unknown): GeneratorError {
  const code = systemCode(error)
  const words = code === undefined ? undefined : systemWords(code)
  const why = words ?? code ?? (error instanceof Error ? error.message : String(error))
  return new GeneratorError(`cannot ${doing}: ${why}`, { exit: 3, cause: error })
}
