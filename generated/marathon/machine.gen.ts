// generated/marathon/machine.gen.ts: from specs/marathon.yaml. Edit the spec, not this file.
import { BaseMachine } from 'kloud-gen/runtime'
import type { Bootstrap, Credential, Metadata } from './schema.gen.js'

/** An app on Marathon. Extend it in `machine.ts`. */
export class MarathonMachine extends BaseMachine<Credential, Bootstrap, Metadata> {}
