// In: specs, and folders of providers. Out: what was found out of them before, where the disk says that they still are what they were. The
// home of the cache.
import { existsSync, readFileSync, type Stats, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isObject } from '../../runtime/json.js'
import { hashFile } from './brief-read.js'
import { manifestName } from './manifest.js'
import type { InputHash } from './output-file.js'
import { makeFolder, writeWhole } from './write-file.js'

/**
 * How old a change has to be, in milliseconds, before a file is remembered: the times of a disk are seconds apart at worst, and what
 * changed within the same one could change again unseen.
 */
const settledAfter = 3000

/** The size of a file, its identity, and when the system last saw it change, which programs cannot set on the usual disks. */
type Mark = readonly [size: number, inode: number, changed: number]

/** A provider's folder in which everything is as its spec gives it. */
export interface SettledFolder {
  /** The version of the generator that it is fresh for. */
  readonly generator: string
  readonly inputs: readonly InputHash[]
  /** All of its files, from the folder. */
  readonly files: readonly string[]
  /** Those of them that have to be what they were; of the others it is enough that they are there. */
  readonly generated: ReadonlySet<string>
}

interface KeptFolder {
  readonly generator: string
  readonly inputs: readonly InputHash[]
  readonly files: readonly string[]
  /** Of the manifest, then of each file; 0 for one that may change. */
  readonly marks: readonly (Mark | 0)[]
}

interface Kept {
  readonly files: Readonly<Record<string, unknown>>
  readonly folders: Readonly<Record<string, unknown>>
}

/**
 * What a run knows of the runs before it. It is the files that count: one that was written, replaced or moved since is read, whatever was
 * done to its times, and so is every file where the memory is missing or broken.
 */
export class Memory {
  readonly #file: string | undefined
  readonly #settledAfter: number
  readonly #kept: Kept
  readonly #files = new Map<string, readonly [...Mark, hash: string]>()
  readonly #folders = new Map<string, KeptFolder>()
  #hasNews = false

  /** @param file where the memory is kept; nothing is remembered without */
  constructor(file: string | undefined, settled = settledAfter) {
    this.#file = file
    this.#settledAfter = settled
    this.#kept = readKept(file)
  }

  /** The hash of a file's contents; nothing for what is no file, is larger than `limit` bytes, or cannot be read. */
  hash(path: string, limit = Number.POSITIVE_INFINITY): string | undefined {
    const stats = statsOf(path)
    if (stats === undefined || stats.size > limit) return undefined
    const kept = this.#kept.files[path]
    if (isMark(kept) && typeof kept[3] === 'string' && isStill(stats, kept)) {
      this.#files.set(path, [...markOf(stats), kept[3]])
      return kept[3]
    }
    const hash = hashFile(path)
    if (hash !== undefined && this.#isSettled(stats)) {
      this.#files.set(path, [...markOf(stats), hash])
      this.#hasNews = true
    }
    return hash
  }

  /** What is known of a provider's folder in which nothing has changed since. */
  folder(path: string): KeptFolder | undefined {
    const kept = this.#kept.folders[path]
    if (!isKeptFolder(kept) || !isUnchanged(`${path}/${manifestName}`, kept.marks[0])) return undefined
    if (!kept.files.every((file, index) => isUnchanged(`${path}/${file}`, kept.marks[index + 1]))) return undefined
    this.#folders.set(path, kept)
    return kept
  }

  /**
   * Looks at a folder that is about to be read. What comes back remembers it, and is called when it has turned out to be as its spec gives
   * it; nothing is remembered of one in which something changed a moment ago.
   */
  lookAt(path: string, { generator, inputs, files, generated }: SettledFolder): () => void {
    const marks: (Mark | 0)[] = []
    for (const file of [manifestName, ...files]) {
      const stats = file === manifestName || generated.has(file) ? statsOf(`${path}/${file}`) : 'any'
      if (stats === undefined || (stats !== 'any' && !this.#isSettled(stats))) return () => {}
      marks.push(stats === 'any' ? 0 : markOf(stats))
    }
    return () => {
      this.#folders.set(path, { generator, inputs, files, marks })
      this.#hasNews = true
    }
  }

  /** Keeps what was learned. That it cannot be kept costs the next run some time, and nothing else. */
  save(): void {
    if (this.#file === undefined || !this.#hasNews) return
    try {
      makeFolder(dirname(this.#file), 'the cache')
      const kept = { files: Object.fromEntries(this.#files), folders: Object.fromEntries(this.#folders) }
      writeWhole(this.#file, JSON.stringify(kept), 'the cache')
    } catch {}
  }

  /** Whoever changes a file from now on gives it another time. */
  #isSettled({ ctimeMs }: Stats): boolean {
    return this.#file !== undefined && Date.now() - ctimeMs > this.#settledAfter
  }
}

/** Where a project's memory is: beside the nearest packages, where tools keep what can be made anew; nowhere where there are none. */
export function memoryFile(project: string): string | undefined {
  // Loaded already where the program is built: its chunks are held against their caches by it.
  const { crc32 } = process.getBuiltinModule('node:zlib')
  const name = `${project.replace(/[^\w.-]+/g, '-').slice(-150)}-${crc32(project).toString(16)}.json`
  for (let folder = project; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'node_modules'))) return join(folder, 'node_modules', '.cache', 'kloud-gen', name)
    if (folder === dirname(folder)) return undefined
  }
}

function readKept(file: string | undefined): Kept {
  try {
    const kept: unknown = file === undefined ? undefined : JSON.parse(readFileSync(file, 'utf8'))
    if (isObject(kept) && isObject(kept.files) && isObject(kept.folders))
      return { files: kept.files, folders: kept.folders }
  } catch {}
  return { files: {}, folders: {} }
}

function statsOf(path: string): Stats | undefined {
  try {
    const stats = statSync(path, { throwIfNoEntry: false })
    return stats?.isFile() ? stats : undefined
  } catch {
    return undefined
  }
}

function markOf({ size, ino, ctimeMs }: Stats): Mark {
  return [size, ino, ctimeMs]
}

function isStill({ size, ino, ctimeMs }: Stats, mark: readonly unknown[]): boolean {
  return mark[0] === size && mark[1] === ino && mark[2] === ctimeMs
}

function isUnchanged(path: string, mark: Mark | 0 | undefined): boolean {
  if (mark === 0) return existsSync(path)
  const stats = mark && statsOf(path)
  return stats !== undefined && isStill(stats, mark ?? [])
}

function isMark(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.slice(0, 3).every((part) => typeof part === 'number')
}

function isKeptFolder(value: unknown): value is KeptFolder {
  if (!isObject(value) || typeof value.generator !== 'string') return false
  const { inputs, files, marks } = value
  const isInput = (input: unknown) =>
    isObject(input) && typeof input.path === 'string' && typeof input.hash === 'string'
  return (
    Array.isArray(inputs) &&
    inputs.every(isInput) &&
    Array.isArray(files) &&
    files.every((file) => typeof file === 'string') &&
    Array.isArray(marks) &&
    marks.length === files.length + 1 &&
    files.length > 0 &&
    marks[0] !== 0 &&
    marks.every((mark) => mark === 0 || isMark(mark))
  )
}
