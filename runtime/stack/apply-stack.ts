// In: a stack's template and who it is for. Out: the stack planned or applied: its machines made by Terraform, remembered, and waited for.
import { type EventStream, percentages, tell } from '../events.js'
import type { JsonObject } from '../json.js'
import type { MachineRecord } from '../store/records.js'
import { isUnsaved } from '../terraform/errors.js'
import type { TerraformEvent } from '../terraform/events.js'
import type { StateOutput } from '../terraform/state.js'
import type { Terraform } from '../terraform/terraform.js'
import { type Answer, refuseToAnswer } from './answers.js'
import { type AppliedMachine, appliedMachines } from './applied-machines.js'
import { readApplied, withCredentials } from './applied-template.js'
import { applyAtOnce, type Outcome } from './apply-at-once.js'
import { settleApplying } from './applying.js'
import { commandOptions, type Stops, withTerraform } from './at-work.js'
import { awaitKlients, earlyKlients } from './await-klients.js'
import type { BootstrapOptions } from './bootstrap.js'
import { readChosen } from './choose-credentials.js'
import type { StackInput } from './compose-stack.js'
import { withEarlierProviders } from './earlier-providers.js'
import type { EarlyKlients } from './early-klients.js'
import { asInterruption } from './interrupted.js'
import { keepIdentities } from './keep-identities.js'
import { outputsIn } from './outputs.js'
import {
  asPlanned,
  declined,
  describeCounts,
  describePlan,
  keepPlan,
  plannedAttributes,
  type StackPlan,
  takePlan,
} from './plan-stack.js'
import { type PreparedStack, prepareStack, underLock } from './prepare-stack.js'
import { followApply } from './progress.js'
import { rememberMachines } from './remember-machines.js'
import { unfinishedApply } from './unfinished.js'
import type { Workspace } from './workspace.js'

export interface PlanStackOptions extends StackInput, Stops {}

/** What `plan` answers. */
export interface PlanResult extends StackPlan {
  /** By label; secrets are taken out. */
  readonly attributes: ReadonlyMap<string, JsonObject>
}

/** Plans on the very state that apply works on; the plan is kept for an apply that wants exactly this one. */
export function planStack(workspace: Workspace, options: PlanStackOptions, events: EventStream): Promise<PlanResult> {
  return underLock(workspace, options.name, options, async (lease) => {
    const stops = { signal: lease.signal, force: options.force }
    const bootstrap = workspace.clouds.sandbox
    const prepared = await withoutLosses(
      await prepareStack(workspace, options, { ...stops, lease, events, bootstrap }),
      workspace,
    )
    await keepIdentities(workspace.store, prepared)
    return withTerraform(workspace, atWork(prepared, stops), async (terraform) => {
      events.push({ message: 'Planning', status: 'Building', percentage: percentages.apply.building })
      const plan = await terraform.plan(commandOptions(stops))
      const described = describePlan(prepared, plan)
      const { reprovision } = options
      await keepPlan(workspace.store.files, prepared, plan, { id: described.id, reprovision })
      const attributes = await plannedAttributes(terraform, prepared, plan)
      events.push({
        message: described.hasChanges ? 'Planned' : 'Nothing would change',
        status: 'Building',
        percentage: 100,
      })
      return { ...described, attributes }
    })
  })
}

export interface ApplyStackOptions extends PlanStackOptions {
  /** The id of a plan that was made before: exactly that is applied, or nothing. */
  readonly plan?: string | undefined
  /** Is shown what will be done, and Terraform waits for the answer; no leaves all as it is. Without it, everything is done. */
  readonly confirm?: ((plan: StackPlan, lost: readonly string[]) => Promise<boolean>) | undefined
  /** Is told what will be done, where nobody is asked. */
  readonly onPlan?: ((plan: StackPlan) => void) | undefined
  readonly confirmBootstrap?: BootstrapOptions['confirm']
  /** Asks the user for `userInput_*` variables; without it, those that nobody has said are an error. */
  readonly answer?: Answer | undefined
  /** How long to wait for Klients, in milliseconds; 0 does not wait. */
  readonly klientTimeout?: number | undefined
}

export interface ApplyResult {
  readonly stack: string
  readonly plan: StackPlan
  readonly machines: readonly MachineRecord[]
  readonly outputs: Readonly<Record<string, StateOutput>>
}

