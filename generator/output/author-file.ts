// In: an author's file as the spec would begin it, and as the author has it. Out: what is added to it, or why nothing is.
import { join } from 'node:path'
import { readText } from './brief-read.js'
import { contentHash, exactHash } from './content-hash.js'
import type { Found } from './disk.js'
import { entryOf, type FilePlace, type FilePlan, isKnown } from './generated-file.js'
import { findLeftStubs } from './left-stubs.js'
import type { FileRecord } from './manifest.js'
import { findOldNames, whyOld, withNewName } from './old-names.js'
import type { OutputFile, Stub } from './output-file.js'
import type { PlanEntry } from './plan.js'
import type { StubInsertion } from './stub/insert-stubs.js'

const record: FileRecord = { owner: 'author' }

/** Plans a file that is the author's: written once, and from then on only added to. */
export async function planAuthorFile(place: FilePlace, file: OutputFile, found: Found): Promise<FilePlan> {
  const { path, stubs = [], unasked = [] } = file
  const ids = stubs.map(({ id }) => id)
  const whole = { path, first: record, last: record, stubs: ids }
  const say = (action: PlanEntry['action'], more: Partial<PlanEntry> = {}): PlanEntry => ({
    ...entryOf(place, path, action, more),
    owner: 'author',
  })

  if (found.kind === 'absent') return { ...whole, entry: say('written', { after: file.text, ...toWrite(stubs) }) }
  if (found.kind === 'other') {
    const other: FileRecord = { owner: 'other' }
    return {
      path,
      first: other,
      last: other,
      entry: say('kept', { reason: `it is ${found.what}: move it away, then generate` }),
    }
  }
  const former = place.old.files.get(path)
  if (found.kind === 'file' && isKnown(former, contentHash(found.bytes))) {
    if (contentHash(found.bytes) === contentHash(file.text)) return { ...whole, entry: say('unchanged') }
    const texts = { before: found.bytes.toString('utf8'), after: file.text, seen: exactHash(found.bytes) }
    return { ...whole, first: former ?? record, entry: say('written', texts) }
  }
  const { base } = file
  const text = decode(found.bytes)
  const before = text ?? found.bytes.toString('utf8')
  const renamed = base && found.kind === 'file' && text !== undefined ? withNewName(text, base) : undefined
  if (renamed !== undefined && contentHash(renamed) === contentHash(file.text))
    return { ...whole, entry: say('written', { before, after: renamed, seen: exactHash(found.bytes) }) }

  const asked = stubs.filter(({ id }) => !place.old.stubs.includes(id))
  const left = await findLeftStubs(before, unasked, { given: place.old.stubs, spec: place.spec })
  const old = base ? await findOldNames(before, base, (module) => readBeside(place, module)) : []
  if (asked.length === 0 && left.remarks.length === 0 && old.length === 0) return { ...whole, entry: say('unchanged') }

  const { text: after, inserted = [], refused } = await insert(place, found, asked)
  const lacking = refused ? refused.stubs.map(({ id }) => id) : []
  const remarks = [
    ...(base ? old.map((name) => whyOld(name, base, place.spec)) : []),
    ...left.remarks,
    ...(refused ? [`${refused.why}: add by hand what follows`] : []),
  ]
  const outdated = left.ids.length > 0 || old.length > 0
  const more: Partial<PlanEntry> = {
    ...(remarks.length > 0 && { reason: remarks.join('; ') }),
    ...(refused && { snippet: refused.snippet }),
    ...(outdated && { outdated: true as const }),
  }
  const entry =
    after === before
      ? say(refused || outdated ? 'kept' : 'unchanged', more)
      : say('written', { ...more, ...toWrite(inserted), before, after, seen: exactHash(found.bytes) })
  return {
    ...whole,
    entry,
    stubs: ids.filter((id) => !lacking.includes(id)),
    inserted: after === before ? [] : asked.map(({ id }) => id),
    waiting: [...lacking, ...left.ids, ...old.map(({ name }) => name)],
  }
}

function toWrite(stubs: readonly Stub[]): Pick<PlanEntry, 'toWrite'> {
  return stubs.length > 0 ? { toWrite: stubs.map(({ member }) => member) } : {}
}

async function insert(
  place: FilePlace,
  found: Extract<Found, { bytes: Buffer }>,
  stubs: readonly Stub[],
): Promise<StubInsertion> {
  const text = decode(found.bytes)
  const before = text ?? found.bytes.toString('utf8')
  if (stubs.length === 0) return { text: before }
  const { insertStubs } = await import('./stub/insert-stubs.js')
  const hindrance = text === undefined ? 'the file is not UTF-8' : found.kind === 'link' ? whyNotLink : undefined
  return insertStubs(before, stubs, { hindrance, read: (module) => readBeside(place, module) })
}

const whyNotLink = 'the file is a symbolic link, which is not written through'

/** The author's source that a relative import means. What we generate has nothing of the author's. */
function readBeside({ folder }: FilePlace, module: string): string | undefined {
  if (!/^\.\.?\//.test(module) || /\.gen\.js$/.test(module)) return undefined
  return readText(join(folder, module.replace(/\.([cm]?)js$/, '.$1ts')))
}

/** The text of a file, such that encoding it gives the same bytes; nothing where that cannot be. */
function decode(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}
