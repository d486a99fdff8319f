// In: the path of a folder. Out: the folder, made with all that are missing above it.
import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/**
 * Makes a folder where there is none. Node's own `recursive` never returns where the system says of a folder that it is not there and
 * cannot be made, as Linux does below /proc (seen with Node 20.20).
 *
 * @param mode of those that are made
 * @returns whether it was missing
 * @throws what the system says
 */
export function ensureFolder(path: string, mode = 0o777): boolean {
  const missing: string[] = []
  // A root that is not there, as of a drive, is its own parent.
  for (let folder = resolve(path); !existsSync(folder) && folder !== missing[0]; folder = dirname(folder))
    missing.unshift(folder)
  for (const folder of missing) makeOnce(folder, mode)
  // What stands there may be a file.
  if (missing.length === 0) makeOnce(path, mode)
  return missing.length > 0
}

function makeOnce(folder: string, mode: number): void {
  try {
    mkdirSync(folder, { mode })
  } catch (error) {
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw error
  }
}