/** Applies a stack: what is there already is left alone. */
export function applyStack(
  workspace: Workspace,
  options: ApplyStackOptions,
  events: EventStream,
): Promise<ApplyResult> {
  return underLock(workspace, options.name, options, async (lease) => {
    const stops = { signal: lease.signal, force: options.force }
    const { confirmBootstrap, plan: planned, answer = refuseToAnswer } = options
    const input = planned === undefined ? options : await asPlanned(workspace.store.files, lease.lock, options, planned)
    // A plan that was made is what it was made with.
    const asking = { bootstrap: true, confirmBootstrap, answer: planned === undefined ? answer : undefined }
    const found = await prepareStack(workspace, input, { ...stops, ...asking, lease, events })
    const prepared = await withoutLosses(found, workspace)
    const { signal } = lease
    const { store } = workspace
    const applied = async () => {
      const { plan, made, early } = await withTerraform(workspace, atWork(prepared, stops), (terraform) =>
        applyPlanned({ workspace, prepared, options, stops, events, terraform }),
      )
      await awaitKlients(workspace, prepared, made, { signal, events, timeout: options.klientTimeout, early })
      return plan
    }
    const plan = await applied().catch(async (error: unknown) => {
      // A store that cannot be written says what it said before: that the stack is being built.
      if (isUnsaved(error)) await store.stacks.save({ name: options.name, status: 'Unknown' }, lease).catch(() => {})
      throw await unfinishedApply(asInterruption(error, signal), prepared, workspace)
    })
    const state = (await store.files.read(lease.lock, 'state'))?.toString()
    const machines = await store.stacks.machines({ stack: options.name })
    events.push({ message: `Stack ${options.name} is built`, status: 'Running', percentage: percentages.apply.done })
    return { stack: options.name, plan, machines, outputs: outputsIn(state) }
  })
}

interface Applying {
  readonly workspace: Workspace
  readonly prepared: PreparedStack
  readonly options: ApplyStackOptions
  readonly stops: Stops & { readonly signal: AbortSignal }
  readonly events: EventStream
  readonly terraform: Terraform
}

/** Plans, or takes the plan that was made; asks; applies; and remembers what there is, also when that failed. */
async function applyPlanned(
  applying: Applying,
): Promise<{ plan: StackPlan; made: AppliedMachine[]; early: EarlyKlients }> {
  const { workspace, prepared, options, stops, events, terraform } = applying
  const { confirm, plan: planned, onPlan, klientTimeout: timeout } = options
  const early = earlyKlients(workspace, prepared, { signal: stops.signal, timeout })
  events.push({ message: 'Planning', status: 'Building', percentage: percentages.apply.building })
  const outcome =
    confirm === undefined && planned === undefined
      ? await applyAtOnce({ workspace, prepared, stops, events, terraform, early, onPlan })
      : await applyAsked(applying, early)
  const { plan, described } = outcome
  if ('error' in outcome && isUnsaved(outcome.error)) throw outcome.error
  // Whatever else happened, what there is now is remembered.
  const resources = await terraform
    .show()
    .catch((error: unknown) => Promise.reject('error' in outcome ? outcome.error : error))
  const made = appliedMachines(prepared, resources, plan.changes)
  await rememberMachines(workspace, prepared, made, resources, events).catch((error: unknown) =>
    Promise.reject('error' in outcome ? outcome.error : error),
  )
  if ('error' in outcome) throw outcome.error
  return { plan: described, made, early }
}

/** @throws what went wrong before anything was applied, an answer of no among it */
async function applyAsked(
  { workspace: { store }, prepared, options, stops, events, terraform }: Applying,
  early: EarlyKlients,
): Promise<Outcome> {
  const plan =
    options.plan === undefined
      ? await terraform.plan(commandOptions(stops))
      : await takePlan(store.files, prepared, options.plan)
  const described = describePlan(prepared, plan, options.plan)
  if (options.confirm === undefined) tell(options.onPlan, described)
  else if (!(await options.confirm(described, described.lost))) throw declined(prepared.name)

  await settleApplying(store, prepared)
  events.push({ message: describeCounts(described), status: 'Building', percentage: percentages.apply.building })
  // What the cloud has changed by itself is written into the state.
  if (!plan.hasChanges && plan.drift.length === 0) return { plan, described }
  const progress = followApply(events, plan, percentages.apply)
  const onEvent = (event: TerraformEvent) => {
    progress.onEvent(event)
    early.onEvent(event)
  }
  return terraform.apply(plan, { ...commandOptions(stops), onEvent }).then(
    () => ({ plan, described }),
    (error: unknown) => ({ plan, described, error }),
  )
}

/** Resources of a provider that the template has no more are destroyed with the provider block of before. */
async function withoutLosses(prepared: PreparedStack, workspace: Workspace): Promise<PreparedStack> {
  if (prepared.existing.length === 0) return prepared
  const applied = await readApplied(workspace.store.files, prepared.place.lease.lock)
  if (applied === undefined) return prepared
  const { record, credentials, providers } = prepared
  const earlierOnes = Object.entries(record?.credentials ?? {}).flatMap(([name, identifier]) => {
    return !Object.hasOwn(credentials, name) && providers.some((one) => one.name === name) ? [identifier] : []
  })
  const before = withCredentials(applied, await readChosen(workspace, earlierOnes))
  const template = withEarlierProviders(prepared.template, before.template)
  if (template === prepared.template) return prepared
  const declared = Object.keys(template.variable ?? {})
  const earlier = Object.entries(before.variables).filter(([name]) => declared.includes(name))
  return { ...prepared, template, variables: { ...Object.fromEntries(earlier), ...prepared.variables } }
}

function atWork(prepared: PreparedStack, stops: Stops) {
  const { place, template, variables, given } = prepared
  return { ...place, ...stops, template, variables, providers: given.map(({ provider }) => provider) }
}
