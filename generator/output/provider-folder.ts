// In: a provider's folder. Out: why nothing may be written in it, and what a killed run left there.
import { dirname, join } from 'node:path'
import { GeneratorError } from '../errors.js'
import { entryAt, isWithin, nameFrom, namesIn, realPath } from './disk.js'
import { isLitter } from './litter.js'
import type { PlanContext } from './plan.js'

/** How a file in a provider's folder is named to the user. */
export function entryPath(context: PlanContext, folder: string, path: string): string {
  return nameFrom(context.project, join(folder, path))
}

/** A provider's folder, and those within it that its files stand in; absolute. */
export function foldersOf(folder: string, paths: readonly string[]): string[] {
  const deeper = paths.filter((path) => path.includes('/'))
  return [...new Set([folder, ...deeper.map((path) => dirname(join(folder, path)))])]
}

/** Why nothing may be written in a provider's folder. */
export function refuseFolder(
  context: PlanContext,
  folder: string,
  paths: readonly string[],
): GeneratorError | undefined {
  for (const part of foldersOf(folder, paths)) {
    const stats = entryAt(part)
    if (stats === undefined) continue
    const name = entryPath(context, part, '')
    if (!stats.isDirectory() && !stats.isSymbolicLink()) {
      return new GeneratorError(`${name} is a file, where a folder would go`, {
        exit: 2,
        hint: 'move it away and run again',
      })
    }
    const real = realPath(part)
    if (!context.within.some((limit) => isWithin(limit, real))) {
      return new GeneratorError(`${name} is a symbolic link out of the project, to ${real}`, {
        exit: 2,
        hint: 'make it a folder of its own',
      })
    }
  }
  return undefined
}

/**
 * The files in a provider's folder that a killed run was writing.
 *
 * @param names what is right in the folder
 * @param paths what else may be in it, deeper down
 */
export function litterIn(folder: string, names: Iterable<string>, paths: readonly string[]): string[] {
  const [, ...deeper] = foldersOf(folder, paths)
  const parts = [[folder, names] as const, ...deeper.map((part) => [part, namesIn(part, part)] as const)]
  return parts.flatMap(([part, inside]) => [...inside].filter(isLitter).map((name) => join(part, name)))
}
