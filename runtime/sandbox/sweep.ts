// In: what Terraform's state holds. Out: the resources of the cloud that nobody knows any more, found and removed.
import { KloudError } from '../errors.js'
import { isObject, type JsonObject, type JsonValue } from '../json.js'
import type { SandboxCloud } from './cloud.js'
import type { SandboxResource } from './cloud-rows.js'

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

/** Throws when it is no state: taking that for an empty one would call everything an orphan. */
function namesInState(text: string): Set<string> {
  const names = new Set<string>()
  for (const resource of objects(parseState(text).resources)) {
    if (resource.mode !== 'managed' || typeof resource.type !== 'string') continue
    for (const instance of objects(resource.instances)) {
      const id = isObject(instance.attributes) ? instance.attributes.id : undefined
      if (typeof id === 'string' || typeof id === 'number') names.add(idName(resource.type, String(id)))
      const key = keyInPrivate(instance.private)
      if (key !== undefined) names.add(keyName(key))
    }
  }
  return names
}

function parseState(text: string): JsonObject {
  try {
    const json: JsonValue = JSON.parse(text)
    if (isObject(json) && json.version === 4) return json
  } catch (error) {
    throw new KloudError('other', 'the Terraform state is damaged: it is no JSON', { cause: error })
  }
  throw new KloudError('other', 'the Terraform state is damaged, or of a version that Kloud does not know')
}

/** Where the sandbox's provider keeps the key of what it made. */
function keyInPrivate(value: JsonValue | undefined): string | undefined {
  if (typeof value !== 'string') return undefined
  try {
    const json: JsonValue = JSON.parse(Buffer.from(value, 'base64').toString())
    return isObject(json) && typeof json.key === 'string' ? json.key : undefined
  } catch {
    return undefined
  }
}

function objects(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : []
}

function isJsonObject(value: JsonValue): value is JsonObject {
  return isObject(value)
}

const keyName = (key: string) => `key ${key}`
const idName = (type: string, id: string) => `${type} ${id}`
