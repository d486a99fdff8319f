// What may be a provider: a file that was found, and not loaded yet.

/** Where a provider comes from, which decides who wins: a user's own stands before a bundled one of the same name. */
export type Origin = 'bundled' | 'own' | 'package'

export interface Candidate {
  readonly origin: Origin
  /** The file, absolute. */
  readonly file: string
  /** The file as messages call it. */
  readonly shown: string
  /** The name that the provider most likely has: its folder's, or its file's. */
  readonly likelyName: string
}
