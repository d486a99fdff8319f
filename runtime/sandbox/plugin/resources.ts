// The words between Terraform's side of the sandbox and the set of resources that it shares with the machine API's side.
import type { JsonObject } from '../../json.js'

/** How a change of a resource ended. */
export interface Outcome {
  /** Why it failed; what exists of the resource stays as it is. */
  failure?: string
  /** The cloud did its part, and its answer did not arrive. */
  lost?: boolean
}

/** What a cloud gives a resource the moment it is asked for one. */
export interface Identity {
  /** Names the resource in the whole sandbox. */
  key: string
  /** The id that its cloud would give it. */
  id: string
}

export interface CreateRequest {
  /** Source of the provider: `hashicorp/aws`. */
  source: string
  type: string
  /** Gives all the attributes, once the identity is known. */
  attributes: (identity: Identity) => JsonObject
}

/** The set of resources, as Terraform's side changes it. An aborted change ends soon, with what exists and a failure. */
export interface Resources {
  create(request: CreateRequest, signal: AbortSignal): Promise<Outcome & { key?: string }>
  /** The key of a resource of which only type and id are known. */
  find(type: string, id: string): Promise<string | undefined>
  read(key: string, signal: AbortSignal): Promise<JsonObject | undefined>
  update(key: string, attributes: JsonObject, signal: AbortSignal): Promise<Outcome>
  remove(key: string, signal: AbortSignal): Promise<Outcome>
}

/** For a provider that only describes and checks: it has no resources. */
export const noResources: Resources = {
  create: async () => ({ failure: 'this sandbox only validates' }),
  find: async () => undefined,
  read: async () => undefined,
  update: async () => ({ failure: 'this sandbox only validates' }),
  remove: async () => ({ failure: 'this sandbox only validates' }),
}
