// In: a generated file as the spec gives it, as the manifest knows it, as the disk has it. Out: what becomes of it.
import { join } from 'node:path'
import { contentHash, exactHash } from './content-hash.js'
import { type Found, look } from './disk.js'
import type { FileRecord, Manifest } from './manifest.js'
import { hasConflict } from './merge-conflict.js'
import type { OutputFile } from './output-file.js'
import type { PlanContext, PlanEntry } from './plan.js'

/** What becomes of a file, and of what the manifest says of it. */
export interface FilePlan {
  /** In the provider's folder. */
  path: string
  /** Nothing where there is nothing to say. */
  entry?: PlanEntry
  /** What the manifest says while files are written: it knows the file as it is and as it will be. */
  first?: FileRecord
  /** What the manifest says in the end; nothing where the file is gone. */
  last?: FileRecord
  /** Ids of the stubs that the author will have been given, those of earlier runs as well. */
  stubs?: readonly string[]
  /** Those among them that this run puts into a file which the author has. */
  inserted?: readonly string[]
  /** Ids of stubs that cannot be inserted yet, and of those that are to be deleted; names that are to be changed. */
  waiting?: readonly string[]
}

/** Where a file stands. */
export interface FilePlace {
  context: PlanContext
  /** The provider's, absolute. */
  folder: string
  /** The folder as the user knows it: 'generated/acme'. */
  named: string
  provider: string
  old: Manifest
  /** The spec's path, for reasons. */
  spec: string
}

/** Plans a file that is rewritten whenever the spec says so, unless someone else changed it. */
export function planGeneratedFile(place: FilePlace, file: OutputFile, found: Found): FilePlan {
  const { context, old } = place
  const hash = contentHash(file.text)
  const record = old.files.get(file.path)
  const last: FileRecord = { owner: 'generated', hash }
  const say = (action: PlanEntry['action'], more: Partial<PlanEntry> = {}) => entryOf(place, file.path, action, more)
  const standsInTheWay = (reason: string, more: Partial<PlanEntry> = {}): FilePlan => {
    const other: FileRecord = record?.owner === 'author' ? { owner: 'author', left: true } : { owner: 'other' }
    return { path: file.path, entry: say('kept', { ...more, after: file.text, reason }), first: other, last: other }
  }

  if (found.kind === 'absent')
    return { path: file.path, entry: say('written', { after: file.text }), first: last, last }
  if (found.kind === 'other') return standsInTheWay(`it is ${found.what}: move it away, then generate`)

  const now = contentHash(found.bytes)
  if (now === hash) return { path: file.path, entry: say('unchanged'), first: last, last }

  const texts = { before: found.bytes.toString('utf8'), after: file.text }
  if (record?.owner === 'author') {
    return standsInTheWay(
      'it is yours, and the spec now gives a file of that name: move what you wrote, then delete it',
      texts,
    )
  }
  if (context.force || (found.kind === 'file' && isKnown(record, now))) {
    const entry = say('written', { ...texts, seen: exactHash(found.bytes) })
    return { path: file.path, entry, first: { ...last, was: [now] }, last }
  }
  if (found.kind === 'link') {
    return standsInTheWay(
      'it is a symbolic link, which is not written through: replace it with generate --force',
      texts,
    )
  }
  if (record?.owner === 'generated' || old.conflicted) {
    const edited: FileRecord = {
      ...last,
      was: hashesOf(record)
        .filter((known) => known !== hash)
        .slice(-4),
    }
    return {
      path: file.path,
      entry: say('edited', { ...texts, reason: whyEdited(texts.before) }),
      first: edited,
      last: edited,
    }
  }
  return standsInTheWay('kloud-gen did not write it: move it away, or replace it with generate --force', texts)
}

/**
 * Plans a file that the manifest knows and the spec no longer gives.
 *
 * @param stays why an author's file is still there, and what to do
 */
export function planLeftFile(place: FilePlace, path: string, record: FileRecord, stays: string): FilePlan {
  if (record.owner === 'other') return { path }
  const found = look(join(place.folder, path), `${place.named}/${path}`)
  if (found.kind === 'absent' || found.kind === 'other') return { path }
  const left: FileRecord = { ...record, left: true }
  if (record.owner === 'author') {
    const entry: PlanEntry = { ...entryOf(place, path, 'kept', { reason: stays }), owner: 'author' }
    return { path, entry, first: left, last: left }
  }
  const now = contentHash(found.bytes)
  const before = found.bytes.toString('utf8')
  if (place.context.force || isKnown(record, now)) {
    const entry = entryOf(place, path, 'deleted', { before, seen: exactHash(found.bytes) })
    return { path, entry, first: { owner: 'generated', hash: now } }
  }
  const reason = 'someone edited it, and the spec no longer gives it: delete it, or let generate --force do it'
  return { path, entry: entryOf(place, path, 'edited', { before, reason }), first: left, last: left }
}

/** A file's line in the plan. */
export function entryOf(
  place: FilePlace,
  path: string,
  action: PlanEntry['action'],
  more: Partial<PlanEntry> = {},
): PlanEntry {
  return { provider: place.provider, path: `${place.named}/${path}`, owner: 'generated', action, ...more }
}

/** Whether a file on disk is one that we wrote, and nobody changed since. */
export function isKnown(record: FileRecord | undefined, hash: string): boolean {
  return hashesOf(record).includes(hash)
}

function hashesOf(record: FileRecord | undefined): string[] {
  return record?.owner === 'generated' ? [...(record.was ?? []), record.hash] : []
}

function whyEdited(text: string): string {
  return hasConflict(text)
    ? 'a merge left its markers in it: generate --force writes what the spec gives'
    : 'someone edited it, perhaps a formatter: move the change to the spec or to the author’s file, then generate --force'
}
