// In: a file that may be a provider. Out: the provider, with the very runtime that this process runs.
import { inputError, KloudError } from '../errors.js'
import { isObject } from '../json.js'
import type { Provider } from '../provider.js'
import type { Candidate } from './candidate.js'

/**
 * Loads a provider. TypeScript runs as it is.
 * @throws KloudError (input) for a file that does not load, or that is no provider
 */
export async function loadProvider(candidate: Candidate): Promise<Provider> {
  const { shown } = candidate
  let module: unknown
  try {
    module = await importFile(candidate)
  } catch (cause) {
    if (cause instanceof KloudError) throw cause
    const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause)
    throw inputError(`the provider in ${shown} cannot be loaded: ${reason}`, { file: shown, cause })
  }
  const provider = typeof module === 'object' && module !== null && 'default' in module ? module.default : module
  if (isProvider(provider)) return provider
  const hint = 'its default export must be what defineProvider gives'
  throw new KloudError('providerWrong', `${shown} is no provider`, { fault: 'input', file: shown, hint })
}

async function importFile(candidate: Candidate): Promise<unknown> {
  if ('load' in candidate) return candidate.load()
  loader ??= makeLoader()
  const { jiti } = await loader
  // One after the other: what modules share while they load belongs to one load at a time.
  const loaded = turn.then(() => jiti.import(candidate.file))
  turn = loaded.catch(() => undefined)
  return loaded
}

let loader: ReturnType<typeof makeLoader> | undefined
let turn: Promise<unknown> = Promise.resolve()

async function makeLoader() {
  const [{ createJiti }, runtime] = await Promise.all([import('jiti'), import('../index.js')])
  return { jiti: createJiti(import.meta.url, { virtualModules: { 'kloud-gen/runtime': runtime } }) }
}

function isProvider(value: unknown): value is Provider {
  if (!isObject(value)) return false
  const { name, title, terraform, machine, Credential, Bootstrap, Metadata, Stack, Machine } = value
  const classes = [Credential, Bootstrap, Metadata, Stack, Machine]
  return (
    typeof name === 'string' &&
    typeof title === 'string' &&
    isObject(terraform) &&
    isObject(machine) &&
    classes.every(isClass)
  )
}

function isClass(value: unknown): boolean {
  return typeof value === 'function'
}
