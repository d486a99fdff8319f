// generated/aws/machine.gen.ts: from specs/aws.yaml. Edit the spec, not this file.
import { BaseMachine } from 'kloud-gen/runtime'
import type { Bootstrap, Credential, Metadata } from './schema.gen.js'

/** An instance on Amazon Web Services. Extend it in `machine.ts`. */
export class AwsMachine extends BaseMachine<Credential, Bootstrap, Metadata> {}
