// How a machine is, as its cloud says, and what is to be remembered of it.
import type { SchemaInstance } from '../schema/schema-class.js'
import type { MachineState } from './state.js'

/** What a cloud's words for a machine's state mean. */
export type States = Readonly<Record<string, MachineState>>

/** Changes of a machine's metadata: they are patched over what is stored. What is undefined changes nothing. */
export type MetadataPatch<Metadata> = {
  readonly [Name in Exclude<keyof Metadata, keyof SchemaInstance>]?: Metadata[Name] | undefined
}

/** How a machine is. */
export interface MachineInfo<Metadata = object> {
  readonly state: MachineState
  /** The cloud's own word for it, where it has one. */
  readonly word?: string | undefined
  /** What `info` found out beside, to be remembered. */
  readonly metadata?: MetadataPatch<Metadata> | undefined
}

/** What a machine's state is called in a message: with the cloud's own word where Kloud does not know it. */
export function describeState({ state, word }: MachineInfo): string {
  return state === 'Unknown' && word !== undefined ? `Unknown (the cloud says ${word})` : state
}

/** The values, as an instance of the same class, with a patch over them. What is undefined in the patch changes nothing. */
export function patched<Values extends object>(values: Values, patch: object): Values {
  const changes = Object.entries(patch).filter(([, value]) => value !== undefined)
  if (changes.length === 0) return values
  return Object.assign(Object.create(Object.getPrototypeOf(values)), values, Object.fromEntries(changes))
}
