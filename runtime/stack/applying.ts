// In: what is being planned and applied at once. Out: the same kept, until it is certain whether it was applied.
import type { JsonObject } from '../json.js'
import type { Fence } from '../store/records.js'
import type { Store } from '../store/store.js'
import { type AppliedTemplate, keepApplied, secretVariables } from './applied-template.js'
import { variablesAtRest } from './compose-stack.js'
import { keepIdentities } from './keep-identities.js'
import { dropPlan } from './plan-stack.js'
import type { PreparedStack } from './prepare-stack.js'
import { writeDetails } from './stack-details.js'
import { serialIn } from './state-at-rest.js'

/** The kind of file that it is in the store. */
const kind = 'applying'

/**
 * Keeps what would be lost where this process is killed, and Terraform goes on and makes a machine. The stack uses its credentials from
 * now on, and those that it had: none of them can be removed.
 */
export async function keepApplying(store: Store, prepared: PreparedStack): Promise<void> {
  const { record, credentials } = prepared
  await keepIdentities(store, prepared, { ...record?.credentials, ...credentials })
  await writeKept(store, prepared, false)
}

/** The stack is what is being applied, from now on, whatever comes of it; a plan that was kept is of what was before. */
export async function settleApplying(store: Store, prepared: PreparedStack): Promise<void> {
  const { name, credentials, details, place } = prepared
  await writeKept(store, prepared, true)
  await settle(store, { name, fence: place.lease, applied: prepared, credentials, details: writeDetails(details) })
  await dropPlan(store.files, prepared)
}

/** Nothing could be planned: the stack is what it was. */
export async function forgetApplying({ files, stacks }: Store, { name, record, place }: PreparedStack): Promise<void> {
  if (record !== undefined) await stacks.save({ name, credentials: record.credentials }, place.lease)
  await files.remove(place.lease, kind)
}

/**
 * Finds out what became of an apply whose kloud was killed while it planned: where the state is another one since, it was applied. To be
 * asked once no Terraform works on the stack, and before anything of the stack is read.
 */
export async function recoverApplying(
  store: Store,
  name: string,
  fence: Fence,
  state: string | undefined,
): Promise<void> {
  const content = await store.files.read(fence.lock, kind)
  const kept: Kept | undefined = content === undefined ? undefined : JSON.parse(content.toString())
  if (kept === undefined) return
  if (!kept.planned && kept.serial === serialIn(state)) return store.files.remove(fence, kind)
  const { template, credentials, details } = kept
  const applied = { template, variables: secretVariables(kept.variables) }
  await settle(store, { name, fence, applied, credentials, details })
}

/** @param planned whether it is to be applied for certain: whoever finds it brings to its end what a kill has cut short */
async function writeKept({ files }: Store, prepared: PreparedStack, planned: boolean): Promise<void> {
  const { template, variables, credentials, details, state, place } = prepared
  const kept: Kept = {
    ...{ template, variables: variablesAtRest(variables), credentials },
    ...{ details: writeDetails(details), serial: serialIn(state), planned },
  }
  await files.write(place.lease, kind, JSON.stringify(kept))
}

interface Settling {
  readonly name: string
  readonly fence: Fence
  readonly applied: AppliedTemplate
  readonly credentials: Readonly<Record<string, string>>
  readonly details: JsonObject
}

async function settle(
  { files, stacks }: Store,
  { name, fence, applied, credentials, details }: Settling,
): Promise<void> {
  await keepApplied(files, fence, applied)
  // What there is of before is deleted with the credential that it was made with.
  const before = (await stacks.find(name))?.credentials
  await stacks.save({ name, credentials: { ...before, ...credentials }, status: 'Building', details }, fence)
  await files.remove(fence, kind)
}

interface Kept {
  readonly template: JsonObject
  readonly variables: JsonObject
  readonly credentials: Readonly<Record<string, string>>
  readonly details: JsonObject
  /** Of the state before. */
  readonly serial: number
  /** Not there in the store of an older kloud. */
  readonly planned?: boolean
}
