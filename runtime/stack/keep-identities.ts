// In: a stack that is composed and not applied yet. Out: what its machines are called by, kept: it must be the same whenever they are made.
import type { Store } from '../store/store.js'
import type { PreparedStack } from './prepare-stack.js'
import { readDetails, writeDetails } from './stack-details.js'

/**
 * Keeps the identities of a stack's machines; all else of the stack stays as it was.
 *
 * @param credentials those that the stack uses from now on; a new stack's when not said
 */
export async function keepIdentities(
  { stacks }: Store,
  { name, record, place, details: { id, identities, kontrolKey }, ...prepared }: PreparedStack,
  credentials = record?.credentials ?? prepared.credentials,
): Promise<void> {
  const before = readDetails(record?.details.reveal())
  const details = writeDetails({ ...before, id, identities, ...(kontrolKey === undefined ? {} : { kontrolKey }) })
  await stacks.save({ name, details, credentials }, place.lease)
}
