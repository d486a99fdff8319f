// In: a flag, the environment, the PATH. Out: the Terraform or OpenTofu to run, with its version, or an error that says how to get one.
import { execFile } from 'node:child_process'
import { constants } from 'node:fs'
import { access, readFile, realpath, rename, stat, writeFile } from 'node:fs/promises'
import { basename, delimiter, dirname, isAbsolute, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { ensureFolder } from '../ensure-folder.js'
import { inputError, KloudError } from '../errors.js'
import { isObject } from '../json.js'
import { terraformEnvironment } from './environment.js'

/** A Terraform or OpenTofu that can be run. */
export interface TerraformBinary {
  path: string
  product: 'terraform' | 'tofu'
  /** `1.11.4`. */
  version: string
}

export interface FindOptions {
  /** A path or a program's name, as the user's flag says. */
  flag?: string | undefined
  environment?: Readonly<NodeJS.ProcessEnv>
  /** Where a relative path in the flag starts. */
  cwd?: string
  /** A folder to remember versions in, so that the binary is asked once and not at every command. */
  cacheFolder?: string
}

const leastVersion = '1.5.0'
const howToGet =
  'install Terraform 1.5 or later (https://developer.hashicorp.com/terraform/install) or OpenTofu (https://opentofu.org/docs/intro/install), or name one with --terraform PATH or KLOUD_TERRAFORM'

/**
 * Finds Terraform: the flag's, that of `KLOUD_TERRAFORM`, `terraform` or `tofu` on the PATH, in this order.
 * Throws when there is none, when it does not run, or when it is older than 1.5.
 *
 * @example
 * const binary = await findTerraform({ cacheFolder: '.kloud/cache' }) // { path: '/usr/bin/terraform', product: 'terraform', version: '1.11.4' }
 */
export async function findTerraform(options: FindOptions = {}): Promise<TerraformBinary> {
  const { environment = process.env, cwd = process.cwd(), cacheFolder } = options
  const path = await findProgram(options.flag, environment, cwd)
  const version = await versionOf(path, environment, cacheFolder)
  if (!isAtLeast(version, leastVersion)) {
    throw new KloudError('other', `${path} is version ${version}; Kloud needs ${leastVersion} or later`, {
      hint: howToGet,
    })
  }
  return { path, product: basename(await realpath(path)).includes('tofu') ? 'tofu' : 'terraform', version }
}

/** Whether a version is this one or a later: `isAtLeast('1.11.4', '1.5.0')`. A pre-release counts as its release. */
export function isAtLeast(version: string, least: string): boolean {
  const [have, want] = [version, least].map((text) => text.split('-', 1)[0]?.split('.').map(Number) ?? [])
  for (const [index, number] of (want ?? []).entries()) {
    const own = have?.[index] ?? 0
    if (own !== number) return own > number
  }
  return true
}

async function findProgram(
  flag: string | undefined,
  environment: Readonly<NodeJS.ProcessEnv>,
  cwd: string,
): Promise<string> {
  const said = flag ?? environment.KLOUD_TERRAFORM
  if (said !== undefined && said !== '') {
    const path = isAbsolute(said) || said.includes('/') ? resolve(cwd, said) : await onPath(said, environment)
    if (path !== undefined && (await isProgram(path))) return path
    const origin = flag === undefined ? 'KLOUD_TERRAFORM' : '--terraform'
    throw inputError(`${origin} names ${said}, which is no program that can be run`, { hint: howToGet })
  }
  const found = (await onPath('terraform', environment)) ?? (await onPath('tofu', environment))
  if (found !== undefined) return found
  throw new KloudError('other', 'neither terraform nor tofu is on the PATH', { hint: howToGet })
}

async function onPath(name: string, environment: Readonly<NodeJS.ProcessEnv>): Promise<string | undefined> {
  const names = process.platform === 'win32' ? [`${name}.exe`, name] : [name]
  for (const folder of (environment.PATH ?? '').split(delimiter)) {
    if (folder === '') continue
    for (const candidate of names) {
      const path = join(folder, candidate)
      if (await isProgram(path)) return path
    }
  }
  return undefined
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK)
    return (await stat(path)).isFile()
  } catch {
    return false
  }
}

/** Asks the binary, unless the same file has been asked before. */
async function versionOf(
  path: string,
  environment: Readonly<NodeJS.ProcessEnv>,
  cacheFolder: string | undefined,
): Promise<string> {
  const { mtimeMs, size } = await stat(path)
  const key = `${path} ${mtimeMs} ${size}`
  const file = cacheFolder === undefined ? undefined : join(cacheFolder, 'terraform-version.json')
  const known = file === undefined ? {} : await readKnown(file)
  const before = known[key]
  if (typeof before === 'string') return before
  const version = await askVersion(path, environment)
  if (file !== undefined) await remember(file, { [key]: version })
  return version
}

async function askVersion(path: string, environment: Readonly<NodeJS.ProcessEnv>): Promise<string> {
  try {
    const env = terraformEnvironment({ from: environment })
    const { stdout } = await promisify(execFile)(path, ['version', '-json'], { env, timeout: 30_000 })
    const json: unknown = JSON.parse(stdout)
    if (isObject(json) && typeof json.terraform_version === 'string') return json.terraform_version
    throw new Error('it does not tell its version')
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error)
    throw new KloudError('other', `${path} cannot be used as Terraform: ${why}`, { cause: error, hint: howToGet })
  }
}

/** What was remembered; a file that cannot be read or is garbage is as good as none. */
async function readKnown(file: string): Promise<Record<string, unknown>> {
  try {
    const json: unknown = JSON.parse(await readFile(file, 'utf8'))
    return isObject(json) ? json : {}
  } catch {
    return {}
  }
}

/** Remembering is a convenience: a folder that cannot be written is no error. */
async function remember(file: string, known: Record<string, string>): Promise<void> {
  const temporary = `${file}.${process.pid}`
  try {
    ensureFolder(dirname(file), 0o700)
    await writeFile(temporary, JSON.stringify(known), { mode: 0o600 })
    await rename(temporary, file)
  } catch {
    return
  }
}
