// In: a stack that is to be composed. Out: the same, composed with what its user answered.
import { inputError, type KloudError } from '../errors.js'
import type { ComposedStack, StackInput } from './compose-stack.js'

/** Says what the user answers for `userInput_*` variables that nobody has said yet. */
export type Answer = (names: readonly string[]) => Promise<Readonly<Record<string, string>>>

/**
 * Composes, and once more where there was something to ask.
 *
 * @param answer without it, what nobody has said is the empty text
 * @throws KloudError (input) where a variable has no value
 */
export async function composeAnswered(
  answer: Answer | undefined,
  input: StackInput,
  composeWith: (input: StackInput) => Promise<ComposedStack>,
): Promise<ComposedStack> {
  const composed = await composeWith(input)
  const { unset, unanswered } = composed.composition
  if (unset.length > 0) throw notSaid(unset)
  if (unanswered.length === 0 || answer === undefined) return composed
  const answers = Object.entries(await answer(unanswered)).map(([name, value]) => [name, { value, secret: false }])
  return composeWith({ ...input, variables: { ...input.variables, ...Object.fromEntries(answers) } })
}

/** The same, asked at the first time alone. */
export function askedOnce(answer: Answer | undefined): Answer | undefined {
  let answers: ReturnType<Answer> | undefined
  return (
    answer &&
    ((names) => {
      answers ??= answer(names)
      return answers
    })
  )
}

/** For where nobody can be asked. */
export const refuseToAnswer: Answer = async (names) => Promise.reject(notSaid(names))

function notSaid(names: readonly string[]): KloudError {
  const all = names.map((name) => `var.${name}`).join(', ')
  const hint = `say ${names.length === 1 ? 'it' : 'them'}: ${names.map((name) => `--var ${name}=…`).join(' ')}`
  return inputError(`${all} ${names.length === 1 ? 'has' : 'have'} no value`, { hint })
}
