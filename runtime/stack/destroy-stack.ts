// In: the name of a stack. Out: nothing of it any more, by what the state holds; its template need not be there.
import { rm, stat } from 'node:fs/promises'
import { type EventStream, percentages } from '../events.js'
import { isObject, type JsonObject } from '../json.js'
import type { StackRecord } from '../store/records.js'
import type { Lease } from '../store/store.js'
import { TerraformError } from '../terraform/errors.js'
import type { TerraformPlan } from '../terraform/plan.js'
import { readApplied, withCredentials } from './applied-template.js'
import { recoverApplying } from './applying.js'
import { commandOptions, type Place, recover, type Stops, withTerraform } from './at-work.js'
import { readChosen } from './choose-credentials.js'
import { withEarlierProviders } from './earlier-providers.js'
import { asInterruption } from './interrupted.js'
import { declined } from './plan-stack.js'
import { placeOfStack, underLock } from './prepare-stack.js'
import { followApply } from './progress.js'
import { readDetails } from './stack-details.js'
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
    // Its name may be wrong, and that is said first.
    await stacks.get(name)
    const stops = { signal: lease.signal, force: options.force }
    const place = placeOfStack(workspace, name, lease)
    const say = (message: string, percentage: number) => events.push({ message, status: 'Terminating', percentage })
    say(`Looking at stack ${name}`, destroy.machines)
    const state = await recover(workspace, place, { ...stops, events })
    await recoverApplying(workspace.store, name, lease, state)
    const record = await stacks.get(name)
    const there = resourcesIn(state)
    if (there.length > 0 && confirm !== undefined && !(await confirm(there))) throw declined(name)
    if (there.length > 0 && !orphan) {
      await stacks.save({ name, status: 'Destroying' }, lease)
      say(`Destroying ${there.length === 1 ? 'one resource' : `${there.length} resources`}`, destroy.destroying)
      await destroyResources({ workspace, record, lease, place, stops, events }).catch(async (error: unknown) => {
        await stacks.save({ name, status: 'Initialized' }, lease).catch(() => {})
        throw await unfinishedDestroy(asInterruption(error, lease.signal), name, workspace)
      })
    }
    if (orphan) await workspace.clouds.disown(place.owner)
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
  const given = await readChosen(workspace, Object.values(record.credentials))
  const applied = await readApplied(workspace.store.files, lease.lock)
  const { template, variables } = withCredentials(applied ?? { template: {}, variables: {} }, given)
  const { destroying, done } = percentages.destroy
  const destroyWith = (blocks: JsonObject) => {
    const declared = Object.entries(variables).filter(([name]) => declares(blocks, name))
    const setup = {
      ...{ ...place, ...stops, template: blocks, variables: Object.fromEntries(declared) },
      providers: given.map(({ provider }) => provider),
    }
    return withTerraform(workspace, setup, async (terraform) => {
      const plan = await terraform.plan({ ...commandOptions(stops), destroy: true })
      const follow = followApply(events, plan, { building: destroying, checking: done - 1 }, 'Terminating')
      if (plan.hasChanges) await terraform.apply(plan, { ...commandOptions(stops), ...follow })
      return plan
    })
  }
  return destroyWith(template).catch(async (error: unknown) => {
    const isUnplanned = error instanceof TerraformError && !error.interrupted && error.command !== 'apply'
    if (!isUnplanned || (await isThere(readDetails(record.details.reveal()).paths))) throw error
    // Files that the template asked for are gone with it; what the state holds needs no more than its providers.
    return destroyWith(withEarlierProviders({}, template))
  })
}

function declares({ variable }: JsonObject, name: string): boolean {
  return isObject(variable) && Object.hasOwn(variable, name)
}

async function isThere(paths: readonly string[]): Promise<boolean> {
  const found = await Promise.all(paths.map((path) => stat(path).catch(() => undefined)))
  return found.some((one) => one !== undefined)
}
