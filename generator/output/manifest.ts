// In: what a provider's folder remembers of its last run. Out: the same as text, and back, whatever became of that text.
import { isObject } from '../../runtime/json.js'
import { GeneratorError } from '../errors.js'
import { conflictSides } from './merge-conflict.js'
import type { InputHash } from './output-file.js'

/** The manifest's name in a provider's folder. */
export const manifestName = '.kloud-gen.json'

/** The newest format that this version reads, and the one that it writes. */
const newestFormat = 1

/** What the manifest says of one file. */
export type FileRecord =
  | {
      owner: 'generated'
      /** Of what the spec gives: where the file's own hash differs, the file is stale or edited. */
      hash: string
      /** Further hashes by which the file is known as ours: a run that was killed, or an edit that was kept, left them. */
      was?: readonly string[]
      /** The spec no longer gives the file; it is there because someone edited it. */
      left?: true
    }
  | { owner: 'author'; left?: true }
  /** Someone else's file stands where ours would go. */
  | { owner: 'other' }

/** A provider's memory of its last run. */
export interface Manifest {
  /** The version of the generator. */
  generator: string
  provider: string
  /** The spec first, then all that it extends. */
  inputs: readonly InputHash[]
  /** By path in the provider's folder. */
  files: ReadonlyMap<string, FileRecord>
  /** Ids of the stubs that the author was given: one that is gone was deleted by the author. */
  stubs: readonly string[]
  /** Ids of the stubs that could not be inserted yet, and of those that the author has yet to delete; names that are yet to be changed. */
  waiting: readonly string[]
  /** Read out of a merge that git could not finish: nothing in it says that the folder is as it should be. */
  conflicted?: true
}

/** The manifest as it is written: keys sorted, LF, the same for the same contents. */
export function formatManifest(manifest: Manifest): string {
  const records = [...manifest.files].sort(([a], [b]) => (a < b ? -1 : 1))
  const sorted = {
    files: Object.fromEntries(records.map(([path, record]) => [path, formatRecord(record)])),
    format: newestFormat,
    generator: manifest.generator,
    inputs: manifest.inputs.map(({ hash, path }) => ({ hash, path })),
    provider: manifest.provider,
    stubs: [...manifest.stubs].sort(),
    ...(manifest.waiting.length > 0 && { waiting: [...manifest.waiting].sort() }),
  }
  return `${JSON.stringify(sorted, null, 2)}\n`
}

function formatRecord(record: FileRecord): Record<string, unknown> {
  const { owner } = record
  if (owner === 'other') return { owner }
  const left = record.left && { left: true }
  if (owner === 'author') return { ...left, owner }
  const was = record.was !== undefined && record.was.length > 0 && { was: [...record.was].sort() }
  return { hash: record.hash, ...left, owner, ...was }
}

/** Whether the manifest says that the last run finished and left nothing to be done or said. */
export function isSettled(manifest: Manifest): boolean {
  if (manifest.conflicted || manifest.waiting.length > 0) return false
  for (const record of manifest.files.values()) {
    if (record.owner === 'other' || record.left) return false
    if (record.owner === 'generated' && record.was !== undefined) return false
  }
  return true
}

/**
 * Reads a manifest. One that git left in conflict is read from both sides: what either knows as ours is ours.
 *
 * @param path how to name the file in the error
 */
export function readManifest(text: string, path: string): Manifest | GeneratorError {
  const sides = conflictSides(text)
  if (sides === undefined) return parseManifest(text, path)
  const ours = parseManifest(sides[0], path)
  const theirs = parseManifest(sides[1], path)
  const none: Manifest = { ...emptyManifest(''), conflicted: true }
  const second = theirs instanceof GeneratorError ? none : union(theirs, none)
  return ours instanceof GeneratorError ? second : union(ours, second)
}

/** The manifest of a provider that has none. */
export function emptyManifest(provider: string): Manifest {
  return { generator: '', provider, inputs: [], files: new Map(), stubs: [], waiting: [] }
}

