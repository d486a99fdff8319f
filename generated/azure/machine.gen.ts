// generated/azure/machine.gen.ts: from specs/azure.yaml. Edit the spec, not this file.
import {
  azureAd,
  BaseMachine,
  HttpApi,
  type MachineInfo,
  type Operated,
  path,
  pathOf,
  type States,
  type Wire,
} from 'kloud-gen/runtime'
import type { Bootstrap, Credential, Metadata } from './schema.gen.js'

/** What Microsoft Azure calls the states of a machine, in Kloud's words. */
export const states: States = {
  'ProvisioningState/creating': 'Building',
  'ProvisioningState/deleting': 'Terminating',
  'PowerState/creating': 'Building',
  'PowerState/starting': 'Starting',
  'PowerState/running': 'Running',
  'PowerState/stopping': 'Stopping',
  'PowerState/stopped': 'Stopped',
  'PowerState/deallocating': 'Stopping',
  'PowerState/deallocated': 'Stopped',
  'PowerState/unknown': 'Unknown',
}

/** The API of Microsoft Azure, as a credential opens it. */
export function connect(credential: Credential, wire: Wire): HttpApi {
  return new HttpApi(
    {
      baseUrl: 'https://management.azure.com',
      auth: azureAd({
        tenant: credential.tenant_id,
        client: credential.client_id,
        secret: credential.client_secret,
        scope: 'https://management.azure.com/.default',
      }),
      query: { 'api-version': '2025-04-01' },
      error: { code: 'error.code', message: 'error.message' },
    },
    wire,
  )
}

/** A machine on Microsoft Azure. Extend it in `machine.ts`. */
export class AzureMachine extends BaseMachine<Credential, Bootstrap, Metadata> {
  readonly #api = connect(this.credential, this.wire)

  /** Asks Microsoft Azure for the machine; one that is not there is NotInitialized. */
  override async info(signal: AbortSignal): Promise<MachineInfo<Metadata>> {
    const answer = await this.#api.find(path`${pathOf(this.metadata.vm_id)}/instanceView`, {
      missing: { error: ['ResourceNotFound', 'ResourceGroupNotFound'] },
      signal,
    })
    if (answer === undefined) return { state: 'NotInitialized' }
    return this.state(
      states,
      answer.text("statuses[?starts_with(code, 'ProvisioningState/')].code | [0]"),
      answer.text("statuses[?starts_with(code, 'PowerState/')].code | [0]"),
    )
  }

  /** Starts the machine: calls `start`, and waits until that is done. */
  override async start(signal: AbortSignal): Operated<Metadata> {
    await this.#act('start', signal)
  }

  /** Stops the machine: calls `deallocate`, and waits until that is done. */
  override async stop(signal: AbortSignal): Operated<Metadata> {
    await this.#act('deallocate', signal)
  }

  /** Calls the machine's `action`, and waits until that is done. */
  async #act(action: string, signal: AbortSignal): Promise<void> {
    const answer = await this.#api.post(path`${pathOf(this.metadata.vm_id)}/${action}`, { signal })
    await this.poll({
      ask: (signal) => this.#api.get(answer.link('azure-asyncoperation'), { signal }),
      fail: "status == 'Failed' || status == 'Canceled'",
      until: "status == 'Succeeded'",
      signal,
    })
  }
}
