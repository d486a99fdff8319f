// In: a workspace. Out: what can be done with credentials, as methods of Kloud.
import { inputError } from '../errors.js'
import type { JsonObject } from '../json.js'
import { describeProvider } from '../schema/describe-provider.js'
import type { Secret } from '../secret.js'
import type { CredentialSummary } from '../store/records.js'
import {
  addCredential,
  type CredentialUpdate,
  type NewCredential,
  updateCredential,
  verifyCredential,
} from './credentials.js'
import type { Workspace } from './workspace.js'

/** A call that can be called off. */
export interface Abortable {
  readonly signal?: AbortSignal | undefined
}

/** Credentials, as users enter them. */
export class Credentials {
  readonly #workspace: Workspace

  constructor(workspace: Workspace) {
    this.#workspace = workspace
  }

  /** What a user must enter for a provider, or for each. */
  async describe(provider?: string): Promise<JsonObject[]> {
    const { finder } = this.#workspace
    const found = provider === undefined ? (await finder.all()).providers : [await finder.get(provider)]
    return found.map((one) => Object.assign<JsonObject, object>({}, describeProvider(one)))
  }

  /** Verifies, then stores. */
  add(
    credential: NewCredential,
    { signal = new AbortController().signal }: Abortable = {},
  ): Promise<CredentialSummary> {
    return addCredential(this.#workspace, credential, signal)
  }

  list(provider?: string): Promise<CredentialSummary[]> {
    return this.#workspace.store.credentials.list(provider)
  }

  /** Verifies the new values, then stores them; stacks that use it get them at their next apply. */
  update(
    identifier: string,
    change: CredentialUpdate,
    { signal = new AbortController().signal }: Abortable = {},
  ): Promise<CredentialSummary> {
    return updateCredential(this.#workspace, identifier, change, signal)
  }

  /** @throws KloudError when it is not good, or the cloud could not be asked */
  verify(identifier: string, { signal = new AbortController().signal }: Abortable = {}): Promise<void> {
    return verifyCredential(this.#workspace, identifier, signal)
  }

  /** @throws KloudError (input) with the names of what still uses it */
  remove(identifier: string): Promise<void> {
    return this.#workspace.store.credentials.remove(identifier)
  }

  /** The private key of the credential's pair, in PEM. */
  async sshKey(identifier: string): Promise<Secret> {
    const { provider, sshKeyPair } = await this.#workspace.store.credentials.get(identifier)
    if (sshKeyPair !== undefined) return sshKeyPair.privateKey
    throw inputError(`credential ${identifier} has no ssh key: ${provider} takes none`)
  }
}
