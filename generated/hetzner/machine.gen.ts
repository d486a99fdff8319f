// generated/hetzner/machine.gen.ts: from specs/hetzner.yaml. Edit the spec, not this file.
import { BaseMachine } from 'kloud-gen/runtime'
import type { Bootstrap, Credential, Metadata } from './schema.gen.js'

/** A server on Hetzner Cloud. Extend it in `machine.ts`. */
export class HetznerMachine extends BaseMachine<Credential, Bootstrap, Metadata> {}
