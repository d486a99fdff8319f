// In: a stack template, credentials, bootstrap values and a context. Out: the one template that Terraform gets, with nothing of the user's lost and no secret in it.
import { shadowSecrets } from '../template/shadow.js'
import { noMachine, throwProblems } from './compose-errors.js'
import type { ComposeInput, ComposeProvider } from './compose-input.js'
import { type Composing, fillMachines, fillProviderBlock } from './compose-provider.js'
import type { ComposedMachine, Composition } from './composition.js'
import { copyBlocks, inUsualOrder } from './copy-blocks.js'
import { declaredVariables, declareVariables, isOurs } from './declare-variables.js'
import { findMachines } from './find-machines.js'
import { forTemplate } from './for-template.js'
import { type CountedMachine, identify, type MachineIdentity } from './identify.js'
import { keyVariables } from './key-variables.js'
import type { KodingAttributes } from './koding-attributes.js'
import { resolveInstances } from './resolve-instances.js'
import { SecretReferences } from './secret-references.js'
import { templateConstants } from './template-constants.js'
import { isUsed, localNames } from './terraform-providers.js'
import { offerVariables } from './variables.js'
import { moduleWarnings, otherMachineWarnings, otherSourceWarnings, shadowWarnings } from './warnings.js'

/**
 * Composes a template. Pure: no network, no Terraform, no state; the input is not changed.
 *
 * @throws KloudError (input) for what is wrong with the template, at its file and place, with no secret in it
 * @example
 * const template = await readTemplate('stack.yaml')
 * const credential = provider.Credential.parse(JSON.parse(text))
 * const { template: final, machines } = await compose({ template, providers: [{ provider, credential }], context: parseContext({}) })
 */
export async function compose(input: ComposeInput): Promise<Composition> {
  const { context, sign = true } = input
  const { blocks: original, place: find } = input.template
  const providers = input.providers.toSorted((left, right) => (left.provider.name < right.provider.name ? -1 : 1))
  const known = providers.map(({ provider }) => provider)
  const names = new Map(known.map((provider) => [provider.name, localNames(provider, original)]))

  const offered = offerVariables(providers, context)
  const constants = templateConstants(original, offered, context)
  const machines = known.flatMap((provider) =>
    findMachines(original, provider, find).map((machine) => ({
      ...machine,
      instances: resolveInstances({ ...machine, constants, find }),
    })),
  )
  if (machines.length === 0) throw noMachine(known, find)
  const identities = await identify(machines, context, sign)
  const keys = keyVariables(identities, declaredVariables(original))

  const secrets = [...offered.values()].filter((variable) => variable.provider && variable.secret)
  const hidden = [...secrets.filter((variable) => isOurs(variable.name, original, context)), ...keys.values()]
  const shadowed = shadowSecrets(original, new Set(hidden.map(({ name }) => name)), {
    mayUse: (block, variable) => names.get(offered.get(variable)?.provider ?? '')?.includes(block) === true,
    ...(find === undefined ? {} : { find }),
  })

  const blocks = copyBlocks(shadowed.blocks)
  const warnings = [
    ...shadowWarnings(shadowed),
    ...otherSourceWarnings(blocks, known),
    ...otherMachineWarnings(blocks, input.others ?? [], known),
    ...moduleWarnings(blocks),
  ]
  const composing: Composing = { blocks, context, constants, keys, find, warnings, problems: [] }
  const attributes = new Map<CountedMachine, KodingAttributes>()
  for (const given of providers) {
    const own = machines.filter(({ provider }) => provider === given.provider)
    const ownNames = names.get(given.provider.name) ?? []
    if (own.length === 0 && !isUsed(ownNames, blocks)) continue
    const escaped = { ...given, credential: forTemplate(given.credential), bootstrap: forTemplate(given.bootstrap) }
    const references = new SecretReferences(escaped, offered)
    const one = { ...composing, given: escaped, stack: makeStack(escaped, input), names: ownNames, references }
    fillProviderBlock(one)
    for (const [machine, said] of await fillMachines(own, one)) attributes.set(machine, said)
  }
  throwProblems(composing.problems, find)

  for (const variable of keys.values()) offered.set(variable.name, variable)
  const declared = declareVariables({ blocks, offered, context, find })
  return {
    template: inUsualOrder(blocks),
    machines: machines.flatMap((machine) => describe(machine, identities.get(machine) ?? [], attributes.get(machine))),
    variables: declared.variables,
    secrets: declared.secrets,
    warnings: [...warnings, ...declared.warnings],
  }
}

function makeStack({ provider, credential, bootstrap, ssh, identifier }: ComposeProvider, { context }: ComposeInput) {
  const { user, team, stack } = forTemplate({ user: context.user, team: context.team, stack: context.stack })
  return new provider.Stack({
    ...{ credential, bootstrap, ssh, user, team, stack },
    identifier: identifier ?? context.identifier,
  })
}

function describe(
  { provider, type, name, instances }: CountedMachine,
  identities: readonly MachineIdentity[],
  attributes: KodingAttributes | undefined,
): ComposedMachine[] {
  const resource = `${type}.${name}`
  return identities.map(({ key, label, kiteId, kiteKey }) => ({
    ...{ provider: provider.name, label, resource, address: resource + instances.addressStep(key), kiteId },
    ...(kiteKey === undefined ? {} : { kiteKey }),
    ...(attributes?.klientTimeout === undefined ? {} : { klientTimeout: attributes.klientTimeout }),
    alwaysOn: attributes?.alwaysOn === true,
  }))
}
