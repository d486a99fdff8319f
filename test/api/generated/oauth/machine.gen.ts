// test/api/generated/oauth/machine.gen.ts: from test/api/specs/oauth.yaml. Edit the spec, not this file.
import { BaseMachine, type MachineInfo } from 'kloud-gen/runtime'
import type { Bootstrap, Credential, Metadata } from './schema.gen.js'

/** A server on OAuth. Extend it in `machine.ts`. */
export abstract class OauthMachine extends BaseMachine<Credential, Bootstrap, Metadata> {
  /** Asks OAuth how the server is. Written in `machine.ts`. */
  abstract override info(signal: AbortSignal): Promise<MachineInfo<Metadata>>
}
