// What the emitters work from: every name chosen, every type known, every expression compiled. Nothing here can be wrong.
import type { Fields } from '../../runtime/schema/fields.js'
import type { ApiModel } from './api/model.js'
import type { Compiled } from './compile.js'

/** A part of a provider that has fields. */
export type PartName = 'credential' | 'bootstrap' | 'metadata'

export interface ProviderModel {
  /** `digitalocean` */
  name: string
  /** `DigitalOcean`, which generated classes are named after */
  className: string
  title: string
  description: string | undefined
  homepage: string | undefined
  /** Markdown for the README. */
  notes: string | undefined
  /** The spec, as generated files name it. */
  specFile: string
  terraform: TerraformModel
  fields: Readonly<Record<PartName, Fields>>
  bootstrap: BootstrapModel
  machine: MachineModel
  api: ApiModel
}

export interface TerraformModel {
  source: string
  version: string | undefined
  fixed: readonly string[]
  /** The provider block's arguments. */
  config: readonly Assignment[]
}

export interface BootstrapModel {
  sshKeyPair: boolean
  /** The whole template; undefined when nothing is made. */
  template: Compiled | undefined
  /** What it costs to leave running, as a sentence. */
  cost: string | undefined
  /** The types and names of its resources, for documentation. */
  resources: readonly { type: string; name: string }[]
}

/** A compiled value with what the spec says of it, for documentation. */
export interface Sourced extends Compiled {
  source: unknown
}

/** An attribute and its value. */
export interface Assignment {
  path: string
  value: Sourced
}

export interface UserDataModel {
  field: string
  format: 'cloudConfig' | 'provisionData' | 'metadata'
  encoding: readonly ('gzip' | 'base64')[]
  /** Bytes. */
  limit: number | undefined
  unless: readonly string[]
}

export interface MachineModel {
  /** `digitalocean_droplet` */
  resource: string
  /** `droplet`: what one is called in code and in sentences. */
  noun: string
  userData: UserDataModel | undefined
  require: readonly string[]
  defaults: readonly Assignment[]
  with: readonly WithModel[]
  set: readonly Assignment[]
  append: readonly AppendModel[]
  forbid: readonly { path: string; message: string }[]
  /** Attributes of a first machine, by their paths, for documentation. */
  example: Readonly<Record<string, unknown>>
  /** Fields of metadata that are kept at apply rather than read from an attribute. */
  metadataValues: readonly Assignment[]
  /** Whether the author's stack.ts has a hook for each machine. */
  hook: boolean
}

export interface WithModel {
  unless: readonly string[]
  when: Sourced | undefined
  resources: readonly { type: string; name: string; body: Compiled }[]
  defaults: readonly Assignment[]
}

export interface AppendModel extends Assignment {
  /** The member that tells objects apart. */
  by: string | undefined
}
