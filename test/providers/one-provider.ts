// In: a generated provider, and what a user could have given it. Out: templates composed with it, as they go to Terraform.
import { compose } from '../../runtime/compose/compose.js'
import type { ComposeProvider } from '../../runtime/compose/compose-input.js'
import type { Composition } from '../../runtime/compose/composition.js'
import { parseContext } from '../../runtime/compose/context.js'
import { isObject, type JsonObject, type JsonValue } from '../../runtime/json.js'
import type { Provider } from '../../runtime/provider.js'
import { composeBootstrap } from '../../runtime/stack/compose-bootstrap.js'
import { parseTemplate } from '../../runtime/template/read.js'
import { sampleOf } from '../compose/samples.js'

/** Keys that need no signing, for the labels that these tests use. */
const labels = ['web', ...[0, 1, 2].map((index) => `web.${index}`), 'web["eu"]', 'web["us"]', 'db']
const context = parseContext({
  identities: Object.fromEntries(labels.map((label) => [label, { kiteKey: `kite.key-of-${label}` }])),
  user: { username: 'ada', email: 'ada@example.com' },
  team: { slug: 'engines', title: 'Engines' },
  stack: { id: 'stack-1', title: 'Shop' },
})

export interface OneProvider {
  readonly given: ComposeProvider
  /** Composes a template. */
  compose(blocks: JsonObject): Promise<Composition>
  /** Composes a template with one machine, `web`, and gives its resource. */
  machine(attributes?: JsonObject, more?: JsonObject): Promise<JsonObject>
  /** The template of its bootstrap. */
  bootstrap(): JsonObject
}

/**
 * A provider, with a credential and bootstrap values: those that are given, and others that it accepts.
 *
 * @example
 * const aws = oneProvider(provider, { bootstrap: { subnet: 'subnet-1' } })
 * expect(await aws.machine()).toMatchObject({ subnet_id: 'subnet-1' })
 */
export function oneProvider(
  provider: Provider,
  { credential, bootstrap }: { credential?: JsonObject; bootstrap?: JsonObject } = {},
): OneProvider {
  const sample = sampleOf(provider)
  const given: ComposeProvider = {
    ...sample,
    credential: provider.Credential.parse({ ...sample.credential, ...credential }),
    bootstrap: provider.Bootstrap.parse({ ...sample.bootstrap, ...bootstrap }),
  }
  const composeBlocks = async (blocks: JsonObject) =>
    compose({
      template: await parseTemplate(JSON.stringify(blocks), 'stack.json'),
      providers: [given],
      context,
    })
  return {
    given,
    compose: composeBlocks,
    async machine(attributes = {}, more = {}) {
      const { resource } = provider.machine
      const composed = await composeBlocks({ ...more, resource: { [resource]: { web: attributes } } })
      return asObject(at(composed.template, 'resource', resource, 'web'))
    },
    bootstrap: () => {
      const { template, makesSomething } = composeBootstrap({ ...given, identifier: 'c-1' }, context)
      return makesSomething ? template : {}
    },
  }
}

/** A value in a template. */
export function at(template: JsonValue | undefined, ...path: (string | number)[]): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>((value, step) => {
    if (Array.isArray(value)) return value[Number(step)]
    return isObject(value) ? value[step] : undefined
  }, template)
}

export function asObject(value: JsonValue | undefined): JsonObject {
  if (isObject(value)) return value
  throw new Error(`not an object: ${JSON.stringify(value)}`)
}

/** A script of so many bytes or a few more, which cannot be packed well. */
export function longScript(bytes: number): string {
  let text = '#!/bin/sh\n: '
  for (let index = 1; text.length < bytes; index++) text += ((index * 2_654_435_761) % 4_294_967_296).toString(36)
  return text
}
