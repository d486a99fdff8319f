// In: the working folder. Out: the files that may be providers: the bundled ones, the user's own, and those of installed packages.
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path'
import { inputError } from '../errors.js'
import { isObject } from '../json.js'
import { bundledProviders } from './bundled-providers.js'
import type { Candidate, CandidateFile, Origin } from './candidate.js'
import { configuredFolder } from './configured-folder.js'

export interface WhereToLook {
  /** The working folder, absolute. */
  readonly cwd: string
  /** The folder of the user's own providers; when not said, the one that kloud-gen.config.yaml names, else `generated`. */
  readonly folder?: string | undefined
}

/**
 * All candidates, those of the same file once.
 * @throws KloudError (input) for a folder that was asked for and is not there, and for a package that declares its providers wrongly
 */
export async function findCandidates({ cwd, folder }: WhereToLook): Promise<Candidate[]> {
  const own = resolve(cwd, folder ?? (await configuredFolder(cwd)) ?? 'generated')
  if (folder !== undefined && !existsSync(own)) throw inputError(`--providers: there is no folder ${folder}`)
  const all = [...inFolder(own, 'own', cwd), ...inPackages(cwd), ...bundled(cwd)]
  const files = new Set<string>()
  return all.filter((candidate) => {
    if ('load' in candidate) return true
    const real = realpathSync(candidate.file)
    if (files.has(real)) return false
    files.add(real)
    return true
  })
}

function bundled(cwd: string): Candidate[] {
  if (typeof bundledProviders === 'string') return inFolder(bundledProviders, 'bundled', cwd)
  return bundledProviders.map((provider) => {
    const { name } = provider.facts
    return { origin: 'bundled', shown: `kloud-gen's own ${name}`, likelyName: name, ...provider }
  })
}

/** `NAME/index.ts` in a folder, or `NAME/index.js`. */
function inFolder(folder: string, origin: Origin, cwd: string): CandidateFile[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const index = ['index.ts', 'index.js'].map((file) => join(folder, name, file)).find(existsSync)
      return index === undefined ? [] : [candidate(index, name, origin, cwd)]
    })
}

/** What the dependencies of the nearest package.json declare: `"kloud": { "providers": ["./dist/acme.js"] }`. */
function inPackages(cwd: string): Candidate[] {
  const root = upwards(cwd).find((folder) => existsSync(join(folder, 'package.json')))
  const manifest = root === undefined ? undefined : readManifest(root)
  if (root === undefined || manifest === undefined) return []
  const names = new Set(
    ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((kind) => keysOf(manifest[kind])),
  )
  return [...names].sort().flatMap((name) => {
    const folder = upwards(root)
      .map((above) => join(above, 'node_modules', name))
      .find((path) => existsSync(join(path, 'package.json')))
    return folder === undefined ? [] : inPackage(name, folder, cwd)
  })
}

function inPackage(name: string, folder: string, cwd: string): Candidate[] {
  const kloud = readManifest(folder)?.kloud
  if (!isObject(kloud) || kloud.providers === undefined) return []
  const { providers } = kloud
  const isPaths = Array.isArray(providers) && providers.every((path) => typeof path === 'string')
  if (!isPaths) throw inputError(`package ${name}: kloud.providers must be a list of paths`)
  return providers.map((path) => {
    const file = resolve(folder, path)
    if (!file.startsWith(folder + sep) || !existsSync(file)) {
      throw inputError(`package ${name}: kloud.providers has ${path}, and there is no such file in the package`)
    }
    const stem = basename(file, extname(file))
    return {
      ...candidate(file, stem === 'index' ? basename(dirname(file)) : stem, 'package', cwd),
      shown: `${name}/${path}`,
    }
  })
}

function candidate(file: string, likelyName: string, origin: Origin, cwd: string): CandidateFile {
  return { origin, file, shown: relative(cwd, file) || file, likelyName }
}

function upwards(folder: string): string[] {
  const above = dirname(folder)
  return above === folder ? [folder] : [folder, ...upwards(above)]
}

function readManifest(folder: string): Record<string, unknown> | undefined {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    return isObject(manifest) ? manifest : undefined
  } catch {
    return undefined
  }
}

function keysOf(value: unknown): string[] {
  return isObject(value) ? Object.keys(value) : []
}
