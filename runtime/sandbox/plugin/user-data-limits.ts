// In: what a machine is planned with. Out: the complaint that its cloud would have of user data that is too large.
import type { JsonObject } from '../../json.js'
import { tooManyBytes } from '../../klient/too-many-bytes.js'
import { attributeAt } from '../../schema/attributes.js'

/** How much user data a cloud takes. */
export interface UserDataLimit {
  /** The path of the attribute. */
  readonly field: string
  /** In bytes, as the cloud counts: before base64. */
  readonly limit: number
  readonly base64: boolean
}

/** By resource type. */
export type UserDataLimits = Readonly<Record<string, UserDataLimit>>

/** @returns nothing where the user data fits, or is not known yet */
export function tooLarge(attributes: JsonObject, { field, limit, base64 }: UserDataLimit): string | undefined {
  const value = attributeAt(attributes, field)
  if (typeof value !== 'string') return undefined
  const bytes = Buffer.byteLength(value, base64 ? 'base64' : 'utf8')
  return bytes <= limit ? undefined : `${field} has ${tooManyBytes(bytes, limit)}`
}
