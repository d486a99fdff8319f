// In: what one spec gives, and its folder. Out: what becomes of each file there, and of the manifest.
import { join } from 'node:path'
import { GeneratorError } from '../errors.js'
import { planAuthorFile } from './author-file.js'
import { look, namesIn } from './disk.js'
import { type FilePlan, planGeneratedFile, planLeftFile } from './generated-file.js'
import { emptyManifest, isPathInside, manifestName } from './manifest.js'
import type { OutputFile, ProviderOutput } from './output-file.js'
import type { PlanContext, ProviderPlan } from './plan.js'
import { lookUpManifest, planManifest } from './plan-manifest.js'
import { entryPath, foldersOf, litterIn, refuseFolder } from './provider-folder.js'

/** Plans one provider, or says why its folder cannot be worked in. */
export async function planProvider(
  context: PlanContext,
  output: ProviderOutput,
): Promise<ProviderPlan | GeneratorError> {
  const folder = join(context.root, output.name)
  const named = entryPath(context, folder, '')
  const names = new Set(namesIn(folder, named))
  const remembered = names.has(manifestName) ? lookUpManifest(context, folder) : undefined
  if (remembered instanceof GeneratorError) return remembered
  const old = remembered ?? emptyManifest(output.name)
  const files = [...output.files].sort((a, b) => (a.path < b.path ? -1 : 1))
  const given = new Set(files.map(({ path }) => path))
  const refused = refuseFolder(context, folder, [...given, ...old.files.keys()])
  if (refused) return refused

  const place = { context, folder, named, provider: output.name, old, spec: output.inputs[0]?.path ?? 'its spec' }
  const plans: FilePlan[] = []
  for (const file of files) {
    assertOurs(file, output)
    const found = maybeThere(file.path, names) ? look(join(folder, file.path), `${named}/${file.path}`) : absent
    plans.push(
      file.owner === 'author' ? await planAuthorFile(place, file, found) : planGeneratedFile(place, file, found),
    )
  }
  const stays = `${place.spec} does not ask for it any more, and it is yours: delete it when you have no use for it`
  for (const [path, record] of old.files) {
    if (!given.has(path)) plans.push(planLeftFile(place, path, record, stays))
  }
  return {
    name: output.name,
    folder,
    entries: plans.flatMap(({ entry }) => entry ?? []).sort((a, b) => (a.path < b.path ? -1 : 1)),
    manifest: planManifest(remembered, plans, {
      generator: context.generator,
      provider: output.name,
      inputs: output.inputs,
    }),
    litter: litterIn(folder, names, [...given, ...old.files.keys()]),
    emptied: foldersOf(
      folder,
      [...old.files.keys()].filter((path) => !given.has(path)),
    ),
  }
}

const absent = { kind: 'absent' } as const

function maybeThere(path: string, names: ReadonlySet<string>): boolean {
  return names.has(path) || path.includes('/')
}

function assertOurs(file: OutputFile, output: ProviderOutput): void {
  if (!isPathInside(file.path)) throw new Error(`emitted a path outside of ${output.name}: ${file.path}`)
}
