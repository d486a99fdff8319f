// generated/example/stack.ts: yours. kloud-gen writes it once and from then on only adds what a spec newly asks for.
import { ExampleStack } from './stack.gen.js'

/** Override what this cloud does differently; everything else comes from the spec. */
export class Stack extends ExampleStack {
  /** Asks Example Cloud whether `this.credential` works; throws where it does not. */
  override async verifyCredential(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    throw this.notWritten('verifyCredential')
  }
}
