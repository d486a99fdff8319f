// In: where a user wants code to be written, and under which names. Out: why that would do harm, or nothing.
import { existsSync, lstatSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, parse, resolve, sep } from 'node:path'
import { GeneratorError } from '../errors.js'
import { isWithin, nameFrom, realPath } from './disk.js'

/**
 * Why a folder cannot be the output folder: files are replaced and deleted in it, so it must be a folder of its own.
 * Nothing is returned where it can.
 *
 * @param folders.root the output folder; `specs` the folder of the specs; both from `project`, or absolute
 */
export function refuseOutputFolder(folders: {
  project: string
  root: string
  specs?: string
}): GeneratorError | undefined {
  const project = realPath(resolve(folders.project))
  const stated = resolve(folders.project, folders.root)
  const root = realPath(stated)
  const specs = folders.specs === undefined ? undefined : realPath(resolve(folders.project, folders.specs))
  const why =
    whyNoFolder(stated) ??
    whySystemFolder(root) ??
    whyProject(project, root) ??
    (isWithin(resolve(folders.project), stated) && !isWithin(project, root)
      ? `it is a symbolic link out of the project, to ${root}`
      : undefined) ??
    (existsSync(join(root, '.git')) || root.split(sep).includes('.git') ? 'it holds a git repository' : undefined) ??
    (specs !== undefined && isWithin(root, specs) ? 'it holds the specs' : undefined)
  if (why === undefined) return undefined
  const name = nameFrom(resolve(folders.project), stated) || '.'
  return new GeneratorError(`${name} cannot be the output folder: ${why}`, {
    exit: 2,
    hint: 'give a folder of its own within the project, such as --out generated',
  })
}

function whyNoFolder(stated: string): string | undefined {
  const stats = lstatSync(stated, { throwIfNoEntry: false })
  if (stats === undefined || stats.isDirectory()) return undefined
  if (!stats.isSymbolicLink()) return 'it is a file'
  return existsSync(stated) ? undefined : 'it is a symbolic link that leads nowhere'
}

function whySystemFolder(root: string): string | undefined {
  if (root === parse(root).root) return 'it is the root of the disk'
  const home = realPath(homedir())
  if (isWithin(root, home)) return root === home ? 'it is your home' : 'your home is in it'
  const homes = ['/home', '/Users']
  return homes.includes(root) || homes.includes(dirname(root)) || root === '/root' ? 'it is a home' : undefined
}

function whyProject(project: string, root: string): string | undefined {
  if (root === project) return 'it is the project itself'
  return isWithin(root, project) ? 'the project is in it' : undefined
}

const nameShape = /^[a-z][a-z0-9_-]{0,62}$/
const deviceName = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$/
const takenNames = new Set(['index', 'node_modules'])

/** Why a provider cannot have a name: it becomes a folder on every system, and a word in code. */
export function refuseProviderName(name: string): GeneratorError | undefined {
  const why = !nameShape.test(name)
    ? 'a name is lower-case letters, digits, - and _, begins with a letter, and has 63 at most'
    : deviceName.test(name)
      ? 'Windows keeps that word for a device'
      : takenNames.has(name)
        ? 'that word has another meaning in the output folder'
        : undefined
  if (why === undefined) return undefined
  const shown = JSON.stringify(name.length > 80 ? `${name.slice(0, 80)}…` : name)
  return new GeneratorError(`a provider cannot be named ${shown}: ${why}`, {
    exit: 2,
    hint: 'choose another name, such as acme',
  })
}
