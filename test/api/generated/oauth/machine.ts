// test/api/generated/oauth/machine.ts: yours. kloud-gen writes it once and from then on only adds what a spec newly asks for.
import type { MachineInfo } from 'kloud-gen/runtime'
import { OauthMachine } from './machine.gen.js'
import type { Metadata } from './schema.gen.js'

/** Override what this cloud does differently; everything else comes from the spec. */
export class Machine extends OauthMachine {
  /** Asks OAuth how the server is. Stop at once where `signal` says so. */
  override async info(signal: AbortSignal): Promise<MachineInfo<Metadata>> {
    signal.throwIfAborted()
    throw this.notWritten('info')
  }
}
