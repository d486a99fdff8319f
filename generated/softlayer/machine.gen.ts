// generated/softlayer/machine.gen.ts: from specs/softlayer.yaml. Edit the spec, not this file.
import {
  type Answer,
  BaseMachine,
  basic,
  HttpApi,
  type MachineInfo,
  type Operated,
  path,
  type States,
  type Wire,
} from 'kloud-gen/runtime'
import type { Bootstrap, Credential, Metadata } from './schema.gen.js'

/** What IBM Cloud Classic (SoftLayer) calls the states of an instance, in Kloud's words. */
export const states: States = { INITIATING: 'Building', RUNNING: 'Running', PAUSED: 'Stopped', HALTED: 'Stopped' }

/** The API of IBM Cloud Classic (SoftLayer), as a credential opens it. */
export function connect(credential: Credential, wire: Wire): HttpApi {
  return new HttpApi(
    {
      baseUrl: 'https://api.softlayer.com/rest/v3.1',
      auth: basic(credential.username, credential.api_key),
      error: { code: 'code', message: 'error' },
    },
    wire,
  )
}

/** An instance on IBM Cloud Classic (SoftLayer). Extend it in `machine.ts`. */
export class SoftLayerMachine extends BaseMachine<Credential, Bootstrap, Metadata> {
  readonly #api = connect(this.credential, this.wire)

  /** Asks IBM Cloud Classic (SoftLayer) for the instance; one that is not there is NotInitialized. */
  override async info(signal: AbortSignal): Promise<MachineInfo<Metadata>> {
    const answer = await this.#api.find(path`/SoftLayer_Virtual_Guest/${this.metadata.guest_id}/getPowerState.json`, {
      missing: { error: ['SoftLayer_Exception_ObjectNotFound'] },
      signal,
    })
    if (answer === undefined) return { state: 'NotInitialized' }
    return this.state(states, answer.require('keyName'))
  }

  /**
   * Starts the instance: where `word == 'PAUSED'`, calls `resume`. Where the instance is Stopped then, calls `powerOn`.
   */
  override async start(signal: AbortSignal): Operated<Metadata> {
    if (await this.matches("word == 'PAUSED'", signal)) await this.#call('resume', signal)
    if (await this.is('Stopped', signal)) await this.#call('powerOn', signal)
  }

  /**
   * Stops the instance: calls `powerOffSoft`, and waits up to 3 minutes until the instance is Stopped; where that
   * fails, goes on. Where the instance is Running then, calls `powerOff`.
   */
  override async stop(signal: AbortSignal): Operated<Metadata> {
    await this.optional('powerOffSoft', signal, async () => {
      await this.#call('powerOffSoft', signal)
      await this.waitFor('Stopped', { timeout: 180_000, signal })
    })
    if (await this.is('Running', signal)) await this.#call('powerOff', signal)
  }

  /** Calls the instance's `action`. */
  #call(action: string, signal: AbortSignal): Promise<Answer> {
    return this.#api.get(path`/SoftLayer_Virtual_Guest/${this.metadata.guest_id}/${action}.json`, {
      expect: '@',
      signal,
    })
  }
}
