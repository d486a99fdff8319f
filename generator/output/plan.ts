// In: nothing. Out: the types of a plan: what a run would write, delete and leave, and why.
import type { GeneratorError } from '../errors.js'

/**
 * What becomes of a file: `written` and `deleted` are changes; `unchanged` is as it should be; `edited` is a generated
 * file that someone changed by hand, left as it is; `kept` is a file that is not ours to change, with the reason.
 */
export type Action = 'written' | 'unchanged' | 'deleted' | 'kept' | 'edited'

export interface PlanEntry {
  provider: string
  /** From the project, with slashes: 'generated/acme/index.ts'. */
  path: string
  owner: 'generated' | 'author'
  action: Action
  /** What is on disk, where that differs from what the spec gives. */
  before?: string
  /** What the spec gives, where that differs; nothing where the spec no longer gives the file. */
  after?: string
  /** Why it is edited or kept, and what to do, as sentences. */
  reason?: string
  /** Source for the author to insert by hand. */
  snippet?: string
  /** There is something in it for the author to change: stubs that the spec no longer asks for, or the old name of a class. */
  outdated?: true
  /** The methods whose stubs the author is given now, to write them. */
  toWrite?: readonly string[]
  /** The exact hash of what the plan saw on disk, for a file that is changed; nothing where it saw no file. */
  seen?: string
}

/** What happens in one provider's folder. */
export interface ProviderPlan {
  name: string
  /** Absolute. */
  folder: string
  entries: readonly PlanEntry[]
  manifest: ManifestPlan
  /** Absolute paths of what a killed run left behind. */
  litter: readonly string[]
  /** Absolute paths of folders within that go when nothing is left in them. */
  emptied: readonly string[]
}

/**
 * The manifest's way through a run. `first` is written before any file: it knows each file as it is and as it will be,
 * so that a run killed halfway leaves nothing that looks like an edit. `last` is written when all is done.
 */
export interface ManifestPlan {
  first?: string
  last?: string
  /** Nothing is left in the folder that it could tell of. */
  removed?: true
}

export interface Plan {
  /** Absolute. */
  project: string
  /** Absolute. */
  root: string
  providers: readonly ProviderPlan[]
  /** Those of all providers, by path. */
  entries: readonly PlanEntry[]
  /** What kept a provider, or all of them, from being planned: nothing of theirs is changed. */
  problems: readonly GeneratorError[]
}

/** What every step of planning knows. */
export interface PlanContext {
  project: string
  root: string
  /** Nothing is written outside of these: the output folder and the project, links followed. */
  within: readonly [string, string]
  generator: string
  force: boolean
}
