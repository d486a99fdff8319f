// generated/marathon/machine.gen.ts: from specs/marathon.yaml. Edit the spec, not this file.
import {
  type Answer,
  BaseMachine,
  basic,
  HttpApi,
  type MachineInfo,
  type Operated,
  path,
  pathOf,
  type States,
  type Wire,
} from 'kloud-gen/runtime'
import type { Bootstrap, Credential, Metadata } from './schema.gen.js'

/** What Marathon calls the states of an app, in Kloud's words. */
export const states: States = {
  deploying: 'Starting',
  waiting: 'Starting',
  running: 'Running',
  stopping: 'Stopping',
  suspended: 'Stopped',
}

/** The API of Marathon, as a credential opens it. */
export function connect(credential: Credential, wire: Wire): HttpApi {
  return new HttpApi(
    {
      baseUrl: credential.url,
      auth: basic(credential.basic_auth_user, credential.basic_auth_password),
      error: 'message',
      allowHttp: true,
    },
    wire,
  )
}

/** An app on Marathon. Extend it in `machine.ts`. */
export class MarathonMachine extends BaseMachine<Credential, Bootstrap, Metadata> {
  readonly #api = connect(this.credential, this.wire)

  /** Asks Marathon for the app; one that is not there is NotInitialized. */
  override async info(signal: AbortSignal): Promise<MachineInfo<Metadata>> {
    const answer = await this.#api.find(path`/v2/apps${pathOf(this.metadata.app_id)}`, {
      missing: { status: [404] },
      signal,
    })
    if (answer === undefined) return { state: 'NotInitialized' }
    return this.state(
      states,
      answer.require(
        "app && (app.instances == `0` && (app.tasksRunning > `0` && 'stopping' || 'suspended') || app.tasksRunning > `0` && 'running' || app.deployments && 'deploying' || 'waiting')",
      ),
    )
  }

  /** Starts the app: sets `instances` to `1`. */
  override async start(signal: AbortSignal): Operated<Metadata> {
    await this.#put(1, signal)
  }

  /** Stops the app: sets `instances` to `0`. */
  override async stop(signal: AbortSignal): Operated<Metadata> {
    await this.#put(0, signal)
  }

  /** Sets the app's `instances`. */
  #put(instances: number, signal: AbortSignal): Promise<Answer> {
    return this.#api.put(path`/v2/apps${pathOf(this.metadata.app_id)}`, {
      body: { instances },
      retry: { on: [409], for: 60_000 },
      signal,
    })
  }
}
