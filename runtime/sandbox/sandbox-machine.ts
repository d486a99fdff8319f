// In: the sandbox's resources and one of them. Out: it as a machine, to be asked, started and stopped, for providers whose cloud's API
// cannot be played: they ask through a program or a client of their own, or it is written by hand how they do.
import { setTimeout as sleep } from 'node:timers/promises'
import { KloudError } from '../errors.js'
import { BaseMachine, type MachineOptions } from '../machine/base-machine.js'
import type { MachineInfo } from '../machine/machine-info.js'
import type { MachineState } from '../machine/state.js'
import type { SandboxCloud } from './cloud.js'
import type { ResourceState, SandboxResource } from './cloud-rows.js'

const states = {
  creating: 'Building',
  ready: 'Running',
  starting: 'Starting',
  running: 'Running',
  stopping: 'Stopping',
  stopped: 'Stopped',
} as const satisfies Record<ResourceState, MachineState>

/** How long a start or a stop takes, in milliseconds. */
const latency = 30

/** How long an action that is stuck is waited for, in milliseconds; real clouds are given minutes. */
const stuckAfter = 500

export interface SandboxMachineOptions extends MachineOptions<object, object, object> {
  readonly cloud: SandboxCloud
  /** Its resource, where there is one. */
  readonly find: () => Promise<SandboxResource | undefined>
}

/** A machine of the sandbox, of whatever provider, that is not asked as its cloud's would be. */
export class SandboxMachine extends BaseMachine {
  readonly #cloud: SandboxCloud
  readonly #find: () => Promise<SandboxResource | undefined>

  constructor({ cloud, find, ...options }: SandboxMachineOptions) {
    super(options)
    this.#cloud = cloud
    this.#find = find
  }

  override async info(): Promise<MachineInfo> {
    const found = await this.#find()
    return found === undefined ? { state: 'NotInitialized' } : this.state(states, found.state)
  }

  override start(signal: AbortSignal): Promise<void> {
    return this.#move('starting', 'running', signal)
  }

  override stop(signal: AbortSignal): Promise<void> {
    return this.#move('stopping', 'stopped', signal)
  }

  async #move(during: ResourceState, goal: ResourceState, signal: AbortSignal): Promise<void> {
    const found = await this.#find()
    if (found === undefined) return
    if ((await this.#cloud.takeFault('fail-action', found.type)) !== undefined)
      throw new KloudError('badResponse', `the action on ${this.label} failed`)
    const isStuck = (await this.#cloud.takeFault('stuck-action', found.type)) !== undefined
    await this.#cloud.move(found.key, during, isStuck ? undefined : { state: goal, after: latency })
    await sleep(latency, undefined, { signal }).catch(() => {})
    if (isStuck) await this.waitFor(states[goal], { timeout: stuckAfter, signal })
  }
}
