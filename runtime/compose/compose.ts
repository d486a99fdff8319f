// In: a stack template, credentials, bootstrap values and a context. Out: the one template that Terraform gets, with nothing of the user's lost and no secret in it.
import type { JsonObject } from '../json.js'
import type { FindPlace } from '../template/path.js'
import { type Shadowed, shadowSecrets } from '../template/shadow.js'
import { noMachine, throwProblems } from './compose-errors.js'
import type { ComposeInput, ComposeProvider } from './compose-input.js'
import { type Composing, type FilledMachine, fillMachine, fillProviderBlock } from './compose-provider.js'
import type { ComposedMachine, Composition } from './composition.js'
import type { Context } from './context.js'
import { copyBlocks, inUsualOrder } from './copy-blocks.js'
import { declaredVariables, declareVariables, isOurs } from './declare-variables.js'
import { findMachines, machineAddress } from './find-machines.js'
import { forTemplate } from './for-template.js'
import { identify, type MachineIdentity } from './identify.js'
import { keyVariable, longestKey, nameKeyVariables } from './key-variables.js'
import { prepareKlient, putKlient } from './klient-user-data.js'
import { reachWarnings } from './reach-warnings.js'
import { SecretReferences } from './secret-references.js'
import { templateConstants } from './template-constants.js'
import { isUsed, localNames } from './terraform-providers.js'
import { laterVariables, offerVariables, type Variable } from './variables.js'
import {
  bootstrapWarnings,
  moduleWarnings,
  otherMachineWarnings,
  otherSourceWarnings,
  shadowWarnings,
} from './warnings.js'

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
  const { context } = input
  const { blocks: original, place: find, files = [] } = input.template
  const providers = input.providers.toSorted((left, right) => (left.provider.name < right.provider.name ? -1 : 1))
  const known = providers.map(({ provider }) => provider)
  const machines = known.flatMap((provider) => findMachines(original, provider, find))
  if (machines.length === 0) throw noMachine(known, files)

  const offered = offerVariables(providers, context)
  const constants = templateConstants(original, offered, context)
  const keyNames = nameKeyVariables(machines, declaredVariables(original))
  const shadowed = hideSecrets(original, { context, providers, offered, keyNames: [...keyNames.values()], find })

  const blocks = copyBlocks(shadowed.blocks)
  const composing: Composing = { blocks, context, constants, find, problems: [] }
  const filled: FilledMachine[] = []
  for (const given of providers) {
    const own = machines.filter(({ provider }) => provider === given.provider)
    const [name = given.provider.name, ...others] = localNames(given.provider, original)
    if (own.length === 0 && !isUsed([name, ...others], blocks)) continue
    const escaped = { ...given, credential: forTemplate(given.credential), bootstrap: forTemplate(given.bootstrap) }
    const references = new SecretReferences(escaped, offered)
    const one = { ...composing, given: escaped, stack: makeStack(escaped, context), references }
    fillProviderBlock(name, one)
    for (const machine of own) filled.push(await fillMachine(machine, one))
  }
  throwProblems(composing.problems, find)

  const warnings = [
    ...shadowWarnings(shadowed),
    ...otherSourceWarnings(original, known),
    ...otherMachineWarnings(original, input.others ?? [], known),
    ...moduleWarnings(original),
    ...reachWarnings(original),
    ...bootstrapWarnings(providers.filter(({ provider }) => filled.some((machine) => machine.provider === provider))),
  ]
  const counted = filled.map(({ type, name, resource }) => ({ type, name, instances: resource.instances }))
  const identities = await identify(counted, context)
  for (const provider of known) {
    const provision = await prepareKlient(provider, context, constants, blocks.data)
    for (const [index, machine] of filled.entries()) {
      if (machine.provider !== provider || provision === undefined) continue
      const own = identities[index] ?? []
      const keysVariable = keyNames.get(machineAddress(machine)) ?? ''
      offered.set(keysVariable, keyVariable(keysVariable, own))
      warnings.push(...putKlient({ machine, provision, keysVariable, keyLength: longestKey(own), constants, find }))
    }
  }

  const declared = declareVariables({ blocks, offered, context, later: laterVariables(providers), find })
  return {
    template: inUsualOrder(blocks),
    machines: filled.flatMap((machine, index) => describe(machine, identities[index] ?? [])),
    variables: declared.variables,
    secrets: declared.secrets,
    unanswered: declared.unanswered,
    unset: declared.unset,
    warnings: [...warnings, ...declared.warnings],
  }
}

interface Hiding {
  readonly context: Context
  readonly providers: readonly ComposeProvider[]
  readonly offered: ReadonlyMap<string, Variable>
  readonly keyNames: readonly string[]
  readonly find: FindPlace | undefined
}

/** Puts FORBIDDEN wherever the user could read a credential or a kite.key. A provider's block may use its own credential. */
function hideSecrets(blocks: JsonObject, { context, providers, offered, keyNames, find }: Hiding): Shadowed {
  const credentials = [...offered.values()].filter(({ name, provider, secret }) => {
    return provider !== undefined && secret && isOurs(name, blocks, context)
  })
  const owners = new Map(credentials.map(({ name, provider }) => [name, provider]))
  const blockNames = new Map(providers.map(({ provider }) => [provider.name, localNames(provider, blocks)]))
  return shadowSecrets(blocks, new Set([...owners.keys(), ...keyNames]), {
    mayUse: (block, variable) => blockNames.get(owners.get(variable) ?? '')?.includes(block) === true,
    ...(find === undefined ? {} : { find }),
  })
}

function makeStack({ provider, credential, bootstrap, ssh, identifier }: ComposeProvider, context: Context) {
  const { user, team, stack } = forTemplate({ user: context.user, team: context.team, stack: context.stack })
  return new provider.Stack({
    ...{ credential, bootstrap, ssh, user, team, stack },
    identifier: identifier ?? context.identifier,
  })
}

function describe(machine: FilledMachine, identities: readonly MachineIdentity[]): ComposedMachine[] {
  const { provider, resource, attributes } = machine
  const { klientTimeout, alwaysOn } = attributes
  const address = machineAddress(machine)
  return identities.map(({ key, label, kiteId, kiteKey }) => ({
    ...{ provider: provider.name, label, resource: address, kiteId, kiteKey, alwaysOn },
    address: address + resource.instances.addressStep(key),
    ...(klientTimeout === undefined ? {} : { klientTimeout }),
  }))
}
