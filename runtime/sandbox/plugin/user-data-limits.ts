// In: what a machine is planned with. Out: the complaint that its cloud would have of user data that is too large.
import type { JsonObject } from '../../json.js'
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
  const count = (number: number) => number.toLocaleString('en-US')
  if (bytes <= limit) return undefined
  return `${field} has ${count(bytes)} bytes, ${count(bytes - limit)} more than the ${count(limit)} that the cloud takes`
}
