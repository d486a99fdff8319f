// In: work on a part of a template. Out: what it gives; a mistake of the user's that it finds gets its place in the user's file.
import { inputError, KloudError } from '../errors.js'
import { type FindPlace, type JsonPath, nameOf } from '../template/path.js'

/** Runs the work; an input error without a place gets that of the path. */
export function placed<Result>(path: JsonPath, find: FindPlace | undefined, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof KloudError) || error.fault !== 'input' || error.file !== undefined) throw error
    const { message, hint, data, cause } = error
    const name = nameOf(path)
    const short = path[0] === 'resource' ? nameOf(path.slice(1)) : name
    const text = message.includes(short) ? message : `${name}: ${message}`
    throw inputError(text, { ...find?.(path), ...(hint === undefined ? {} : { hint }), data, cause })
  }
}
