// What specs/digitalocean.yaml should become: written by hand, for the runtime to be held against.
import type { Answer } from '../../runtime/machine/answer.js'
import { BaseMachine } from '../../runtime/machine/base-machine.js'
import { bearer } from '../../runtime/machine/http/auth.js'
import { path } from '../../runtime/machine/http/path.js'
import { HttpApi } from '../../runtime/machine/http-api.js'
import type { MachineInfo, States } from '../../runtime/machine/machine-info.js'
import type { Secret } from '../../runtime/secret.js'

export interface Credential {
  access_token: Secret
}

export interface Metadata {
  droplet_id: number
  region?: string
}

/** What DigitalOcean calls a droplet's status, in Kloud's words. */
const states: States = {
  new: 'Starting',
  active: 'Running',
  off: 'Stopped',
  archive: 'Terminated',
}

/** A droplet, through DigitalOcean's API. Extend it in `machine.ts`. */
export class DigitalOceanMachine extends BaseMachine<Credential, object, Metadata> {
  readonly #api = new HttpApi(
    {
      baseUrl: 'https://api.digitalocean.com/v2',
      auth: bearer(this.credential.access_token),
      error: 'message',
    },
    this.wire,
  )

  /** Asks for the droplet; one that is not there is NotInitialized. */
  override async info(signal: AbortSignal): Promise<MachineInfo<Metadata>> {
    const answer = await this.#api.find(path`/droplets/${this.metadata.droplet_id}`, {
      signal,
      missing: { status: [404] },
    })
    if (answer === undefined) return { state: 'NotInitialized' }
    return this.state(states, answer.require('droplet.status'))
  }

  /** Powers the droplet on, and waits until the action is completed. */
  override async start(signal: AbortSignal): Promise<void> {
    await this.#act('power_on', signal)
  }

  /** Asks the system to shut down, and cuts the power where two minutes later it still runs. */
  override async stop(signal: AbortSignal): Promise<void> {
    await this.optional('shutdown', signal, async () => {
      await this.#post('shutdown', signal)
      await this.waitFor('Stopped', { timeout: 120_000, signal })
    })
    if (await this.is('Running', signal)) await this.#act('power_off', signal)
  }

  /** Begins an action, and waits until it is completed. */
  async #act(type: string, signal: AbortSignal): Promise<void> {
    const begun = await this.#post(type, signal)
    await this.poll({
      ask: (signal) => this.#api.get(path`/actions/${begun.require('action.id')}`, { signal }),
      fail: "action.status == 'errored'",
      until: "action.status == 'completed'",
      signal,
    })
  }

  #post(type: string, signal: AbortSignal): Promise<Answer> {
    return this.#api.post(path`/droplets/${this.metadata.droplet_id}/actions`, {
      body: { type },
      retry: { on: [422], if: "contains(message, 'pending event')", for: 60_000 },
      signal,
    })
  }
}
