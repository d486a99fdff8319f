// test/api/generated/steps/machine.gen.ts: from test/api/specs/steps.yaml. Edit the spec, not this file.
import {
  BaseMachine,
  HttpApi,
  header,
  int,
  type MachineInfo,
  type MetadataPatch,
  type Operated,
  path,
  type States,
  text,
  type Wire,
} from 'kloud-gen/runtime'
import type { Bootstrap, Credential, Metadata } from './schema.gen.js'

/** What Steps calls the states of a server, in Kloud's words. */
export const states: States = { '200': 'Pending', on: 'Running', off: 'Stopped' }

/** The API of Steps, as a credential opens it. */
export function connect(credential: Credential, wire: Wire): HttpApi {
  return new HttpApi(
    {
      baseUrl: text`https://api.example.com:${credential.port}/v1`,
      auth: header({ 'X-Key': text`Key ${credential.key}`, 'X-Port': text`${credential.port}` }),
      headers: { 'X-Zone': credential.zone },
      error: { code: 'error.code' },
    },
    wire,
  )
}

/** A server on Steps. Extend it in `machine.ts`. */
export abstract class StepsMachine extends BaseMachine<Credential, Bootstrap, Metadata> {
  protected readonly api = connect(this.credential, this.wire)

  /** Asks Steps for the server; one that is not there is NotInitialized. Brings `address`, `cpus` and `locked` home. */
  override async info(signal: AbortSignal): Promise<MachineInfo<Metadata>> {
    const answer = await this.api.find('/servers/query', {
      method: 'POST',
      missing: { status: [404, 410], error: ['gone'] },
      body: {
        ids: [this.metadata.id],
        name: this.metadata.name,
        deep: { tags: this.metadata.tags, first: this.metadata.tags?.[0] },
      },
      idempotent: true,
      signal,
    })
    if (answer === undefined) return { state: 'NotInitialized' }
    const words = [answer.text('servers[0].power'), answer.text('servers[0].status')]
    if (!words.some(Boolean)) return { state: 'NotInitialized' }
    return {
      ...this.state(states, ...words),
      metadata: {
        address: answer.text('servers[0].ip'),
        cpus: answer.number('servers[0].cpus'),
        locked: answer.boolean('servers[0].locked'),
      },
    }
  }

  /** Starts the server: calls `locks`. Then calls `boot`, and waits up to 30 minutes until that is done. */
  override async start(signal: AbortSignal): Operated<Metadata> {
    const locksAnswer = await this.api.post('/locks', {
      body: { server: this.metadata.id, network: this.bootstrap.network },
      expect: 'token',
      signal,
    })
    const bootAnswer = await this.api.post(path`/servers/${this.metadata.id}/boot`, {
      headers: { 'X-Lock': locksAnswer.text('token') },
      body: {
        lock: {
          token: locksAnswer.value('token') ?? undefined,
          since: int(locksAnswer.value('at') ?? undefined),
          by: text`kloud-${locksAnswer.require('id')}`,
        },
        tag: locksAnswer.header('etag'),
      },
      expect: 'id == $response.id',
      retry: { on: [409], if: 'lock == $response.id', for: 90_000 },
      bindings: { response: locksAnswer },
      timeout: 1500,
      signal,
    })
    await this.poll({
      ask: (signal) => this.api.get(bootAnswer.link('location'), { signal }),
      fail: "state == 'failed'",
      until: (asked) => asked.matches("state == 'done' && id == $response.id", { response: bootAnswer }),
      interval: 2000,
      timeout: 1_800_000,
      signal,
    })
  }

  /**
   * Stops the server: where the server is Running or Rebooting, calls `warn`; where that fails, goes on. Then calls
   * `power`, and waits until that is done.
   */
  override async stop(signal: AbortSignal): Operated<Metadata> {
    if (await this.is(['Running', 'Rebooting'], signal)) {
      await this.optional('warn', signal, () => this.api.post(path`/servers/${this.metadata.id}/warn`, { signal }))
    }
    await this.api.delete(path`/servers/${this.metadata.id}/power`, { query: { force: true }, signal })
    await this.#untilDone(signal)
  }

  /**
   * Restarts the server: asks for `restart`, and waits until that is done. Then sets `generation` to `2`, and waits
   * until that is done.
   */
  override async restart(signal: AbortSignal): Operated<Metadata> {
    await this.api.post(path`/servers/${this.metadata.id}/drain`, { body: { reason: 'restart' }, signal })
    await this.#untilDone(signal)
    const answer = await this.api.patch(path`/servers/${this.metadata.id}`, {
      body: { generation: 2 },
      idempotent: true,
      signal,
    })
    await this.poll({
      ask: (signal) => this.api.get(path`/generations/${answer.require('generation')}`, { signal }),
      until: 'ready',
      signal,
    })
  }

  /** Destroys the server. Written in `machine.ts`. */
  abstract override destroy(signal: AbortSignal): Promise<MetadataPatch<Metadata>>

  /** Waits until what was begun is done. */
  async #untilDone(signal: AbortSignal): Promise<void> {
    await this.poll({
      ask: (signal) => this.api.get(path`/servers/${this.metadata.id}/queue`, { signal }),
      until: 'length(items) == `0`',
      signal,
    })
  }
}
