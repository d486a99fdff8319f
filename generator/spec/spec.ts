// A spec that has been read and found right. Only `readSpec` makes one, so what has the type needs no second look.
import type { SpecInput } from './definition/spec.js'
import type { Place } from './diagnostic.js'

declare const checked: unique symbol

/** What one provider's YAML says, with all that it extends merged in; every name, type and expression in it is right. */
export type Spec = SpecInput & { readonly [checked]: true }

/** A spec with where it came from. */
export interface LoadedSpec {
  spec: Spec
  /** The file, as the user named it. */
  file: string
  /** Every file that the spec is made of, its own first, with the hash of its bytes. */
  inputs: readonly { path: string; hash: string }[]
  /** Where its name stands. */
  nameAt: Place
}
