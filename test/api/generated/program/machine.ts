// test/api/generated/program/machine.ts: yours. kloud-gen writes it once and from then on only adds what a spec newly asks for.
import { ProgramMachine } from './machine.gen.js'

/** Override what this cloud does differently; everything else comes from the spec. */
export class Machine extends ProgramMachine {}
