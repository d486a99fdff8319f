// In: a credential of the store. Out: what composing needs of it: the provider and its values, checked anew.
import type { ComposeProvider } from '../compose/compose-input.js'
import type { Context } from '../compose/context.js'
import { forTemplate } from '../compose/for-template.js'
import type { JsonObject } from '../json.js'
import type { Provider } from '../provider.js'
import type { Fields } from '../schema/fields.js'
import type { SchemaInstance } from '../schema/schema-class.js'
import type { Secret } from '../secret.js'
import type { CredentialRecord } from '../store/records.js'
import { type BaseStack, bootstrapName } from './base-stack.js'
import type { StackWire } from './stack-context.js'

/** A credential with its provider, its identifier known. */
export interface GivenCredential extends ComposeProvider {
  readonly identifier: string
}

/**
 * Reads a stored credential with the provider as it is now, which may be newer. Fields that it has given up are left out; a bootstrap
 * that lacks what it needs counts as none, and is to be made anew.
 *
 * @throws KloudError (input) for a credential that the provider does not take any more
 */
export function givenCredential(provider: Provider, record: CredentialRecord, context: Context): GivenCredential {
  const { identifier, data, sshKeyPair, bootstrap } = record
  const subject = `credential ${identifier}`
  const hint = `give it what it lacks: kloud credential update ${identifier} --data FILE`
  const credential = provider.Credential.parse(stillKnown(provider.Credential, data), { subject, hint })
  const ssh = sshKeyPair && {
    name: bootstrap?.name ?? bootstrapName(identifier, context.team.slug),
    public_key: sshKeyPair.publicKey,
    private_key: sshKeyPair.privateKey,
  }
  const outputs = bootstrap?.status === 'applied' ? stillKnown(provider.Bootstrap, bootstrap.outputs) : undefined
  const isWhole = outputs !== undefined && provider.Bootstrap.problems(outputs).length === 0
  return { provider, identifier, credential, ssh, bootstrap: isWhole ? provider.Bootstrap.parse(outputs) : undefined }
}

/** The values of fields that the provider has still. */
export function stillKnown({ fields }: { readonly fields: Fields }, values: Secret<JsonObject>): JsonObject {
  return Object.fromEntries(Object.entries(values.reveal()).filter(([name]) => Object.hasOwn(fields, name)))
}

interface StackOfOptions {
  /** Whether the values are template texts. */
  readonly escaped?: boolean
  /** How calls leave; as on the internet when not said. */
  readonly wire?: StackWire | undefined
}

/** The provider's Stack for a credential. */
export function stackOf(
  { provider, credential, bootstrap, ssh, identifier }: ComposeProvider,
  context: Context,
  { escaped = false, wire }: StackOfOptions = {},
): BaseStack<SchemaInstance, SchemaInstance> {
  const { user, team, stack } = context
  const made = { credential, bootstrap, ssh, user, team, stack, identifier: identifier ?? context.identifier, wire }
  return new provider.Stack(escaped ? forTemplate(made) : made)
}
