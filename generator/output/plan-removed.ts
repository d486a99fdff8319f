// In: the output folder and the providers that the specs give. Out: what becomes of the folders whose specs are gone or renamed.
import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { GeneratorError } from '../errors.js'
import { entryAt, namesIn } from './disk.js'
import { planLeftFile } from './generated-file.js'
import { isLitter } from './litter.js'
import { type Manifest, manifestName } from './manifest.js'
import type { PlanContext, ProviderPlan } from './plan.js'
import { lookUpManifest, planManifest } from './plan-manifest.js'
import { entryPath, foldersOf, litterIn, refuseFolder } from './provider-folder.js'

/**
 * Plans the folders that no spec gives any more.
 *
 * @param names the providers that the specs give, by their specs' paths
 */
export function planLeftOvers(
  context: PlanContext,
  names: ReadonlyMap<string | undefined, string>,
): (ProviderPlan | GeneratorError)[] {
  const given = new Set(names.values())
  return foldersIn(context.root)
    .filter((name) => !given.has(name))
    .flatMap((name) => planLeftOver(context, name, names) ?? [])
}

function foldersIn(root: string): string[] {
  if (!entryAt(root)) return []
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
}

function planLeftOver(
  context: PlanContext,
  name: string,
  names: ReadonlyMap<string | undefined, string>,
): ProviderPlan | GeneratorError | undefined {
  const folder = join(context.root, name)
  const named = entryPath(context, folder, '')
  const inside = namesIn(folder, named)
  if (!inside.includes(manifestName)) return onlyLitter(folder, name, inside)
  const old = lookUpManifest(context, folder)
  if (old instanceof GeneratorError) return old
  const spec = old.inputs[0]?.path
  if (spec === undefined) return undecided(context, folder)
  const now = names.get(spec)
  if (now === undefined && existsSync(resolve(context.project, spec))) return undefined
  if (old.provider !== name && !old.conflicted) return copied(context, folder, old)
  const refused = refuseFolder(context, folder, [...old.files.keys()])
  if (refused) return refused

  const stays =
    now === undefined
      ? `${spec} is gone, and this is yours: delete it, or bring the spec back`
      : `${name} is now called ${now}, and this is yours: move what you wrote to ${entryPath(context, context.root, now)}, then delete it here`
  const plans = [...old.files].map(([path, record]) =>
    planLeftFile({ context, folder, named, provider: name, old, spec }, path, record, stays),
  )
  const { generator, inputs, provider } = old
  return {
    name,
    folder,
    entries: plans.flatMap(({ entry }) => entry ?? []).sort((a, b) => (a.path < b.path ? -1 : 1)),
    manifest: {
      ...planManifest(old, plans, { generator, inputs, provider }),
      ...(plans.every(({ last }) => last === undefined) && { removed: true }),
    },
    litter: litterIn(folder, inside, [...old.files.keys()]),
    emptied: foldersOf(folder, [...old.files.keys()]),
  }
}

/** A run that was killed before it wrote a manifest leaves a folder that nothing else would ever take away. */
function onlyLitter(folder: string, name: string, names: readonly string[]): ProviderPlan | undefined {
  if (names.length === 0 || !names.every(isLitter)) return undefined
  return {
    name,
    folder,
    entries: [],
    manifest: { removed: true },
    litter: names.map((litter) => join(folder, litter)),
    emptied: [],
  }
}

function undecided(context: PlanContext, folder: string): GeneratorError {
  return new GeneratorError(`${entryPath(context, folder, manifestName)} does not say which spec it belongs to`, {
    exit: 2,
    hint: 'restore it from version control, or delete the folder if nothing in it is yours',
  })
}

function copied(context: PlanContext, folder: string, old: Manifest): GeneratorError {
  return new GeneratorError(`${entryPath(context, folder, '')} holds the manifest of ${old.provider}: it is a copy`, {
    exit: 2,
    hint: `move the folder out of the output folder, or delete the ${manifestName} in it`,
  })
}
