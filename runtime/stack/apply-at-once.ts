// In: a stack that is prepared, about which nobody is to be asked. Out: it planned and applied in one run of Terraform, which takes less than two.
import { KloudError } from '../errors.js'
import { type EventStream, percentages, tell } from '../events.js'
import { isUnsaved } from '../terraform/errors.js'
import type { TerraformEvent } from '../terraform/events.js'
import type { TerraformPlan } from '../terraform/plan.js'
import type { Terraform } from '../terraform/terraform.js'
import { forgetApplying, keepApplying, settleApplying } from './applying.js'
import { commandOptions, type Stops } from './at-work.js'
import type { EarlyKlients } from './early-klients.js'
import { describeCounts, describePlan, type StackPlan } from './plan-stack.js'
import type { PreparedStack } from './prepare-stack.js'
import { followApply } from './progress.js'
import type { Workspace } from './workspace.js'

/** A plan, and what came of applying it. */
export interface Outcome {
  readonly plan: TerraformPlan
  readonly described: StackPlan
  /** Why it was not applied to its end. */
  readonly error?: unknown
}

interface ApplyingAtOnce {
  readonly workspace: Workspace
  readonly prepared: PreparedStack
  readonly stops: Stops
  readonly events: EventStream
  readonly terraform: Terraform
  readonly early: EarlyKlients
  readonly onPlan?: ((plan: StackPlan) => void) | undefined
}

/**
 * Plans, and applies what was planned. What the stack must not lose is stored before either; where nothing could be planned, all of
 * that is as it was.
 *
 * @throws what went wrong before anything was applied
 */
export async function applyAtOnce(applying: ApplyingAtOnce): Promise<Outcome> {
  const { workspace, prepared, stops, events, terraform, early } = applying
  const { store } = workspace
  await keepApplying(store, prepared)

  const told: Planned[] = []
  const onPlan = (plan: TerraformPlan) => {
    const described = describePlan(prepared, plan)
    const percentage = percentages.apply.building
    events.push({ message: describeCounts(described), status: 'Building', percentage })
    // Terraform is not held up meanwhile; where this fails, it is said when Terraform is done.
    const settled = settleApplying(store, prepared).then(
      () => ({}),
      (error: unknown) => ({ error }),
    )
    told.push({ outcome: { plan, described }, settled, ...followApply(events, plan, percentages.apply) })
    tell(applying.onPlan, described)
  }
  const onEvent = (event: TerraformEvent) => {
    for (const planned of told) planned.onEvent(event)
    early.onEvent(event)
  }
  const failure = await terraform.applyAtOnce({ ...commandOptions(stops), onPlan, onEvent }).then(
    () => ({}),
    (error: unknown) => ({ error }),
  )
  const [planned] = told
  if (planned !== undefined) return { ...planned.outcome, ...(await planned.settled), ...failure }
  // What was planned may be among what Terraform could not write down.
  const isLost = 'error' in failure && isUnsaved(failure.error)
  // Where that fails, the next command finds it out by the state.
  await (isLost ? settleApplying : forgetApplying)(store, prepared).catch(() => {})
  throw 'error' in failure ? failure.error : new KloudError('internal', 'Terraform applied without a plan')
}

/** A plan that is being done. */
interface Planned {
  readonly outcome: Outcome
  /** What went wrong while it was stored, if anything did. */
  readonly settled: Promise<{ error?: unknown }>
  readonly onEvent: (event: TerraformEvent) => void
}
