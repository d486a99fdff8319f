// In: a secret value. Out: something that can be passed around and printed without showing it.

/** What stands in the place of a secret wherever one would be printed. */
export const REDACTED = '[secret]'

/** What `util.inspect` and so `console.log` call, known by name so that types need none of Node's. */
const inspectCustom: unique symbol = Symbol.for('nodejs.util.inspect.custom')

/**
 * A value that does not show itself: `toString`, `JSON.stringify`, template literals and `util.inspect` all give `[secret]`.
 * Whoever needs the value says so, with `reveal()`.
 *
 * @example
 * const token = new Secret('s3cret')
 * `${token}`        // '[secret]'
 * token.reveal()    // 's3cret'
 */
export class Secret<T = string> {
  readonly #value: T

  constructor(value: T) {
    this.#value = value
  }

  /** The value itself, for the one place that needs it. */
  reveal(): T {
    return this.#value
  }

  toString(): string {
    return REDACTED
  }

  toJSON(): string {
    return REDACTED
  }

  [inspectCustom](): string {
    return REDACTED
  }
}
