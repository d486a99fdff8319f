// In: the machines of a template, and what earlier compositions gave them. Out: a kite id and a key for each, that never change while the machine is there.
import { createKiteKeySigner, kiteIdFor } from '../klient/kite-key.js'
import { Secret } from '../secret.js'
import type { Context, Identity } from './context.js'
import type { MachineBlock } from './find-machines.js'
import type { Instances } from './instances.js'

/** A machine resource of which is known how many machines it is. */
export interface CountedMachine extends Pick<MachineBlock, 'type' | 'name'> {
  readonly instances: Instances
}

/** Who one machine is. */
export interface MachineIdentity {
  /** What tells it apart among those of its resource. */
  readonly key: string
  readonly label: string
  readonly kiteId: string
  /** Absent where keys are not signed. */
  readonly kiteKey: Secret | undefined
}

/**
 * The identities of the machines of each resource, in the order of its keys.
 *
 * @param sign false leaves out keys that would have to be signed
 * @throws KloudError (input) for a Kontrol key that cannot be used
 */
export async function identify(
  machines: readonly CountedMachine[],
  context: Context,
  sign: boolean,
): Promise<MachineIdentity[][]> {
  const all = machines.flatMap((machine) =>
    machine.instances.keys.map((key, index) => {
      const known = knownIdentity(machine, index, context)
      const kiteId = known.kiteId ?? kiteIdFor(context.stack.id, stableLabel(machine, index))
      return { machine, key, label: machine.instances.labels[index] ?? machine.name, kiteId, kiteKey: known.kiteKey }
    }),
  )
  const unsigned = sign ? all.filter(({ kiteKey }) => kiteKey === undefined) : []
  const signed = await signKeys(
    unsigned.map(({ kiteId }) => kiteId),
    context,
  )
  const keys = new Map(unsigned.map((identity, index) => [identity, signed[index]]))

  const identities = machines.map((machine): [CountedMachine, MachineIdentity[]] => [machine, []])
  const byMachine = new Map(identities)
  for (const identity of all) {
    const { machine, key, label, kiteId } = identity
    byMachine.get(machine)?.push({ key, label, kiteId, kiteKey: identity.kiteKey ?? keys.get(identity) })
  }
  return identities.map(([, own]) => own)
}

/**
 * The label that a kite id is derived from. The first of several has that of the one that it was before there was a count, as
 * Terraform keeps the resource itself then.
 */
function stableLabel({ type, name, instances }: CountedMachine, index: number): string {
  const isFirst = instances.kind !== 'each' && index === 0
  return `${type}.${isFirst ? name : instances.labels[index]}`
}

/** What the context says of a machine, by its label, or by the label it had with another count. */
function knownIdentity({ type, name, instances }: CountedMachine, index: number, { identities }: Context): Identity {
  const labels = [instances.labels[index] ?? name]
  if (instances.kind !== 'each' && index === 0) labels.push(name, `${name}.0`)
  const names = labels.flatMap((label) => [`${type}.${label}`, label])
  return names.map((label) => identities.get(label)).find((identity) => identity !== undefined) ?? {}
}

async function signKeys(kiteIds: readonly string[], { kontrol, user, now }: Context): Promise<Secret[]> {
  if (kiteIds.length === 0 && kontrol.privateKey === undefined) return []
  const { privateKey, publicKey, url } = kontrol
  const signer = await createKiteKeySigner({ privateKey, publicKey, kontrolUrl: url, username: user.username, now })
  const keys = await signer.signAll(kiteIds)
  return keys.map((key) => new Secret(key))
}
