// In: a stack that is composed and not applied yet. Out: what its machines are called by, kept: it must be the same whenever they are made.
import type { PreparedStack } from './prepare-stack.js'
import { readDetails, writeDetails } from './stack-details.js'
import type { Workspace } from './workspace.js'

/** Keeps the identities of a stack's machines; all else of the stack stays as it was. */
export async function keepIdentities({ store }: Workspace, prepared: PreparedStack): Promise<void> {
  const { name, record, place, credentials } = prepared
  const { id, identities, kontrolKey } = prepared.details
  const before = readDetails(record?.details.reveal())
  const details = writeDetails({ ...before, id, identities, ...(kontrolKey === undefined ? {} : { kontrolKey }) })
  await store.stacks.save({ name, details, ...(record === undefined ? { credentials } : {}) }, place.lease)
}
