// test/api/generated/oauth/stack.ts: yours. kloud-gen writes it once and from then on only adds what a spec newly asks for.
import { OauthStack } from './stack.gen.js'

/** Override what this cloud does differently; everything else comes from the spec. */
export class Stack extends OauthStack {}
