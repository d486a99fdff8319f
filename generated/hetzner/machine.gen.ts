// generated/hetzner/machine.gen.ts: from specs/hetzner.yaml. Edit the spec, not this file.
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

/** What Hetzner Cloud calls the states of a server, in Kloud's words. */
export const states: States = {
  initializing: 'Building',
  rebuilding: 'Building',
  starting: 'Starting',
  running: 'Running',
  migrating: 'Pending',
  stopping: 'Stopping',
  off: 'Stopped',
  deleting: 'Terminating',
  unknown: 'Unknown',
}

/** The API of Hetzner Cloud, as a credential opens it. */
export function connect(credential: Credential, wire: Wire): HttpApi {
  return new HttpApi(
    {
      baseUrl: 'https://api.hetzner.cloud/v1',
      auth: bearer(credential.token),
      error: { code: 'error.code', message: 'error.message' },
    },
    wire,
  )
}

/** A server on Hetzner Cloud. Extend it in `machine.ts`. */
export class HetznerMachine extends BaseMachine<Credential, Bootstrap, Metadata> {
  readonly #api = connect(this.credential, this.wire)

  /** Asks Hetzner Cloud for the server; one that is not there is NotInitialized. */
  override async info(signal: AbortSignal): Promise<MachineInfo<Metadata>> {
    const answer = await this.#api.find(path`/servers/${this.metadata.server_id}`, {
      missing: { status: [404] },
      signal,
    })
    if (answer === undefined) return { state: 'NotInitialized' }
    return this.state(states, answer.require('server.status'))
  }

  /** Starts the server: calls `poweron`, and waits until that is done. */
  override async start(signal: AbortSignal): Operated<Metadata> {
    await this.#act('poweron', signal)
  }

  /**
   * Stops the server: calls `shutdown`, and waits up to 2 minutes until the server is Stopped; where that fails, goes
   * on. Where the server is Running then, calls `poweroff`, and waits until that is done.
   */
  override async stop(signal: AbortSignal): Operated<Metadata> {
    await this.optional('shutdown', signal, async () => {
      await this.#call('shutdown', signal)
      await this.waitFor('Stopped', { timeout: 120_000, signal })
    })
    if (await this.is('Running', signal)) await this.#act('poweroff', signal)
  }

  /** Calls the server's `action`. */
  #call(action: string, signal: AbortSignal): Promise<Answer> {
    return this.#api.post(path`/servers/${this.metadata.server_id}/actions/${action}`, {
      retry: { on: [423], for: 60_000 },
      signal,
    })
  }

  /** Calls the server's `action`, and waits until that is done. */
  async #act(action: string, signal: AbortSignal): Promise<void> {
    const answer = await this.#call(action, signal)
    await this.poll({
      ask: (signal) => this.#api.get(path`/actions/${answer.require('action.id')}`, { signal }),
      fail: "action.status == 'error'",
      until: "action.status == 'success'",
      signal,
    })
  }
}
