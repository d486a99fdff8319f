// generated/google/machine.gen.ts: from specs/google.yaml. Edit the spec, not this file.
import { BaseMachine } from 'kloud-gen/runtime'
import type { Bootstrap, Credential, Metadata } from './schema.gen.js'

/** An instance on Google Cloud. Extend it in `machine.ts`. */
export class GoogleMachine extends BaseMachine<Credential, Bootstrap, Metadata> {}
