// In: the working folder. Out: the folder that kloud-gen.config.yaml names for generated code, where there is one.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { inputError } from '../errors.js'
import { isObject } from '../json.js'

/** The settings' file of `kloud-gen`, in the project's folder. */
const file = 'kloud-gen.config.yaml'

/**
 * Its `out`, as the user wrote it.
 * @throws KloudError (input) where the settings are not YAML
 */
export async function configuredFolder(cwd: string): Promise<string | undefined> {
  const text = await readFile(join(cwd, file), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const { parse } = await import('yaml')
  let settings: unknown
  try {
    settings = parse(text)
  } catch (cause) {
    throw inputError(`${file} is not YAML`, { file, cause })
  }
  return isObject(settings) && typeof settings.out === 'string' && settings.out !== '' ? settings.out : undefined
}
