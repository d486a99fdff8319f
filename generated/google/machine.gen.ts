// generated/google/machine.gen.ts: from specs/google.yaml. Edit the spec, not this file.
import {
  BaseMachine,
  googleServiceAccount,
  HttpApi,
  type MachineInfo,
  type Operated,
  path,
  type States,
  type Wire,
} from 'kloud-gen/runtime'
import type { Bootstrap, Credential, Metadata } from './schema.gen.js'

/** What Google Cloud calls the states of an instance, in Kloud's words. */
export const states: States = {
  PENDING: 'Pending',
  PROVISIONING: 'Building',
  STAGING: 'Starting',
  RUNNING: 'Running',
  REPAIRING: 'Rebooting',
  PENDING_STOP: 'Stopping',
  STOPPING: 'Stopping',
  SUSPENDING: 'Stopping',
  DEPROVISIONING: 'Stopping',
  STOPPED: 'Stopped',
  SUSPENDED: 'Stopped',
  TERMINATED: 'Stopped',
}

/** The API of Google Cloud, as a credential opens it. */
export function connect(credential: Credential, wire: Wire): HttpApi {
  return new HttpApi(
    {
      baseUrl: 'https://compute.googleapis.com/compute/v1',
      auth: googleServiceAccount({ key: credential.credentials, scopes: ['https://www.googleapis.com/auth/compute'] }),
      error: 'error.message',
    },
    wire,
  )
}

/** An instance on Google Cloud. Extend it in `machine.ts`. */
export class GoogleMachine extends BaseMachine<Credential, Bootstrap, Metadata> {
  readonly #api = connect(this.credential, this.wire)

  /** Asks Google Cloud for the instance; one that is not there is NotInitialized. */
  override async info(signal: AbortSignal): Promise<MachineInfo<Metadata>> {
    const answer = await this.#api.find(
      path`/projects/${this.metadata.project}/zones/${this.metadata.zone}/instances/${this.metadata.name}`,
      { missing: { status: [404] }, signal },
    )
    if (answer === undefined) return { state: 'NotInitialized' }
    return this.state(states, answer.require('status'))
  }

  /**
   * Starts the instance: where `word == 'SUSPENDED'`, calls `resume`, and waits until that is done. Where the instance
   * is Stopped then, calls `start`, and waits until that is done.
   */
  override async start(signal: AbortSignal): Operated<Metadata> {
    if (await this.matches("word == 'SUSPENDED'", signal)) await this.#act('resume', signal)
    if (await this.is('Stopped', signal)) await this.#act('start', signal)
  }

  /** Stops the instance: calls `stop`, and waits until that is done. */
  override async stop(signal: AbortSignal): Operated<Metadata> {
    await this.#act('stop', signal)
  }

  /** Calls the instance's `action`, and waits until that is done. */
  async #act(action: string, signal: AbortSignal): Promise<void> {
    const answer = await this.#api.post(
      path`/projects/${this.metadata.project}/zones/${this.metadata.zone}/instances/${this.metadata.name}/${action}`,
      { signal },
    )
    await this.poll({
      ask: (signal) =>
        this.#api.get(
          path`/projects/${this.metadata.project}/zones/${this.metadata.zone}/operations/${answer.require('name')}`,
          { signal },
        ),
      fail: 'error',
      until: "status == 'DONE'",
      signal,
    })
  }
}
