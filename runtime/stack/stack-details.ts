// What is kept of a stack beside its machines, encrypted: where its template is, for whom it is, and what its machines were given.
import { randomUUID } from 'node:crypto'
import type { JsonObject, JsonValue } from '../json.js'

/** A variable of the user's own. */
export interface KeptVariable {
  readonly value: JsonValue
  readonly secret: boolean
}

/** Who a machine is to Kontrol. */
export interface KeptIdentity {
  readonly kiteId: string
  readonly kiteKey: string
}

/** The user data that a machine resource was built with. */
export interface KeptProvision {
  /** Of what the user wrote: another one means that the user wants other user data. */
  readonly fingerprint: string
  /** The composed argument, as the template had it. */
  readonly value: JsonValue
}

export interface StackDetails {
  /** What kite ids are derived from. */
  readonly id: string
  /** Paths of the template, absolute. */
  readonly paths: readonly string[]
  /** The context as it was given. It may hold Kontrol's key. */
  readonly context: JsonObject
  readonly variables: Readonly<Record<string, KeptVariable>>
  /** Kontrol's private key in PEM, where the context has none. */
  readonly kontrolKey?: string
  /** By machine: `digitalocean_droplet.web.0`. */
  readonly identities: Readonly<Record<string, KeptIdentity>>
  /** By resource: `digitalocean_droplet.web`. */
  readonly provisions: Readonly<Record<string, KeptProvision>>
  /** Ids that the clouds gave the machines, by label. */
  readonly resourceIds: Readonly<Record<string, string>>
  /** `koding_klient_timeout` of machines, by label, in milliseconds. */
  readonly klientTimeouts: Readonly<Record<string, number>>
}

/** The details of a stack, or those of one that is new. */
export function readDetails(kept: JsonObject | undefined): StackDetails {
  const fresh = {
    id: randomUUID(),
    paths: [],
    context: {},
    variables: {},
    identities: {},
    provisions: {},
    resourceIds: {},
    klientTimeouts: {},
  }
  return Object.assign<StackDetails, JsonObject>(fresh, kept ?? {})
}

/** The id that its cloud gave a machine. */
export function resourceIdOf({ resourceIds }: StackDetails, label: string): string | undefined {
  return Object.hasOwn(resourceIds, label) ? resourceIds[label] : undefined
}

/** How long to wait for the Klient of a machine, in milliseconds, where its template says so. */
export function klientTimeoutOf({ klientTimeouts }: StackDetails, label: string): number | undefined {
  return Object.hasOwn(klientTimeouts, label) ? klientTimeouts[label] : undefined
}

/** The details as the store keeps them. */
export function writeDetails(details: StackDetails): JsonObject {
  return Object.assign<JsonObject, object>({}, structuredClone(details))
}
