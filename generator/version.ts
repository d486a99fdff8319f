// The generator's own version, from the package that it stands in.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isObject } from '../runtime/json.js'

/** The version in kloud-gen's package.json. */
export function generatorVersion(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  for (;;) {
    const version = versionIn(folder)
    if (version !== undefined) return version
    const parent = dirname(folder)
    if (parent === folder) throw new Error('kloud-gen cannot find its own package.json')
    folder = parent
  }
}

function versionIn(folder: string): string | undefined {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    return isObject(manifest) && manifest.name === 'kloud-gen' && typeof manifest.version === 'string'
      ? manifest.version
      : undefined
  } catch {
    return undefined
  }
}
