// test/api/generated/program/machine.gen.ts: from test/api/specs/program.yaml. Edit the spec, not this file.
import {
  type Answer,
  BaseMachine,
  ExecApi,
  type MachineInfo,
  type Operated,
  type States,
  text,
  type Wire,
} from 'kloud-gen/runtime'
import type { Bootstrap, Credential, Metadata } from './schema.gen.js'

/** What Program calls the states of a domain, in Kloud's words. */
const states: States = { up: 'Running', down: 'Stopped' }

/** Runs `acme-ctl` with what a credential holds. */
export function connect(credential: Credential, wire: Wire): ExecApi {
  return new ExecApi(
    {
      program: 'acme-ctl',
      env: { ACME_USER: credential.user, ACME_PASSWORD: text`pw:${credential.password}`, ACME_LEVEL: credential.level },
    },
    wire,
  )
}

/** A domain on Program. Extend it in `machine.ts`. */
export class ProgramMachine extends BaseMachine<Credential, Bootstrap, Metadata> {
  readonly #acmeCtl = connect(this.credential, this.wire)

  /** Asks `acme-ctl show` how the domain is; one that is not there is NotInitialized. */
  override async info(signal: AbortSignal): Promise<MachineInfo<Metadata>> {
    const answer = await this.#acmeCtl.find(
      ['show', this.metadata.id, '--pool', text`${this.metadata.pool}`, text`--name=${this.metadata.id}`],
      { missing: { exit: [2, 'ENOENT'] }, json: true, signal },
    )
    if (answer === undefined) return { state: 'NotInitialized' }
    return this.state(states, answer.require('domain.state'))
  }

  /** Starts the domain: runs `acme-ctl boot`, and waits until that is done. */
  override async start(signal: AbortSignal): Operated<Metadata> {
    const answer = await this.#acmeCtl.run(['boot', this.metadata.id], { json: true, timeout: 300_000, signal })
    await this.poll({
      ask: (signal) =>
        this.#acmeCtl.run(['job', answer.require('job')], { lines: /^(?<name>[^/\s]+)\/(?<state>\w+)$/, signal }),
      fail: "[?state == 'failed'] | [0]",
      until: (asked) => asked.matches("[0].state == 'done' && [0].name == $response.name", { response: answer }),
      signal,
    })
  }

  /**
   * Stops the domain: runs `acme-ctl halt`; where that fails, goes on. Where `word != 'down'` then, runs `acme-ctl
   * kill`.
   */
  override async stop(signal: AbortSignal): Operated<Metadata> {
    await this.optional('acme-ctl halt', signal, () => this.#run('halt', signal))
    if (await this.matches("word != 'down'", signal)) await this.#run('kill', signal)
  }

  /** Runs `acme-ctl` with a command. */
  #run(command: string, signal: AbortSignal): Promise<Answer> {
    return this.#acmeCtl.run([command, this.metadata.id, '--soft'], { timeout: 60_000, signal })
  }
}
