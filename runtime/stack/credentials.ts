// In: what a user enters for a provider. Out: credentials that were verified before they were stored.
import { parseContext } from '../compose/context.js'
import { KloudError } from '../errors.js'
import type { JsonObject } from '../json.js'
import type { Provider } from '../provider.js'
import type { SchemaInstance } from '../schema/schema-class.js'
import type { CredentialSummary } from '../store/records.js'
import { givenCredential, stackOf, stillKnown } from './given-credential.js'
import { createSshKeyPair } from './ssh-key-pair.js'
import type { StackWire } from './stack-context.js'
import type { Workspace } from './workspace.js'

export interface NewCredential {
  readonly provider: string
  /** The provider's name, with a number if need be, when not said. */
  readonly title?: string | undefined
  /** The fields, as JSON; wrong ones are told all at once. */
  readonly data: unknown
}

/** Verifies and stores a credential; makes its ssh key pair where the provider has one. */
export async function addCredential(
  workspace: Workspace,
  { provider: name, title, data }: NewCredential,
  signal: AbortSignal,
): Promise<CredentialSummary> {
  const provider = await workspace.finder.get(name)
  const credential = provider.Credential.parse(data, { subject: `${name} credential` })
  const [{ publicKey, privateKey }] = await Promise.all([
    newSshKeyPair(workspace, provider),
    verifyValues(workspace, provider, credential, signal),
  ])
  return summaryOf(
    await workspace.store.credentials.add({
      ...{ provider: name, data: credential.reveal() },
      ...(title === undefined ? {} : { title }),
      ...(privateKey === undefined ? {} : { sshKeyPair: { publicKey, privateKey } }),
    }),
  )
}

export interface CredentialUpdate {
  readonly title?: string | undefined
  /** Fields that change; the others stay. */
  readonly data?: JsonObject | undefined
}

/** Changes a credential, also while stacks use it. New values are verified first. */
export async function updateCredential(
  workspace: Workspace,
  identifier: string,
  { title, data }: CredentialUpdate,
  signal: AbortSignal,
): Promise<CredentialSummary> {
  const { credentials } = workspace.store
  const named = title === undefined ? {} : { title }
  if (data === undefined) return summaryOf(await credentials.update(identifier, named))
  for (;;) {
    const record = await credentials.get(identifier)
    const provider = await workspace.finder.get(record.provider)
    const values = { ...stillKnown(provider.Credential, record.data), ...data }
    const credential = provider.Credential.parse(values, { subject: `credential ${identifier}` })
    await verifyValues(workspace, provider, credential, signal)
    const updated = await credentials.replace(identifier, record.data, { ...named, data: credential.reveal() })
    // Somebody else has changed it meanwhile: what is stored is what was verified, and nobody's change is lost.
    if (updated !== undefined) return summaryOf(updated)
  }
}

/** @throws KloudError (no) when the cloud does not take the credential; others when it could not be asked */
export async function verifyCredential(workspace: Workspace, identifier: string, signal: AbortSignal): Promise<void> {
  const record = await workspace.store.credentials.get(identifier)
  const provider = await workspace.finder.get(record.provider)
  const context = parseContext({})
  const { credential } = givenCredential(provider, record, context)
  await verifyValues(workspace, provider, credential, signal)
}

async function verifyValues(
  { clouds }: Workspace,
  provider: Provider,
  credential: SchemaInstance,
  signal: AbortSignal,
): Promise<void> {
  const context = parseContext({})
  try {
    const stack = (wire?: StackWire) => stackOf({ provider, credential }, context, { wire })
    await clouds.verify({ provider, stack }, signal)
  } catch (error) {
    // A cloud that always says 200 tells in its answer whether the credential is good: that is what `expect` is for.
    if (!(error instanceof KloudError)) throw error
    if (error.reason !== 'notAuthorized' && error.data.expect === undefined) throw error
    const { message, hint, data, cause } = error
    const said = { fault: 'no', data, cause, ...(hint === undefined ? {} : { hint }) } as const
    throw new KloudError('notAuthorized', `the ${provider.name} credential is not good: ${message}`, said)
  }
}

/** A key of the sandbox opens nothing. */
async function newSshKeyPair({ clouds }: Workspace, { sshKeyPair, name }: Provider) {
  if (sshKeyPair !== true) return { publicKey: '', privateKey: undefined }
  const bits = clouds.sandbox ? 2048 : 3072
  const { public_key: publicKey, private_key: privateKey } = await createSshKeyPair(`kloud-${name}`, bits)
  return { publicKey, privateKey }
}

function summaryOf({ identifier, provider, title, createdAt, updatedAt }: CredentialSummary): CredentialSummary {
  return { identifier, provider, title, createdAt, updatedAt }
}
