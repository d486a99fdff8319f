// In: the package that this module stands in. Out: its version.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isObject } from './json.js'

/** The version in kloud-gen's package.json. */
export function packageVersion(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const version = versionIn(folder)
    if (version !== undefined) return version
    if (folder === dirname(folder)) throw new Error('kloud cannot find its own package.json')
  }
}

function versionIn(folder: string): string | undefined {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    const isOurs = isObject(manifest) && manifest.name === 'kloud-gen'
    return isOurs && typeof manifest.version === 'string' ? manifest.version : undefined
  } catch {
    return undefined
  }
}
