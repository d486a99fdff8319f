// In: a project. Out: the spec files in it, with their hashes, read as bytes: nothing heavy is loaded for that.
import { readdirSync } from 'node:fs'
import { posix } from 'node:path'
import { GeneratorError, systemCode } from './errors.js'
import { Memory } from './output/memory.js'
import { type Project, specsFolder } from './project.js'
import { SPEC_LIMIT } from './spec/limit.js'

export interface SpecFile {
  /** From the project, with slashes: `specs/acme.yaml`. */
  file: string
  /** Absolute. */
  path: string
  /** Of its bytes; empty for what cannot be read as a spec, which reading it will say. */
  hash: string
}

/**
 * The specs of a project: every `.yaml` and `.yml` right in the folder, sorted. What specs share stands in folders below.
 * @throws GeneratorError (exit 2) where there is no such folder
 */
export function findSpecFiles(project: Project, memory = new Memory(undefined)): SpecFile[] {
  const folder = specsFolder(project)
  let names: string[]
  try {
    names = readdirSync(folder)
  } catch (error) {
    const missing = systemCode(error) === 'ENOENT'
    throw new GeneratorError(
      missing ? `there is no folder ${project.specs}` : `${project.specs} cannot be read as a folder`,
      {
        exit: 2,
        hint: 'begin with "kloud-gen new provider NAME", or say --specs DIR',
      },
    )
  }
  const stated = posix.join(project.specs, '/').replace(/^\.\//, '').replaceAll('\\', '/')
  return names
    .filter((name) => /\.ya?ml$/.test(name) && !name.startsWith('.'))
    .sort()
    .map((name) => {
      const path = `${folder}/${name}`
      return { file: stated + name, path, hash: memory.hash(path, SPEC_LIMIT) ?? '' }
    })
}
