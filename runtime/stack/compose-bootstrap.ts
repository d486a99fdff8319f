// In: a credential. Out: the Terraform template of its bootstrap, with its provider configured and no secret in it.
import { toTemplate } from '../compose/block/template-value.js'
import { fillProviderBlock } from '../compose/compose-provider.js'
import type { Context } from '../compose/context.js'
import { declareVariables } from '../compose/declare-variables.js'
import { forTemplate } from '../compose/for-template.js'
import { SecretReferences } from '../compose/secret-references.js'
import { templateConstants } from '../compose/template-constants.js'
import { offerVariables } from '../compose/variables.js'
import { isObject, type JsonObject, type JsonValue } from '../json.js'
import { localName } from '../provider.js'
import type { Secret } from '../secret.js'
import type { GivenCredential } from './given-credential.js'
import { stackOf } from './given-credential.js'

export interface ComposedBootstrap {
  /** With its provider configured in any case: what an earlier version of the provider made may have to be destroyed. */
  readonly template: JsonObject
  /** Whether the provider makes anything for a credential. */
  readonly makesSomething: boolean
  readonly secrets: ReadonlyMap<string, Secret<JsonValue>>
}

/** Composes the template of a credential's bootstrap. */
export function composeBootstrap(given: GivenCredential, context: Context): ComposedBootstrap {
  const escaped = {
    ...given,
    credential: forTemplate(given.credential),
    ssh: forTemplate(given.ssh),
    bootstrap: undefined,
  }
  const offered = offerVariables([{ ...given, bootstrap: undefined }], context)
  const references = new SecretReferences(escaped, offered)
  const stack = stackOf(escaped, context, { escaped: true })
  const { output: meant, ...made } = stack.bootstrapTemplate()
  const blocks = asObject(toTemplate(made, references.reference))
  const makesSomething = Object.keys(asObject(blocks.resource)).length > 0
  if (!makesSomething) delete blocks.resource
  const outputs = asObject(toTemplate(meant, references.reference))
  const output = Object.entries(outputs).map(([name, value]) => [name, { value }] as const)
  // Terraform takes an empty block for one without a name.
  if (output.length > 0) blocks.output = Object.fromEntries(output)
  const constants = templateConstants(blocks, offered, context)
  const composing = { blocks, context, constants, problems: [], find: undefined }
  fillProviderBlock(localName(given.provider), { ...composing, given: escaped, stack, references })
  const { secrets } = declareVariables({ blocks, offered, context })
  return { template: blocks, makesSomething, secrets }
}

function asObject(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {}
}
