// generated/example/machine.ts: yours. kloud-gen writes it once and from then on only adds what a spec newly asks for.
import type { MachineInfo, MetadataPatch } from 'kloud-gen/runtime'
import { ExampleMachine } from './machine.gen.js'
import type { Metadata } from './schema.gen.js'

/** Override what this cloud does differently; everything else comes from the spec. */
export class Machine extends ExampleMachine {
  /** Asks Example Cloud how the instance is. Stop at once where `signal` says so. */
  override async info(signal: AbortSignal): Promise<MachineInfo<Metadata>> {
    signal.throwIfAborted()
    throw this.notWritten('info')
  }

  /** Starts the instance. Called only where it does not run. Stop at once where `signal` says so. */
  override async start(signal: AbortSignal): Promise<MetadataPatch<Metadata>> {
    signal.throwIfAborted()
    throw this.notWritten('start')
  }

  /** Stops the instance. Called only where it runs. Stop at once where `signal` says so. */
  override async stop(signal: AbortSignal): Promise<MetadataPatch<Metadata>> {
    signal.throwIfAborted()
    throw this.notWritten('stop')
  }
}
