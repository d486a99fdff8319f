// In: the hashes of the specs. Out: which providers are already what their specs give, told by the contents of every file alone.
import { existsSync, readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { hashFile, readText } from './brief-read.js'
import { isLitter, lockName } from './litter.js'
import { isSettled, type Manifest, manifestName, parseManifest } from './manifest.js'
import { Memory } from './memory.js'
import type { InputHash } from './output-file.js'

export interface FreshInput {
  /** Absolute, as is `root`. */
  project: string
  root: string
  /** The generator's version. */
  generator: string
  /** The specs there are, with the hash of their bytes. */
  specs: readonly InputHash[]
  /** What earlier runs found out; nothing when not said. */
  memory?: Memory
}

export interface Freshness {
  /** Providers of which nothing needs to be read, planned or written. */
  fresh: readonly FreshProvider[]
  /** Specs that must be read, in the order given; with the provider's name in the last run, where there was one. */
  work: readonly { spec: string; provider?: string }[]
  /** Specs that have no provider of their own, and that fresh providers extend. */
  shared: readonly string[]
  /** Folders in which something is left of a spec that is gone, and the lock of a run: planning tells. */
  leftOver: readonly string[]
}

export interface FreshProvider {
  name: string
  /** The spec's path. */
  spec: string
  /** All of its files, from the provider's folder. */
  files: readonly string[]
  /** What its spec is made of: the spec first, then all that it extends. */
  inputs: readonly InputHash[]
}

/**
 * Finds out what there is to do before anything heavy is loaded. Synchronous and free of any library. The contents of
 * every file count, so that an edit behind the generator's back is seen whatever its time says. Folders are
 * searched for what a killed run left only where it left its lock. It never throws: whatever it cannot make out is work.
 */
export function findFresh(input: FreshInput): Freshness {
  const { claims, leftOver } = readFolders(input)
  const fresh = new Map(claims.filter((claim) => claim.fresh).map((claim) => [claim.spec, claim]))
  const stale = new Map(claims.filter((claim) => !claim.fresh).map(({ spec, name }) => [spec, name]))
  const extended = new Set([...fresh.values()].flatMap(({ inputs }) => inputs.slice(1).map(({ path }) => path)))
  const work: { spec: string; provider?: string }[] = []
  const shared: string[] = []
  for (const { path } of input.specs) {
    const provider = stale.get(path)
    if (fresh.has(path)) continue
    if (provider !== undefined) work.push({ spec: path, provider })
    else if (extended.has(path) && !mayBeProvider(resolve(input.project, path))) shared.push(path)
    else work.push({ spec: path })
  }
  const settled = [...fresh.values()].map(({ name, spec, files, inputs }) => ({ name, spec, files, inputs }))
  const renamed = claims.filter(({ spec, name }) => (fresh.get(spec)?.name ?? stale.get(spec)) !== name)
  return { fresh: settled, work, shared, leftOver: [...leftOver, ...renamed.map(({ name }) => name)] }
}

interface Claim extends FreshProvider {
  fresh: boolean
}

/** The folders that say that they are a spec's, and those whose spec cannot be told or is gone. */
function readFolders(input: FreshInput): { claims: Claim[]; leftOver: string[] } {
  const { memory = new Memory(undefined) } = input
  const claims: Claim[] = []
  const specs = new Map(input.specs.map(({ path, hash }) => [path, hash]))
  const inputHash = hashesOfInputs(input, specs, memory)
  const names = listNames(input.root)
  const killed = names.includes(lockName)
  const leftOver = killed ? [lockName] : []
  for (const name of names) {
    const folder = `${input.root}/${name}`
    const known = killed ? undefined : memory.folder(folder)
    const from = known?.inputs[0]?.path
    if (known && from !== undefined && specs.has(from) && isFor(input.generator, known, inputHash)) {
      claims.push({ name, spec: from, files: known.files, inputs: known.inputs, fresh: true })
      continue
    }
    const text = readText(`${folder}/${manifestName}`)
    const littered = killed && listNames(folder).some(isLitter)
    const manifest = text === undefined ? undefined : parseManifest(text, manifestName)
    const spec = manifest instanceof Error ? undefined : manifest?.inputs[0]?.path
    if (manifest === undefined || manifest instanceof Error || spec === undefined) {
      if (littered || text !== undefined) leftOver.push(name)
    } else if (specs.has(spec)) {
      const { inputs, provider } = manifest
      const files = [...manifest.files.keys()]
      const same = provider === name && isFor(input.generator, manifest, inputHash)
      const remember = memory.lookAt(folder, { ...manifest, files, generated: generatedFiles(manifest) })
      const fresh = same && !littered && isAsWritten(folder, manifest)
      claims.push({ name, spec, files, inputs, fresh })
      if (fresh) remember()
    } else if (!existsSync(resolve(input.project, spec))) leftOver.push(name)
  }
  return { claims, leftOver }
}

/** Whether a folder was made by this generator, of specs as they are. */
function isFor(
  version: string,
  { generator, inputs }: Pick<Manifest, 'generator' | 'inputs'>,
  inputHash: (path: string) => string | undefined,
): boolean {
  return generator === version && inputs.every(({ path, hash }) => inputHash(path) === hash)
}

function generatedFiles({ files }: Manifest): ReadonlySet<string> {
  return new Set([...files].filter(([, { owner }]) => owner === 'generated').map(([path]) => path))
}

/** The hash of a spec, or of what a spec extends; each file is read once. */
function hashesOfInputs(
  input: FreshInput,
  specs: ReadonlyMap<string, string>,
  memory: Memory,
): (path: string) => string | undefined {
  const known = new Map<string, string | undefined>(specs)
  return (path) => {
    if (!known.has(path)) known.set(path, memory.hash(resolve(input.project, path)))
    return known.get(path)
  }
}

function isAsWritten(folder: string, manifest: Manifest): boolean {
  if (!isSettled(manifest)) return false
  for (const [path, record] of manifest.files) {
    const file = `${folder}/${path}`
    if (record.owner === 'generated' ? hashFile(file) !== record.hash : !existsSync(file)) return false
  }
  return true
}

/**
 * Whether a spec that others extend may be a provider too, one whose folder someone deleted: it has a name, or may get one.
 * Where that is not plain from the beginnings of its lines, reading it will tell.
 */
function mayBeProvider(path: string): boolean {
  return /^(?:\{|\?|["']?(?:name|extends|<<))/m.test(readText(path) ?? '{')
}

function listNames(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
