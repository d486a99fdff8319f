// In: the working folder and what the command line says. Out: where the specs are and where code goes.
import { existsSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { isObject } from '../runtime/json.js'
import { nearest } from '../runtime/nearest.js'
import { GeneratorError } from './errors.js'

/** The settings' file, in the project's folder. */
export const CONFIG_FILE = 'kloud-gen.config.yaml'

export interface Project {
  /** Absolute; all paths in messages and in generated code start here. */
  cwd: string
  /** The folder of the specs, from the project, with slashes. */
  specs: string
  /** The folder of generated code, from the project, with slashes. */
  out: string
  /** Whether each provider gets a test of its whole life, which needs vitest. */
  tests: boolean
}

/**
 * Finds a project's folders: from the flags, else from `kloud-gen.config.yaml`, else `specs` and `generated`.
 * @throws GeneratorError (exit 2) where the settings cannot be read
 */
export async function findProject(
  cwd: string,
  flags: { specs?: string | undefined; out?: string | undefined },
): Promise<Project> {
  const config = await readConfig(join(cwd, CONFIG_FILE))
  return {
    cwd,
    specs: fromProject(cwd, flags.specs ?? config.specs ?? 'specs'),
    out: fromProject(cwd, flags.out ?? config.out ?? 'generated'),
    tests: config.tests ?? true,
  }
}

/** The absolute path of a project's folder of specs. */
export function specsFolder({ cwd, specs }: Project): string {
  return resolve(cwd, specs)
}

/** The absolute path of a project's folder of generated code. */
export function outFolder({ cwd, out }: Project): string {
  return resolve(cwd, out)
}

interface Config {
  specs?: string
  out?: string
  tests?: boolean
}

const configKeys = ['specs', 'out', 'tests']
const known = 'specs, out and tests'

async function readConfig(path: string): Promise<Config> {
  if (!existsSync(path)) return {}
  const { readYaml } = await import('./spec/yaml/read.js')
  let config: unknown
  try {
    config = readYaml(readFileSync(path, 'utf8'))
  } catch (error) {
    const reason = error instanceof Error ? error.message : ''
    throw new GeneratorError(`${CONFIG_FILE} cannot be read: ${reason}`, { exit: 2 })
  }
  if (config === null || config === undefined) return {}
  if (!isObject(config)) throw new GeneratorError(`${CONFIG_FILE} must be a map with ${known}`, { exit: 2 })
  const found: Config = {}
  for (const [key, value] of Object.entries(config)) {
    if (key === 'tests') found.tests = readTests(value)
    else if (key === 'specs' || key === 'out') found[key] = readFolder(key, value)
    else {
      const near = nearest(key, configKeys)
      throw new GeneratorError(
        `${CONFIG_FILE} has an unknown key ${key}: ${near ? `did you mean ${near}?` : `known are ${known}`}`,
        { exit: 2 },
      )
    }
  }
  return found
}

function readFolder(key: string, value: unknown): string {
  if (typeof value === 'string' && value !== '') return value
  throw new GeneratorError(`${key} in ${CONFIG_FILE} must be the path of a folder`, { exit: 2 })
}

function readTests(value: unknown): boolean {
  if (typeof value === 'boolean') return value
  throw new GeneratorError(`tests in ${CONFIG_FILE} must be true or false`, { exit: 2 })
}

/** A folder from the project, however it was named: what is generated is the same wherever the project stands. */
function fromProject(cwd: string, folder: string): string {
  return relative(cwd, resolve(cwd, folder)).replaceAll('\\', '/') || '.'
}
