// In: a Terraform that failed. Out: an error in the user's words, with what Terraform said as data.
import { type ErrorName, KloudError } from '../errors.js'
import { describeDiagnostic, type TerraformDiagnostic } from './diagnostics.js'

/** A resource that Terraform said it had made, and that its state does not hold: it was ended before it wrote it down. */
export interface UnrecordedResource {
  address: string
  type: string
  id: string
}

export interface TerraformFailure {
  /** `plan`, `apply`, … */
  command: string
  exitCode: number | undefined
  signal: string | undefined
  interrupted: boolean
  diagnostics: readonly TerraformDiagnostic[]
  /** Resources that were made and that the state does not hold. */
  unrecorded?: readonly UnrecordedResource[]
  /** Addresses of what was being made, and may exist; only after a hard end. */
  begun?: readonly string[]
  /** Whether it could not write down all that it did; where that is not said, what it says is wrong tells. */
  unsaved?: boolean
  /** The last lines that were no JSON: of a crash, or of a Terraform that cannot start. */
  text: readonly string[]
}

/** Whether Terraform says that it made things and could write them down nowhere. */
export function saysUnsaved(diagnostics: readonly TerraformDiagnostic[]): boolean {
  return diagnostics.some(({ summary }) => /^Failed to (save state|create local state file)/.test(summary))
}

/** Whether something failed of which Terraform could not write down all that it did. */
export function isUnsaved(error: unknown): boolean {
  return error instanceof TerraformError && error.unsaved
}

/** What Terraform says of everything that it did not begin once it was interrupted. */
const halted = 'execution halted'

/** Terraform failed, or was stopped. Its message is one line: the first error, and how many there are. */
export class TerraformError extends KloudError {
  readonly command: string
  readonly exitCode: number | undefined
  readonly interrupted: boolean
  /** Everything that Terraform said is wrong, errors first. */
  readonly diagnostics: readonly TerraformDiagnostic[]

  /** What exists, and the next Terraform will know nothing of; only after a hard end. */
  readonly unrecorded: readonly UnrecordedResource[]
  /** Addresses of what may exist so. */
  readonly begun: readonly string[]
  /** Whether what state there is may be of before: a disk was full, say. Nothing can be claimed not to exist. */
  readonly unsaved: boolean

  constructor(failure: TerraformFailure) {
    const errors = failure.diagnostics.filter(({ severity, summary }) => severity === 'error' && summary !== halted)
    const warnings = failure.diagnostics.filter(({ severity }) => severity === 'warning')
    const { reason, hint } = kindOf(errors)
    const unsaved = failure.unsaved ?? saysUnsaved(errors)
    super(
      reason,
      `${messageOf({ ...failure, unsaved }, errors)}${forgotten(failure)}`,
      hint === undefined ? {} : { hint },
    )
    this.name = 'TerraformError'
    this.command = failure.command
    this.exitCode = failure.exitCode
    this.interrupted = failure.interrupted
    this.diagnostics = [...errors, ...warnings]
    this.unrecorded = failure.unrecorded ?? []
    this.begun = failure.begun ?? []
    this.unsaved = unsaved
  }
}

function messageOf(failure: TerraformFailure, errors: readonly TerraformDiagnostic[]): string {
  const { command, exitCode, signal, interrupted, unsaved, text } = failure
  const [first, ...others] = errors
  if (interrupted) return `terraform ${command} was interrupted${underWay(errors)}`
  if (first !== undefined) return `terraform ${command} failed: ${describeDiagnostic(first)}${more(others.length)}`
  // What begins like an event was cut off, and tells a reader nothing.
  const last = text.findLast((line) => /^[^{]/.test(line.trim()))?.trim()
  const how = signal === undefined ? `ended with ${exitCode}` : `was ended by ${signal}`
  if (unsaved && last === undefined)
    return `terraform ${command} ${how}, and could not write down all that it did: the disk may be full`
  return `terraform ${command} ${how}${last === undefined ? '' : `: ${last}`}`
}

function forgotten({ unrecorded = [] }: TerraformFailure): string {
  if (unrecorded.length === 0) return ''
  return `; made, and not in its state: ${unrecorded.map(({ address, id }) => `${address} (${id})`).join(', ')}`
}

/** What it was doing, as far as it says so. */
function underWay(errors: readonly TerraformDiagnostic[]): string {
  const addresses = [...new Set(errors.flatMap(({ address }) => address ?? []))]
  if (addresses.length === 0) return ''
  const named = addresses.slice(0, 3).join(', ')
  return ` in the middle of ${named}${addresses.length > 3 ? ` and ${addresses.length - 3} more` : ''}`
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
