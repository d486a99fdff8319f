// In: steps. Out: those whose calls differ in one literal, or in nothing, together.
import type { StepModel } from '../../model/api/model.js'
import { type Code, nameAnswers, usesAnswer } from '../code.js'
import { print } from '../print.js'
import { type ApiReference, callCode, pollCode } from './call.js'
import { type Difference, differences, literalType } from './difference.js'

/** Steps with one call in common. */
export interface Group {
  steps: StepModel[]
  code: Code
  difference: Difference | undefined
  /** What each step has in the place of the difference. */
  literals: Code[]
}

/** Steps whose calls are the same but for one literal. */
export function groupsOf(steps: readonly StepModel[], api: ApiReference): Group[] {
  const groups: Group[] = []
  for (const step of steps) {
    const code = callCode(step.call, api)
    if (usesAnswer(code, 'before')) continue
    if (!groups.some((group) => join(group, step, code)))
      groups.push({ steps: [step], code, difference: undefined, literals: [] })
  }
  return groups.filter((group) => group.steps.length > 1)
}

function join(group: Group, step: StepModel, code: Code): boolean {
  const found = differences(group.code, code)
  const [difference, another] = found ?? []
  if (!found || another) return false
  if (difference && group.difference && difference.place !== group.difference.place) return false
  if (difference && !group.difference) {
    group.difference = difference
    group.literals = group.steps.map(() => difference.literals[0])
  }
  group.steps.push(step)
  if (group.difference) group.literals.push(difference?.literals[1] ?? group.difference.literals[0])
  return true
}

/** Two short calls side by side are plainer than a method; what is long, is waited for or comes often is said once. */
export function isWorthIt({ steps, code }: Group, followed: ReadonlySet<StepModel>): boolean {
  const options = code.kind === 'call' ? code.args.at(-1) : undefined
  const isShort = options?.kind === 'object' && options.entries.length === 1
  return !isShort || steps.length > 2 || actingSteps({ steps }, followed).length > 1
}

/** The steps of a group that wait for the same, where that is more than one. */
export function actingSteps({ steps }: Pick<Group, 'steps'>, followed: ReadonlySet<StepModel>): readonly StepModel[] {
  const waiting = steps.filter((step) => step.wait?.kind === 'poll' && !followed.has(step))
  const key = ({ wait }: StepModel) => (wait?.kind === 'poll' ? keyOf(pollCode(wait, '')) : '')
  const [first] = waiting
  const same = first ? waiting.filter((step) => key(step) === key(first)) : []
  return same.length > 1 ? same : []
}

/** Code as a text by which it is compared. */
export function keyOf(code: Code): string {
  return print(nameAnswers(code, { own: '\0own', before: '\0before' }))
}

/** The type of what differs. */
export function typeOf({ literals }: Group): string {
  return [...new Set(literals.map((literal) => literalType(literal) ?? 'string'))].join(' | ')
}
