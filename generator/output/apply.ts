// In: a plan. Out: the disk as the plan says, and what came of each file.
import { dirname, join, sep } from 'node:path'
import { nameFrom } from './disk.js'
import { manifestName } from './manifest.js'
import type { Plan, PlanEntry, ProviderPlan } from './plan.js'
import { deleteEmptyFolders, deleteFile, isStill, makeFolder, writeWhole } from './write-file.js'

/**
 * Does what a plan says. Each file is whole at every moment; killed halfway, the next run finishes without taking what
 * was done for an edit. A file that changed since it was planned is left as it is.
 *
 * @returns the plan's entries, as they came out
 * @throws GeneratorError (exit 3) where the disk refuses; what was done until then stays, and the next run goes on
 */
export function apply(plan: Plan): { entries: readonly PlanEntry[] } {
  return { entries: plan.providers.flatMap((provider) => applyProvider(plan, provider)) }
}

function applyProvider(plan: Plan, provider: ProviderPlan): readonly PlanEntry[] {
  const { folder, manifest, litter } = provider
  for (const path of litter) deleteFile(path, path)
  const named = `${provider.name}/${manifestName}`
  const path = join(folder, manifestName)

  const isNew = !manifest.removed && makeFolder(folder, provider.name)
  if (manifest.first !== undefined) writeWhole(path, manifest.first, named)
  const above = nameFrom(plan.project, folder).length + 1
  const entries = provider.entries.map((entry) => applyEntry(folder, entry.path.slice(above), entry, isNew))
  if (entries.some((entry, index) => entry !== provider.entries[index])) return entries

  for (const emptied of provider.emptied) deleteEmptyFolders(emptied, folder)
  if (manifest.removed) {
    deleteFile(path, named)
  } else if (manifest.last !== undefined) {
    writeWhole(path, manifest.last, named)
  }
  if (manifest.removed) deleteEmptyFolders(folder, plan.root)
  return entries
}

/**
 * @param inside the file's path from the folder, with slashes
 * @param isNew whether the folder was made for this run, so that nothing can stand in it
 */
function applyEntry(folder: string, inside: string, entry: PlanEntry, isNew: boolean): PlanEntry {
  if (entry.action !== 'written' && entry.action !== 'deleted') return entry
  const path = folder + sep + inside.replaceAll('/', sep)
  if (!isNew && !isStill(path, entry.seen, entry.path)) {
    return { ...entry, action: 'kept', reason: 'it was changed while kloud-gen ran: run it again' }
  }
  if (entry.action === 'deleted') {
    deleteFile(path, entry.path)
  } else if (entry.after !== undefined) {
    if (inside.includes('/')) makeFolder(dirname(path), dirname(entry.path))
    writeWhole(path, entry.after, entry.path, entry.seen === undefined)
  }
  return entry
}
