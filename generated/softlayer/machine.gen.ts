// generated/softlayer/machine.gen.ts: from specs/softlayer.yaml. Edit the spec, not this file.
import { BaseMachine } from 'kloud-gen/runtime'
import type { Bootstrap, Credential, Metadata } from './schema.gen.js'

/** An instance on IBM Cloud Classic (SoftLayer). Extend it in `machine.ts`. */
export class SoftLayerMachine extends BaseMachine<Credential, Bootstrap, Metadata> {}
