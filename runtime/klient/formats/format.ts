// What each form of user data is made from, and what comes of it.

import type { Placeholders } from '../expressions/placeholders.js'
import type { MachineFile } from '../ours/our-files.js'
import type { TheirData } from '../theirs/their-data.js'

export interface FormatInput {
  /** The user's own. */
  their: TheirData
  /** The name of the machine's user. */
  user: string
  /** A template's text, hidden. */
  hostname: string
  /** Ours, and the user's script if there is one: a template's text, hidden. */
  files(userScript: string | undefined): MachineFile[]
  /** The text of metadata.json, hidden. */
  metadata: string
  placeholders: Placeholders
  /** Whether the cloud takes a field's text, hidden. */
  fits(text: string): boolean
}

export interface Formatted {
  /** The field's text, hidden, not yet encoded. */
  text: string
  warnings: readonly string[]
  /** What it is made of. */
  pieces(): readonly Piece[]
}

/** A file or a part, as a reader is told of it. */
export interface Piece {
  name: string
  bytes: number
}

export type Format = (input: FormatInput) => Formatted
