// In: a credential of the store. Out: what composing needs of it: the provider and its values, checked anew.
import type { ComposeProvider } from '../compose/compose-input.js'
import type { Context } from '../compose/context.js'
import { forTemplate } from '../compose/for-template.js'
import type { Provider } from '../provider.js'
import type { SchemaInstance } from '../schema/schema-class.js'
import type { CredentialRecord } from '../store/records.js'
import { type BaseStack, bootstrapName } from './base-stack.js'
import type { StackWire } from './stack-context.js'

/** A credential with its provider, its identifier known. */
export interface GivenCredential extends ComposeProvider {
  readonly identifier: string
}

/** @throws KloudError (input) for values that the provider does not take any more */
export function givenCredential(provider: Provider, record: CredentialRecord, context: Context): GivenCredential {
  const { identifier, data, sshKeyPair, bootstrap } = record
  const subject = `credential ${identifier}`
  const credential = provider.Credential.parse(data.reveal(), { subject })
  const ssh = sshKeyPair && {
    name: bootstrap?.name ?? bootstrapName(identifier, context.team.slug),
    public_key: sshKeyPair.publicKey,
    private_key: sshKeyPair.privateKey,
  }
  const isThere = bootstrap?.status === 'applied'
  const outputs = isThere
    ? provider.Bootstrap.parse(bootstrap.outputs.reveal(), { subject: `bootstrap of ${identifier}` })
    : undefined
  return { provider, identifier, credential, ssh, bootstrap: outputs }
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
