// In: a provider and a template of one machine. Out: what became of them when they went through a whole life in a sandbox of their own.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isObject, type JsonObject } from '../json.js'
import { Kloud } from '../kloud.js'
import type { MachineState } from '../machine/state.js'
import type { Provider } from '../provider.js'
import { SandboxCloud } from './cloud.js'
import { sandboxFolder } from './sandbox-folder.js'

export interface WholeLifeOptions {
  /** A stack of at least one machine, as Terraform JSON. */
  readonly template: JsonObject
  /** The credential; one that looks right is made up when not said. */
  readonly credential?: JsonObject | undefined
  /** A path or program name of Terraform or OpenTofu. */
  readonly terraform?: string | undefined
}

/** How it went. */
export interface WholeLife {
  /** Labels of the machines that were made. */
  readonly machines: readonly string[]
  /** What there is to say of machines, such as that a Klient never called. */
  readonly complaints: readonly string[]
  /** Addresses that a second plan would change. */
  readonly unsettled: readonly string[]
  /** States of the first machine: after the stop, and after the start, where it can do those. */
  readonly states: readonly MachineState[]
  /** What adding a second machine like the first did, by machine: `second create`, `web none`. */
  readonly second: readonly string[]
  /** What exists in the cloud after everything was destroyed, as `TYPE ID`. */
  readonly left: readonly string[]
}

/**
 * Takes a provider through its whole life on the real Terraform: credential, bootstrap, plan, apply, a second plan, stop, start, a second machine,
 * destroy.
 * For authors' own tests; takes a few seconds.
 *
 * @example
 * test('Acme goes through its whole life', async () => {
 *   expect(await wholeLife(provider, { template })).toEqual({
 *     machines: ['web'],
 *     complaints: [],
 *     unsettled: [],
 *     states: ['Stopped', 'Running'],
 *     second: ['second create', 'web none'],
 *     left: [],
 *   })
 * })
 */
export async function wholeLife(
  provider: Provider,
  { template, credential, terraform }: WholeLifeOptions,
): Promise<WholeLife> {
  const folder = await mkdtemp(join(tmpdir(), 'kloud-life-'))
  try {
    const path = join(folder, 'life.tf.json')
    await writeFile(path, JSON.stringify(template))
    const kloud = await Kloud.open({ cwd: folder, sandbox: true, providers: [provider], terraform })
    try {
      const life = await live(kloud, { provider, path, template, credential })
      return { ...life, left: await whatIsLeft(sandboxFolder(join(folder, '.kloud'))) }
    } finally {
      await kloud.close()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

interface Living extends Pick<WholeLifeOptions, 'template' | 'credential'> {
  readonly provider: Provider
  readonly path: string
}

async function live(kloud: Kloud, { provider, path, template, credential }: Living): Promise<Omit<WholeLife, 'left'>> {
  const data = credential ?? (await kloud.sampleCredential(provider.name))
  const { identifier } = await kloud.credentials.add({ provider: provider.name, data })
  await kloud.bootstrap({ identifier }).result
  const { machines, stack } = await kloud.apply({ path }).result
  const { changes } = await kloud.plan({ path }).result
  const [first] = machines
  const states: MachineState[] = []
  if (first !== undefined) {
    for (const operation of ['stop', 'start'] as const)
      if (operation in provider.Machine.prototype)
        states.push((await kloud[operation]({ label: first.label }).result).state)
  }
  const second = await grow(kloud, path, withSecond(template, provider.machine.resource))
  await kloud.destroy({ name: stack }).result
  await kloud.bootstrap({ identifier, destroy: true }).result
  return {
    machines: machines.map(({ label }) => label),
    complaints: machines.flatMap(({ label, message }) => (message === undefined ? [] : [`${label}: ${message}`])),
    unsettled: changes.map(({ address }) => address),
    states,
    second,
  }
}

async function grow(kloud: Kloud, path: string, more: JsonObject): Promise<string[]> {
  await writeFile(path, JSON.stringify(more))
  const { plan } = await kloud.apply({ path }).result
  return plan.machines.map(({ label, action }) => `${label} ${action}`)
}

/** The template with another machine, just like its first. */
function withSecond(template: JsonObject, type: string): JsonObject {
  const more = structuredClone(template)
  const machines = isObject(more.resource) ? more.resource[type] : undefined
  if (!isObject(machines)) return more
  const [first] = Object.values(machines)
  if (first !== undefined) machines.second = structuredClone(first)
  return more
}

async function whatIsLeft(folder: string): Promise<string[]> {
  const cloud = await SandboxCloud.open(folder)
  try {
    return (await cloud.list()).map(({ type, id }) => `${type} ${id}`)
  } finally {
    cloud.close()
  }
}
