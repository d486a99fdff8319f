// In: spec files. Out: what each of them says, and where it is right the files of its provider: read, resolved, emitted.
import { BATCH, emit } from './emit/emit.js'
import { loadSpec, type SpecPath } from './load.js'
import { resolveModel } from './model/resolve.js'
import type { OutputFile } from './output/output-file.js'
import type { ReadSpec } from './spec/read-spec.js'

/** A spec that was read, and what it gives. */
export interface MadeSpec extends ReadSpec {
  file: string
  /** Of its provider; none where the spec is wrong, or was not asked for. */
  files: readonly OutputFile[]
}

export interface MakeOptions {
  /** The providers that are wanted; all when undefined. */
  names: readonly string[] | undefined
  /** The folder of generated code, as generated files name it. */
  folder: string
  tests: boolean
}

/** Makes specs one batch after the other: what a batch needed is forgotten before the next. */
export async function makeSpecs(paths: readonly SpecPath[], options: MakeOptions): Promise<MadeSpec[]> {
  const made: MadeSpec[] = []
  for (let start = 0; start < paths.length; start += BATCH)
    made.push(...(await makeBatch(paths.slice(start, start + BATCH), options)))
  return made
}

async function makeBatch(paths: readonly SpecPath[], { names, folder, tests }: MakeOptions): Promise<MadeSpec[]> {
  const read = paths.map(({ path, file }) => ({ file, ...loadSpec(path, file) }))
  const wanted = read.flatMap(({ file, loaded }) =>
    loaded && (names?.includes(loaded.spec.name) ?? true) ? [{ file, loaded }] : [],
  )
  const emitted = await emit(
    wanted.map(({ loaded }) => resolveModel(loaded)),
    folder,
    { tests },
  )
  const files = new Map(wanted.map(({ file }, index) => [file, emitted[index] ?? []]))
  return read.map((spec) => ({ ...spec, files: files.get(spec.file) ?? [] }))
}
