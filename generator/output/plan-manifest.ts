// In: a folder's manifest and what becomes of its files. Out: the manifest before the files are written, and after.
import { join } from 'node:path'
import { GeneratorError } from '../errors.js'
import { look } from './disk.js'
import type { FilePlan } from './generated-file.js'
import { formatManifest, type Manifest, manifestName, readManifest } from './manifest.js'
import type { ManifestPlan, PlanContext } from './plan.js'
import { entryPath } from './provider-folder.js'

/** Reads the manifest of a folder that has one. */
export function lookUpManifest(context: PlanContext, folder: string): Manifest | GeneratorError {
  const name = entryPath(context, folder, manifestName)
  const found = look(join(folder, manifestName), name)
  if (found.kind === 'file' || found.kind === 'link') return readManifest(found.bytes.toString('utf8'), name)
  return new GeneratorError(`${name} is ${found.kind === 'absent' ? 'gone' : found.what}`, {
    exit: 2,
    hint: 'move it away and run again',
  })
}

/** The manifest that is written before the files, and the one after. */
export function planManifest(
  remembered: Manifest | undefined,
  plans: readonly FilePlan[],
  head: Pick<Manifest, 'generator' | 'provider' | 'inputs'>,
): ManifestPlan {
  const changes = plans.some(({ entry }) => entry?.action === 'written' || entry?.action === 'deleted')
  const waiting = plans.flatMap(({ waiting }) => waiting ?? [])
  const last = formatManifest({
    ...head,
    files: new Map(plans.flatMap(({ path, last }) => (last ? [[path, last]] : []))),
    stubs: plans.flatMap(({ stubs }) => stubs ?? []),
    waiting,
  })
  const same = plans.every((plan) => plan.first === plan.last && !plan.inserted?.length)
  const first = same
    ? last
    : formatManifest({
        ...head,
        files: new Map(plans.flatMap(({ path, first }) => (first ? [[path, first]] : []))),
        stubs: plans.flatMap(({ stubs = [], inserted = [] }) => stubs.filter((id) => !inserted.includes(id))),
        waiting,
      })
  const now = remembered === undefined || remembered.conflicted ? undefined : formatManifest(remembered)
  return {
    ...(changes && first !== now && { first }),
    ...(last !== (changes ? first : now) && { last }),
  }
}
