// generated/example/machine.gen.ts: from specs/example.yaml. Edit the spec, not this file.
import { BaseMachine, type MachineInfo, type MetadataPatch } from 'kloud-gen/runtime'
import type { Bootstrap, Credential, Metadata } from './schema.gen.js'

/** An instance on Example Cloud. Extend it in `machine.ts`. */
export abstract class ExampleMachine extends BaseMachine<Credential, Bootstrap, Metadata> {
  /** Asks Example Cloud how the instance is. Written in `machine.ts`. */
  abstract override info(signal: AbortSignal): Promise<MachineInfo<Metadata>>

  /** Starts the instance. Called only where it does not run. Written in `machine.ts`. */
  abstract override start(signal: AbortSignal): Promise<MetadataPatch<Metadata>>

  /** Stops the instance. Called only where it runs. Written in `machine.ts`. */
  abstract override stop(signal: AbortSignal): Promise<MetadataPatch<Metadata>>
}
