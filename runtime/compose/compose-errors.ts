// The errors of a template that cannot be composed, each at its place.
import { inputError, type KloudError } from '../errors.js'
import type { Provider } from '../provider.js'
import type { FindPlace } from '../template/path.js'
import type { BlockProblem } from './block/block.js'

/** So many problems are told; more would not fit in a line. */
const most = 5

/** Throws what is wrong with the user's blocks, all at once, at the place of the first. */
export function throwProblems(problems: readonly BlockProblem[], find: FindPlace | undefined): void {
  const [first] = problems
  if (first === undefined) return
  const told = problems.slice(0, most).map(({ message }) => message)
  const more = problems.length > most ? [`and ${problems.length - most} more`] : []
  throw inputError([...told, ...more].join('; '), { ...find?.(first.path), data: { problems } })
}

/** The error of a template without a machine. */
export function noMachine(providers: readonly Provider[], [file]: readonly string[]): KloudError {
  const types = providers.map(({ machine }) => machine.resource)
  const message = `the template has no machine: add a resource of type ${types.join(' or ')}`
  return inputError(message, file === undefined ? {} : { file })
}