function union(own: Manifest, other: Manifest): Manifest {
  const files = new Map(other.files)
  for (const [path, record] of own.files) {
    const also = other.files.get(path)
    files.set(path, record.owner === 'generated' && also?.owner === 'generated' ? knowing(record, also) : record)
  }
  return { ...own, files, stubs: [...new Set([...own.stubs, ...other.stubs])], conflicted: true }
}

type GeneratedRecord = Extract<FileRecord, { owner: 'generated' }>

function knowing(record: GeneratedRecord, also: GeneratedRecord): GeneratedRecord {
  const was = new Set([...(record.was ?? []), also.hash, ...(also.was ?? [])])
  was.delete(record.hash)
  return { ...record, was: [...was] }
}

/** Reads a manifest that no merge has touched. */
export function parseManifest(text: string, path: string): Manifest | GeneratorError {
  let value: unknown
  try {
    value = JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text)
  } catch {
    return broken(path, 'it is not JSON')
  }
  if (!isObject(value) || typeof value.format !== 'number') return broken(path, 'it has no "format"')
  if (value.format > newestFormat) {
    return new GeneratorError(`${path} was written by a newer kloud-gen (format ${value.format})`, {
      exit: 2,
      hint: 'update kloud-gen to the version that the project uses',
    })
  }
  const { generator, provider, waiting = [] } = value
  const inputs = readInputs(value.inputs)
  const files = readFiles(value.files)
  if (value.format !== newestFormat) return broken(path, `its format is ${value.format}`)
  if (typeof generator !== 'string' || typeof provider !== 'string') return broken(path, 'it names no provider')
  if (inputs === undefined) return broken(path, 'its "inputs" are wrong')
  if (files === undefined) return broken(path, 'its "files" are wrong')
  if (!isTexts(value.stubs) || !isTexts(waiting)) return broken(path, 'its "stubs" are wrong')
  return { generator, provider, inputs, files, stubs: value.stubs, waiting }
}

function readInputs(value: unknown): InputHash[] | undefined {
  if (!Array.isArray(value)) return undefined
  const inputs: InputHash[] = []
  for (const item of value) {
    if (!isObject(item) || typeof item.path !== 'string' || typeof item.hash !== 'string') return undefined
    if (item.path.includes('\0')) return undefined
    inputs.push({ path: item.path, hash: item.hash })
  }
  return inputs
}

function readFiles(value: unknown): Map<string, FileRecord> | undefined {
  if (!isObject(value)) return undefined
  const files = new Map<string, FileRecord>()
  for (const [path, item] of Object.entries(value)) {
    const record = readRecord(item)
    if (record === undefined || !isPathInside(path)) return undefined
    files.set(path, record)
  }
  return files
}

function readRecord(value: unknown): FileRecord | undefined {
  if (!isObject(value) || !(value.left === undefined || value.left === true)) return undefined
  const left = value.left && ({ left: true } as const)
  if (value.owner === 'other') return { owner: 'other' }
  if (value.owner === 'author') return { owner: 'author', ...left }
  if (value.owner !== 'generated' || typeof value.hash !== 'string') return undefined
  if (value.was === undefined) return { owner: 'generated', hash: value.hash, ...left }
  return isTexts(value.was) ? { owner: 'generated', hash: value.hash, was: value.was, ...left } : undefined
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

/** Whether a path names a file within a provider's folder, on every system, and not the manifest itself. */
export function isPathInside(path: string): boolean {
  if (/^\w[\w.-]*$/.test(path)) return true
  if (path === '' || path === manifestName || /[\\:\0]/.test(path)) return false
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
}

function broken(path: string, why: string): GeneratorError {
  return new GeneratorError(`${path} is not a manifest of kloud-gen: ${why}`, {
    exit: 2,
    hint: 'restore it from version control, or delete it: then no file that differs is replaced without --force',
  })
}
