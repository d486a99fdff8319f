// In: a folder of chunks, each a CommonJS module, and what V8 made of them when the package was built. Out: what they export,
// without most of the time that compiling them takes: a third of a run for one spec.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, resolve } from 'node:path'

/** What any module may export. */
type Exports = ReturnType<NodeJS.Require>
type Run = (exports: Exports, require: (id: string) => Exports, module: { exports: Exports }, file: string) => void

const modules = new Map<string, { exports: Exports }>()

/** Where the cache of a chunk is, for this very Node. */
export function cachePath(chunk: string): string {
  return `${chunk}.${process.version}-${process.platform}-${process.arch}.cache`
}

/** Requires a chunk by its absolute path, and what it requires. */
export function requireChunk(file: string): Exports {
  const known = modules.get(file)
  if (known) return known.exports
  const module = { exports: {} }
  modules.set(file, module)
  const requireElse = createRequire(file)
  const require = (id: string) => (id.startsWith('.') ? requireChunk(resolve(dirname(file), id)) : requireElse(id))
  compile(file)(module.exports, require, module, file)
  return module.exports
}

/** Loaded only where a chunk is: an import would be loaded for the version, too. */
const load = process.getBuiltinModule

function compile(file: string): Run {
  const { Script } = load('node:vm')
  const source = `(function (exports, require, module, __filename) {${readFileSync(file, 'latin1')}\n})`
  const cachedData = readCache(file, source)
  // The cache holds the name, and should not say where the package was built.
  const filename = `${basename(dirname(file))}/${basename(file)}`
  const script = new Script(source, { filename, ...(cachedData && { cachedData }) })
  const run: Run = script.runInThisContext()
  return run
}

/**
 * The cache of a chunk. There is one for the Node that the package was built with, and for no other. V8 itself refuses what
 * another V8 made, but believes what is broken, or belongs to another source: so the hash of both stands at its end.
 */
function readCache(chunk: string, source: string): Buffer | undefined {
  let bytes: Buffer
  try {
    bytes = readFileSync(cachePath(chunk))
  } catch {
    return undefined
  }
  const cache = bytes.subarray(0, -HASH_SIZE)
  return hashOf(source, cache).equals(bytes.subarray(-HASH_SIZE)) ? cache : undefined
}

const HASH_SIZE = 32

function hashOf(source: string, cache: Buffer): Buffer {
  return load('node:crypto').createHash('sha256').update(source, 'latin1').update(cache).digest()
}

/** A cache as it is kept, with the hash at its end. */
export function sealed(source: string, cache: Buffer): Buffer {
  return Buffer.concat([cache, hashOf(source, cache)])
}
