// What composing gives: the template for Terraform, and what belongs to it and must not stand in it.
import type { JsonObject, JsonValue } from '../json.js'
import type { Secret } from '../secret.js'

/** One machine of a composed template. */
export interface ComposedMachine {
  readonly provider: string
  /** `web`, `web.0` or `web["eu"]`. */
  readonly label: string
  /** The resource that makes it: `digitalocean_droplet.web`. */
  readonly resource: string
  /** Its address in Terraform's state: `digitalocean_droplet.web[0]`. */
  readonly address: string
  readonly kiteId: string
  readonly kiteKey: Secret
  /** `koding_klient_timeout`, in milliseconds. */
  readonly klientTimeout?: number
  /** `koding_always_on`. */
  readonly alwaysOn: boolean
}

/** A composed template. */
export interface Composition {
  /** What Terraform gets: no secret is in it. */
  readonly template: JsonObject
  /** In the order of the template. */
  readonly machines: readonly ComposedMachine[]
  /** The variables that the template declares for Kloud, by name. */
  readonly variables: Readonly<Record<string, { readonly secret: boolean }>>
  /** Values for the secret ones, for Terraform's environment or a var file. */
  readonly secrets: ReadonlyMap<string, Secret<JsonValue>>
  /** Variables that the user is to be asked for (`userInput_*`) and that nobody has said: they are the empty text. */
  readonly unanswered: readonly string[]
  /** Variables of the user's own without a default, for which nobody has a value: Terraform does nothing without. */
  readonly unset: readonly string[]
  /** What the user should know, a sentence each. */
  readonly warnings: readonly string[]
}
