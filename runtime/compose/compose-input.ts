// What is composed: a template, the credentials that it may use, and for whom.
import type { JsonObject } from '../json.js'
import type { Provider } from '../provider.js'
import type { SchemaInstance } from '../schema/schema-class.js'
import type { SshKeyPair } from '../stack/stack-context.js'
import type { FindPlace } from '../template/path.js'
import type { Context } from './context.js'

/** A provider with what a user entered for it. */
export interface ComposeProvider {
  readonly provider: Provider
  /** As `provider.Credential.parse` gave it. */
  readonly credential: SchemaInstance
  /** As `provider.Bootstrap.parse` gave it; absent until the credential is bootstrapped. */
  readonly bootstrap?: SchemaInstance | undefined
  /** The key pair of the credential, where the provider has one. */
  readonly ssh?: SshKeyPair | undefined
  /** The credential's id in the store; the context's when not said. */
  readonly identifier?: string | undefined
}

export interface ComposeInput {
  /** The user's template, in the one shape that `parseTemplate` gives; it is not changed. */
  readonly template: {
    readonly blocks: JsonObject
    readonly place?: FindPlace | undefined
    /** The files that it was read from, for errors. */
    readonly files?: readonly string[] | undefined
  }
  /** One for each provider that has a credential. */
  readonly providers: readonly ComposeProvider[]
  readonly context: Context
  /** Providers that are known and have no credential here: their machines are warned about. */
  readonly others?: Iterable<Provider> | undefined
}
