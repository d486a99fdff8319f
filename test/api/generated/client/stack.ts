// test/api/generated/client/stack.ts: yours. kloud-gen writes it once and from then on only adds what a spec newly asks for.
import { ClientStack } from './stack.gen.js'

/** Override what this cloud does differently; everything else comes from the spec. */
export class Stack extends ClientStack {}
