// test/api/generated/steps/machine.ts: yours. kloud-gen writes it once and from then on only adds what a spec newly asks for.
import type { MetadataPatch } from 'kloud-gen/runtime'
import { StepsMachine } from './machine.gen.js'
import type { Metadata } from './schema.gen.js'

/** Override what this cloud does differently; everything else comes from the spec. */
export class Machine extends StepsMachine {
  /** Destroys the server. Stop at once where `signal` says so. */
  override async destroy(signal: AbortSignal): Promise<MetadataPatch<Metadata>> {
    signal.throwIfAborted()
    throw this.notWritten('destroy')
  }
}
