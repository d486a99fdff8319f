// What may be a provider: found, and not loaded yet.
import type { ProviderFacts } from '../provider.js'

/** Where a provider comes from, which decides who wins: a user's own stands before a bundled one of the same name. */
export type Origin = 'bundled' | 'own' | 'package'

interface About {
  readonly origin: Origin
  /** What messages call it. */
  readonly shown: string
  /** The name that the provider most likely has: its folder's, or its file's. */
  readonly likelyName: string
}

/** A provider of the package's own bundle: what is known of it, and what loads it. */
export interface BundledProvider {
  readonly facts: ProviderFacts
  readonly load: () => Promise<unknown>
}

/** A file, by its absolute path. */
export interface CandidateFile extends About {
  readonly file: string
}

/** What is in the package's own bundle. */
interface CandidateChunk extends About, BundledProvider {}

export type Candidate = CandidateFile | CandidateChunk
