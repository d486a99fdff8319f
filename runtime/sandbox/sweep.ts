// In: what Terraform's state holds. Out: the resources of the cloud that nobody knows any more, found and removed, or left alone where Terraform was told to.
import { readStateFile } from '../terraform/state-file.js'
import type { SandboxCloud } from './cloud.js'
import type { SandboxResource } from './cloud-rows.js'
import { keyIn } from './plugin/memory.js'

/**
 * Resources that the owner's Terraforms made and its state does not hold: a hard end came between the create and the record of it.
 *
 * @param state the text of `terraform.tfstate`; undefined only when it is certain that there is none
 */
export async function findOrphans(
  cloud: SandboxCloud,
  owner: string,
  state: string | undefined,
): Promise<SandboxResource[]> {
  const known = state === undefined ? new Set<string>() : namesInState(state)
  const resources = await cloud.list({ owner })
  return resources.filter(({ key, type, id }) => !known.has(keyName(key)) && !known.has(idName(type, id)))
}

/** Removes the orphans, and tells which. No Terraform of this owner may be running. */
export async function sweepOrphans(
  cloud: SandboxCloud,
  owner: string,
  state: string | undefined,
): Promise<SandboxResource[]> {
  const orphans = await findOrphans(cloud, owner, state)
  for (const { key } of orphans) await cloud.remove(key, 'sweep')
  return orphans
}

/** Leaves alone what Terraform no more has in its state and did not delete: from now on it is nobody's. */
export async function letGo(
  cloud: SandboxCloud,
  owner: string,
  { before, after }: { before: string; after: string },
): Promise<void> {
  const kept = namesInState(after)
  const dropped = [...namesInState(before)].filter((name) => !kept.has(name))
  if (dropped.length === 0) return
  const orphans = await findOrphans(cloud, owner, after)
  const released = orphans.filter(({ key, type, id }) => {
    return dropped.includes(keyName(key)) || dropped.includes(idName(type, id))
  })
  if (released.length > 0) await cloud.disown(owner, released)
}

function namesInState(text: string): Set<string> {
  const names = new Set<string>()
  for (const { mode, type, id, memory } of readStateFile(text)) {
    if (mode !== 'managed') continue
    if (id !== undefined) names.add(idName(type, id))
    const key = keyIn(memory)
    if (key !== undefined) names.add(keyName(key))
  }
  return names
}

const keyName = (key: string) => `key ${key}`
const idName = (type: string, id: string) => `${type} ${id}`
