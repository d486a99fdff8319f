// In: the name of a stack. Out: nothing of it any more, by what the state holds; its template need not be there.
import { rm } from 'node:fs/promises'
import { type EventStream, percentages } from '../events.js'
import type { StackRecord } from '../store/records.js'
import type { Lease } from '../store/store.js'
import type { TerraformPlan } from '../terraform/plan.js'
import { readApplied, withCredentials } from './applied-template.js'
import { commandOptions, type Place, recover, type Stops, withTerraform } from './at-work.js'
import { readChosen } from './choose-credentials.js'
import { asInterruption } from './interrupted.js'
import { declined } from './plan-stack.js'
import { placeOfStack, underLock } from './prepare-stack.js'
import { followApply } from './progress.js'
import { resourcesIn } from './state-at-rest.js'
import { unfinishedDestroy } from './unfinished.js'
import type { Workspace } from './workspace.js'

export interface DestroyStackOptions extends Stops {
  readonly name: string
  /** Forgets the stack without touching its clouds, because they cannot be reached. */
  readonly orphan?: boolean | undefined
  /** Is shown the addresses of what will be destroyed, or forgotten; an answer of no leaves all as it is. */
  readonly confirm?: ((addresses: readonly string[]) => Promise<boolean>) | undefined
}

export interface DestroyResult {
  readonly stack: string
  /** Addresses of what was destroyed, or forgotten. */
  readonly destroyed: readonly string[]
  readonly orphaned: boolean
}

/** Destroys a stack and forgets it; its events stay. */
export function destroyStack(
  workspace: Workspace,
  options: DestroyStackOptions,
  events: EventStream,
): Promise<DestroyResult> {
  const { name, orphan = false, confirm } = options
  const { destroy } = percentages
  return underLock(workspace, name, options, async (lease) => {
    const { stacks } = workspace.store
    const record = await stacks.get(name)
    const stops = { signal: lease.signal, force: options.force }
    const place = placeOfStack(workspace, name, lease)
    const say = (message: string, percentage: number) => events.push({ message, status: 'Terminating', percentage })
    say(`Looking at stack ${name}`, destroy.machines)
    const there = resourcesIn(await recover(workspace, place, { ...stops, events }))
    if (there.length > 0 && confirm !== undefined && !(await confirm(there))) throw declined(name)
    if (there.length > 0 && !orphan) {
      await stacks.save({ name, status: 'Destroying' }, lease)
      say(`Destroying ${there.length === 1 ? 'one resource' : `${there.length} resources`}`, destroy.destroying)
      await destroyResources({ workspace, record, lease, place, stops, events }).catch(async (error: unknown) => {
        await stacks.save({ name, status: 'Initialized' }, lease).catch(() => {})
        throw await unfinishedDestroy(asInterruption(error, lease.signal), name, workspace)
      })
    }
    await stacks.remove(name, lease)
    await rm(place.folder, { recursive: true, force: true })
    events.push({
      message: `Stack ${name} is ${orphan ? 'forgotten' : 'destroyed'}`,
      status: 'Terminated',
      percentage: destroy.done,
    })
    return { stack: name, destroyed: there, orphaned: orphan }
  })
}

interface Destroying {
  readonly workspace: Workspace
  readonly record: StackRecord
  readonly lease: Lease
  readonly place: Place
  readonly stops: Stops
  readonly events: EventStream
}

async function destroyResources({
  workspace,
  record,
  lease,
  place,
  stops,
  events,
}: Destroying): Promise<TerraformPlan> {
  const { destroying, done } = percentages.destroy
  const given = await readChosen(workspace, Object.values(record.credentials))
  const applied = await readApplied(workspace.store.files, lease.lock)
  const { template, variables } = withCredentials(applied ?? { template: {}, variables: {} }, given)
  const setup = { ...place, ...stops, template, variables, providers: given.map(({ provider }) => provider) }
  return withTerraform(workspace, setup, async (terraform) => {
    const plan = await terraform.plan({ ...commandOptions(stops), destroy: true })
    const follow = followApply(events, plan, { building: destroying, checking: done - 1 }, 'Terminating')
    if (plan.hasChanges) await terraform.apply(plan, { ...commandOptions(stops), ...follow })
    return plan
  })
}
