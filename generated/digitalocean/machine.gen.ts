// generated/digitalocean/machine.gen.ts: from specs/digitalocean.yaml. Edit the spec, not this file.
import { BaseMachine } from 'kloud-gen/runtime'
import type { Bootstrap, Credential, Metadata } from './schema.gen.js'

/** A droplet on DigitalOcean. Extend it in `machine.ts`. */
export class DigitalOceanMachine extends BaseMachine<Credential, Bootstrap, Metadata> {}
