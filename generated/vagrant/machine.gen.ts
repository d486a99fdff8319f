// generated/vagrant/machine.gen.ts: from specs/vagrant.yaml. Edit the spec, not this file.
import { BaseMachine } from 'kloud-gen/runtime'
import type { Bootstrap, Credential, Metadata } from './schema.gen.js'

/** A vm on Vagrant. Extend it in `machine.ts`. */
export class VagrantMachine extends BaseMachine<Credential, Bootstrap, Metadata> {}
