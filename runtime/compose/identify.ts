// In: the machines of a template, and what earlier compositions gave them. Out: a kite id and a key for each, that never change while the machine is there.
import { inputError, KloudError } from '../errors.js'
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
  readonly kiteKey: Secret
}

/**
 * The identities of the machines of each resource, in the order of its keys. Keys that the context does not have are signed, all at
 * once.
 *
 * @throws KloudError (input) for a Kontrol key that cannot be used
 */
export async function identify(machines: readonly CountedMachine[], context: Context): Promise<MachineIdentity[][]> {
  const known = machines.map((machine) =>
    machine.instances.keys.map((key, index) => idOf(machine, key, index, context)),
  )
  const unsigned = known.flat().filter(({ kiteKey }) => kiteKey === undefined)
  const keys = (
    await signKeys(
      unsigned.map(({ kiteId }) => kiteId),
      context,
    )
  ).values()
  return known.map((own) => own.map((id) => ({ ...id, kiteKey: id.kiteKey ?? nextKey(keys) })))
}

function idOf(machine: CountedMachine, key: string, index: number, context: Context) {
  const { instances, name } = machine
  const { kiteId, kiteKey } = knownIdentity(machine, index, context)
  const label = instances.labels[index] ?? name
  return { key, label, kiteId: kiteId ?? kiteIdFor(context.stack.id, stableLabel(machine, index)), kiteKey }
}

function nextKey(keys: Iterator<Secret>): Secret {
  const next = keys.next()
  if (next.done === true) throw new Error('every machine without a key has one signed')
  return next.value
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

async function signKeys(kiteIds: readonly string[], context: Context): Promise<Secret[]> {
  const { kontrol, user, now, seed, file } = context
  if (kiteIds.length === 0 && kontrol.privateKey === undefined) return []
  const { publicKey, url } = kontrol
  const privateKey = kontrol.privateKey ?? (seed === undefined ? undefined : await seededKey(seed))
  const options = { privateKey, publicKey, kontrolUrl: url, username: user.username, now }
  const signer = await createKiteKeySigner(options).catch((error: unknown) => {
    const isUnplaced = error instanceof KloudError && error.fault === 'input' && file !== undefined
    throw isUnplaced ? inputError(`context: ${error.message}`, { file }) : error
  })
  const keys = await signer.signAll(kiteIds)
  return keys.map((key) => new Secret(key))
}

async function seededKey(seed: string): Promise<Secret> {
  const { seededPrivateKey } = await import('../klient/seeded-key.js')
  return seededPrivateKey(seed)
}
