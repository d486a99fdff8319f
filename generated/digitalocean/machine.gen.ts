// generated/digitalocean/machine.gen.ts: from specs/digitalocean.yaml. Edit the spec, not this file.
import {
  type Answer,
  BaseMachine,
  bearer,
  HttpApi,
  type MachineInfo,
  type Operated,
  path,
  type States,
  type Wire,
} from 'kloud-gen/runtime'
import type { Bootstrap, Credential, Metadata } from './schema.gen.js'

/** What DigitalOcean calls the states of a droplet, in Kloud's words. */
export const states: States = { new: 'Starting', active: 'Running', off: 'Stopped', archive: 'Terminated' }

/** The API of DigitalOcean, as a credential opens it. */
export function connect(credential: Credential, wire: Wire): HttpApi {
  return new HttpApi(
    { baseUrl: 'https://api.digitalocean.com/v2', auth: bearer(credential.access_token), error: 'message' },
    wire,
  )
}

/** A droplet on DigitalOcean. Extend it in `machine.ts`. */
export class DigitalOceanMachine extends BaseMachine<Credential, Bootstrap, Metadata> {
  readonly #api = connect(this.credential, this.wire)

  /** Asks DigitalOcean for the droplet; one that is not there is NotInitialized. */
  override async info(signal: AbortSignal): Promise<MachineInfo<Metadata>> {
    const answer = await this.#api.find(path`/droplets/${this.metadata.droplet_id}`, {
      missing: { status: [404] },
      signal,
    })
    if (answer === undefined) return { state: 'NotInitialized' }
    return this.state(states, answer.require('droplet.status'))
  }

  /** Starts the droplet: asks for `power_on`, and waits until that is done. */
  override async start(signal: AbortSignal): Operated<Metadata> {
    await this.#act('power_on', signal)
  }

  /**
   * Stops the droplet: asks for `shutdown`, and waits up to 2 minutes until the droplet is Stopped; where that fails,
   * goes on. Where the droplet is Running then, asks for `power_off`, and waits until that is done.
   */
  override async stop(signal: AbortSignal): Operated<Metadata> {
    await this.optional('shutdown', signal, async () => {
      await this.#post('shutdown', signal)
      await this.waitFor('Stopped', { timeout: 120_000, signal })
    })
    if (await this.is('Running', signal)) await this.#act('power_off', signal)
  }

  /** Asks for an action by its `type`. */
  #post(type: string, signal: AbortSignal): Promise<Answer> {
    return this.#api.post(path`/droplets/${this.metadata.droplet_id}/actions`, {
      body: { type },
      retry: { on: [422], if: "contains(message, 'pending event')", for: 60_000 },
      signal,
    })
  }

  /** Asks for an action by its `type`, and waits until that is done. */
  async #act(type: string, signal: AbortSignal): Promise<void> {
    const answer = await this.#post(type, signal)
    await this.poll({
      ask: (signal) => this.#api.get(path`/actions/${answer.require('action.id')}`, { signal }),
      fail: "action.status == 'errored'",
      until: "action.status == 'completed'",
      signal,
    })
  }
}
