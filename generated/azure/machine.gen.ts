// generated/azure/machine.gen.ts: from specs/azure.yaml. Edit the spec, not this file.
import { BaseMachine } from 'kloud-gen/runtime'
import type { Bootstrap, Credential, Metadata } from './schema.gen.js'

/** A machine on Microsoft Azure. Extend it in `machine.ts`. */
export class AzureMachine extends BaseMachine<Credential, Bootstrap, Metadata> {}
