// In: an author's file as the spec would begin it, and as the author has it. Out: what is added to it, or why nothing is.
import { contentHash, exactHash } from './content-hash.js'
import type { Found } from './disk.js'
import { entryOf, type FilePlace, type FilePlan, isKnown } from './generated-file.js'
import type { FileRecord } from './manifest.js'
import type { OutputFile, Stub } from './output-file.js'
import type { PlanEntry } from './plan.js'
import type { StubInsertion } from './stub/insert-stubs.js'

const record: FileRecord = { owner: 'author' }

/** Plans a file that is the author's: written once, and from then on only added to. */
export async function planAuthorFile(place: FilePlace, file: OutputFile, found: Found): Promise<FilePlan> {
  const { path, stubs = [] } = file
  const ids = stubs.map(({ id }) => id)
  const whole = { path, first: record, last: record, stubs: ids }
  const say = (action: PlanEntry['action'], more: Partial<PlanEntry> = {}): PlanEntry => ({
    ...entryOf(place, path, action, more),
    owner: 'author',
  })

  if (found.kind === 'absent') return { ...whole, entry: say('written', { after: file.text }) }
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

  const asked = stubs.filter(({ id }) => !place.old.stubs.includes(id))
  if (asked.length === 0) return { ...whole, entry: say('unchanged') }

  const { before, insertion } = await insert(found, asked)
  const { text, refused } = insertion
  const again = refused?.again ? refused.stubs.map(({ id }) => id) : []
  const more = refused && { reason: `${refused.why}: add by hand what follows`, snippet: refused.snippet }
  const entry =
    text === before
      ? say(refused ? 'kept' : 'unchanged', more)
      : say('written', { ...more, before, after: text, seen: exactHash(found.bytes) })
  return {
    ...whole,
    entry,
    stubs: ids.filter((id) => !again.includes(id)),
    inserted: text === before ? [] : asked.map(({ id }) => id),
    waiting: again,
  }
}

async function insert(
  found: Extract<Found, { bytes: Buffer }>,
  stubs: readonly Stub[],
): Promise<{ before: string; insertion: StubInsertion }> {
  const { insertStubs, refuseStubs } = await import('./stub/insert-stubs.js')
  const before = decode(found.bytes)
  if (before === undefined) {
    return { before: '', insertion: refuseStubs('', stubs, 'the file is not UTF-8', false) }
  }
  if (found.kind === 'link') {
    return {
      before,
      insertion: refuseStubs(before, stubs, 'the file is a symbolic link, which is not written through', false),
    }
  }
  return { before, insertion: insertStubs(before, stubs) }
}

/** The text of a file, such that encoding it gives the same bytes; nothing where that cannot be. */
function decode(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}
