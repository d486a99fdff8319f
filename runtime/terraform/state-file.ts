// In: the text of Terraform's state file. Out: the resources in it, as far as they can be told without their providers.
import { KloudError } from '../errors.js'
import { isObject, type JsonObject, type JsonValue } from '../json.js'

/** An instance of a resource, also one that was replaced and is still to be deleted. */
export interface RecordedResource {
  mode: 'managed' | 'data'
  type: string
  name: string
  /** The `id` among its attributes. */
  id?: string
  /** What its provider asked Terraform to remember. */
  memory?: Buffer
}

/** Reads a state file. Throws when it is none: taking half a state for an empty one would forget what exists. */
export function readStateFile(text: string): RecordedResource[] {
  return objects(parse(text).resources).flatMap(({ mode, type, name, instances }) =>
    objects(instances).map(({ attributes, private: memory }) => {
      const id = isObject(attributes) ? attributes.id : undefined
      return {
        mode: mode === 'data' ? 'data' : 'managed',
        type: String(type ?? ''),
        name: String(name ?? ''),
        ...(typeof id === 'string' || typeof id === 'number' ? { id: String(id) } : {}),
        ...(typeof memory === 'string' ? { memory: Buffer.from(memory, 'base64') } : {}),
      }
    }),
  )
}

function parse(text: string): JsonObject {
  try {
    const json: JsonValue = JSON.parse(text)
    if (isObject(json) && json.version === 4) return json
  } catch (error) {
    throw new KloudError('other', 'the Terraform state is damaged: it is no JSON', { cause: error })
  }
  throw new KloudError('other', 'the Terraform state is damaged, or of a version that Kloud does not know')
}

function objects(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter((item): item is JsonObject => isObject(item)) : []
}
