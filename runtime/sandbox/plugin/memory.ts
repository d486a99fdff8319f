// In: the key of a resource. Out: the bytes that Terraform remembers of it for us, and back.
import { isObject, type JsonValue } from '../../json.js'

/** What Terraform is asked to remember of a resource. */
export function memoryOf(key: string | undefined): Uint8Array | undefined {
  return key === undefined ? undefined : Buffer.from(JSON.stringify({ key }))
}

/** The key in what Terraform remembered; nothing when it is not ours. */
export function keyIn(memory: Uint8Array | undefined): string | undefined {
  if (memory === undefined || memory.length === 0) return undefined
  try {
    const json: JsonValue = JSON.parse(Buffer.from(memory).toString())
    return isObject(json) && typeof json.key === 'string' ? json.key : undefined
  } catch {
    return undefined
  }
}
