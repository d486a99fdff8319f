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
  readonly template: JsonObject
  readonly secrets: ReadonlyMap<string, Secret<JsonValue>>
}

/** Nothing where the provider makes nothing for a credential. */
export function composeBootstrap(given: GivenCredential, context: Context): ComposedBootstrap | undefined {
  const escaped = {
    ...given,
    credential: forTemplate(given.credential),
    ssh: forTemplate(given.ssh),
    bootstrap: undefined,
  }
  const offered = offerVariables([{ ...given, bootstrap: undefined }], context)
  const references = new SecretReferences(escaped, offered)
  const stack = stackOf(escaped, context, { escaped: true })
  const { output, ...made } = stack.bootstrapTemplate()
  const blocks = asObject(toTemplate(made, references.reference))
  if (Object.keys(asObject(blocks.resource)).length === 0) return undefined
  const outputs = asObject(toTemplate(output, references.reference))
  blocks.output = Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, { value }]))
  const constants = templateConstants(blocks, offered, context)
  const composing = { blocks, context, constants, problems: [], find: undefined }
  fillProviderBlock(localName(given.provider), { ...composing, given: escaped, stack, references })
  const { secrets } = declareVariables({ blocks, offered, context })
  return { template: blocks, secrets }
}

function asObject(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {}
}
