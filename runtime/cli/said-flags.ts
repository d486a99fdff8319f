// In: the options that a command was called with. Out: what the commands that it names next must have too, to be about the same store.
import { KloudError } from '../errors.js'
import { quoteWord } from '../quote-word.js'

/** Options that say which store a command is about. */
interface StoreOptions {
  readonly sandbox?: boolean | undefined
  readonly store?: string | undefined
  readonly providers?: string | undefined
  readonly cwd?: string | undefined
}

/**
 * The same options, for another command line; empty, or beginning with a space.
 *
 * @example
 * storeFlags({ sandbox: true, store: 'my store' }) // " --sandbox --store 'my store'"
 */
export function storeFlags({ sandbox, ...named }: StoreOptions): string {
  const flags = Object.entries(named).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name} ${quoteWord(value)}`],
  )
  return [...(sandbox === true ? ['--sandbox'] : []), ...flags].map((flag) => ` ${flag}`).join('')
}

/** An error whose hint names commands, with the flags behind each that opens the store. */
export function withFlags(error: unknown, flags: string): unknown {
  if (!(error instanceof KloudError) || error.hint === undefined || flags === '') return error
  const { reason, message, fault, data, cause, file, line, column } = error
  const hint = error.hint.replace(/\bkloud (?!providers|describe|sandbox)[^;\n]*/g, (command) => command + flags)
  const place = { ...(file === undefined ? {} : { file }), ...(line === undefined ? {} : { line }) }
  return new KloudError(reason, message, {
    ...{ fault, data, cause, hint, ...place, ...(column === undefined ? {} : { column }) },
  })
}
