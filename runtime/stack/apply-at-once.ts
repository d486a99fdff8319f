// In: a stack that is prepared, about which nobody is to be asked. Out: it planned and applied in one run of Terraform, which takes less than two.
import { type EventStream, percentages, tell } from '../events.js'
import type { TerraformEvent } from '../terraform/events.js'
import type { TerraformPlan } from '../terraform/plan.js'
import type { Terraform } from '../terraform/terraform.js'
import { forgetApplying, keepApplying, settleApplying } from './applying.js'
import { commandOptions, type Stops } from './at-work.js'
import type { EarlyKlients } from './early-klients.js'
import { keepIdentities } from './keep-identities.js'
import { describeCounts, describePlan, dropPlan, type StackPlan } from './plan-stack.js'
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
  const { workspace, prepared, stops, events, terraform, early, onPlan } = applying
  const { store } = workspace
  await keepIdentities(workspace, prepared)
  await keepApplying(store, prepared)

  let planned: (Outcome & Planned) | undefined
  const takePlan = (plan: TerraformPlan) => {
    const described = describePlan(prepared, plan)
    const percentage = percentages.apply.building
    events.push({ message: describeCounts(described), status: 'Building', percentage })
    // Terraform is not held up meanwhile; where this fails, it is said when Terraform is done.
    const settled = settle(applying).then(
      () => ({}),
      (error: unknown) => ({ error }),
    )
    planned = { plan, described, settled, ...followApply(events, plan, percentages.apply) }
    tell(onPlan, described)
    return planned
  }
  const whatWasPlanned = () => planned
  const onEvent = (event: TerraformEvent) => {
    planned?.onEvent(event)
    early.onEvent(event)
  }
  const run = terraform.applyAtOnce({ ...commandOptions(stops), onPlan: (plan) => void takePlan(plan), onEvent })
  const failure = await run.then(
    (plan) => void (planned ?? takePlan(plan)),
    (error: unknown) => ({ error }),
  )
  const done = whatWasPlanned()
  if (done === undefined) {
    // Where that fails, the next command finds it out by the state.
    await forgetApplying(store, prepared).catch(() => {})
    throw failure?.error
  }
  return { plan: done.plan, described: done.described, ...(await done.settled), ...failure }
}

interface Planned {
  /** What went wrong while it was stored, if anything did. */
  readonly settled: Promise<{ error?: unknown }>
  readonly onEvent: (event: TerraformEvent) => void
}

async function settle({ workspace: { store }, prepared }: ApplyingAtOnce): Promise<void> {
  await settleApplying(store, prepared)
  await dropPlan(store.files, prepared)
}
