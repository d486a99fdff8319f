// In: a Terraform that failed. Out: an error in the user's words, with what Terraform said as data.
import { type ErrorName, KloudError } from '../errors.js'
import { describeDiagnostic, type TerraformDiagnostic } from './diagnostics.js'

export interface TerraformFailure {
  /** `plan`, `apply`, … */
  command: string
  exitCode: number | undefined
  signal: string | undefined
  interrupted: boolean
  diagnostics: readonly TerraformDiagnostic[]
  /** The last lines that were no JSON: of a crash, or of a Terraform that cannot start. */
  text: readonly string[]
}

/** Terraform failed, or was stopped. Its message is one line: the first error, and how many there are. */
export class TerraformError extends KloudError {
  readonly command: string
  readonly exitCode: number | undefined
  readonly interrupted: boolean
  /** Everything that Terraform said is wrong, errors first. */
  readonly diagnostics: readonly TerraformDiagnostic[]

  constructor(failure: TerraformFailure) {
    const errors = failure.diagnostics.filter(({ severity }) => severity === 'error')
    const warnings = failure.diagnostics.filter(({ severity }) => severity === 'warning')
    const { reason, hint } = kindOf(errors)
    super(reason, messageOf(failure, errors), hint === undefined ? {} : { hint })
    this.name = 'TerraformError'
    this.command = failure.command
    this.exitCode = failure.exitCode
    this.interrupted = failure.interrupted
    this.diagnostics = [...errors, ...warnings]
  }
}

function messageOf(
  { command, exitCode, signal, interrupted, text }: TerraformFailure,
  errors: readonly TerraformDiagnostic[],
): string {
  const [first, ...others] = errors
  if (interrupted && (first === undefined || others.length === 0))
    return `terraform ${command} was interrupted${first === undefined ? '' : ` (${describeDiagnostic(first)})`}`
  if (first !== undefined) return `terraform ${command} failed: ${describeDiagnostic(first)}${more(others.length)}`
  const last = text
    .filter((line) => line.trim() !== '')
    .at(-1)
    ?.trim()
  const how = signal === undefined ? `ended with ${exitCode}` : `was ended by ${signal}`
  return `terraform ${command} ${how}${last === undefined ? '' : `: ${last}`}`
}

function more(count: number): string {
  if (count === 0) return ''
  return count === 1 ? ' (and one more error)' : ` (and ${count} more errors)`
}

/** What some of Terraform's errors mean in Kloud. */
const kinds: readonly { pattern: RegExp; reason: ErrorName; hint: string }[] = [
  {
    pattern: /acquiring the state lock/i,
    reason: 'machineLocked',
    hint: 'another Terraform works on this stack: wait for it, or end it',
  },
  {
    pattern: /saved plan is stale/i,
    reason: 'badState',
    hint: 'the stack has changed since it was planned: plan again',
  },
]

function kindOf(errors: readonly TerraformDiagnostic[]): { reason: ErrorName; hint?: string } {
  const found = kinds.find(({ pattern }) => errors.some(({ summary }) => pattern.test(summary)))
  return found ?? { reason: 'other' }
}
