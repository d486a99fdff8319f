// In: a working folder and the store. Out: Terraform's state, in the folder while Terraform runs and encrypted in the store otherwise.
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { KloudError } from '../errors.js'
import { isObject } from '../json.js'
import { isErrno } from '../store/file-error.js'
import type { Fence } from '../store/records.js'
import type { FileStore } from '../store/store.js'
import { keyStep } from '../template/key-step.js'
import { folderFiles, prepareTerraformFolder } from '../terraform/folder.js'

const kind = 'state'

/** Puts the state of the store into the folder, where Terraform looks for it. */
export async function unsealState(files: FileStore, owner: string, folder: string): Promise<void> {
  await prepareTerraformFolder(folder)
  const state = await files.read(owner, kind)
  if (state === undefined) return
  const path = join(folder, folderFiles.state)
  await writeFile(`${path}.new`, state, { mode: 0o600 })
  await rename(`${path}.new`, path)
}

/**
 * What a Terraform leaves in its folder that holds secrets in clear, or may. What an apply said goes first: without the state beside it,
 * all that it made would seem forgotten.
 */
const passing = [
  folderFiles.state,
  folderFiles.erroredState,
  `${folderFiles.state}.new`,
  folderFiles.stateBackup,
  folderFiles.plan,
  folderFiles.log,
]

/**
 * Takes the state that is in the folder into the store, and away from the folder: after every Terraform, and where a kloud was killed.
 * A file that was cut off in the middle is put aside, and what the store or Terraform's own copy has counts. A plan holds secrets as
 * the state does, and goes too: one that is to stay is in the store by then.
 *
 * @param onChange is told of a state that is to take the place of another, and waited for
 * @returns the text of the state, wherever it was; nothing where there is none
 */
export async function sealState(
  files: FileStore,
  fence: Fence,
  folder: string,
  onChange?: (before: string, after: string) => Promise<void>,
): Promise<string | undefined> {
  const path = join(folder, folderFiles.state)
  const { erroredState, stateBackup } = folderFiles
  const [errored, found, older] = await Promise.all([
    readText(join(folder, erroredState)),
    readText(path),
    readText(join(folder, stateBackup)),
  ])
  const kept = (await files.read(fence.lock, kind))?.toString('utf8')
  const newest = newestOf([errored, found, older, kept])
  if (newest !== undefined && newest !== kept) {
    if (kept !== undefined) await onChange?.(kept, newest)
    await files.write(fence, kind, newest)
  }
  if (found !== undefined && found !== '' && serialOf(found) === undefined) await rename(path, `${path}.damaged`)
  for (const name of passing) await rm(join(folder, name), { force: true })
  return newest
}

/**
 * The text of the state, wherever it is, for whoever only looks: in the folder it is where it could not be taken into the store.
 *
 * @throws where one is there that is not whole
 */
export async function stateNow(files: FileStore, owner: string, folder: string): Promise<string | undefined> {
  const [errored, found] = await Promise.all([
    readText(join(folder, folderFiles.erroredState)),
    readText(join(folder, folderFiles.state)),
  ])
  const kept = (await files.read(owner, kind))?.toString('utf8')
  const isErrored = errored !== undefined && serialOf(errored) !== undefined
  const isDamaged = found === undefined ? errored !== undefined : serialOf(found) === undefined
  if (isDamaged && !isErrored) throw new KloudError('other', 'the state is not whole')
  return newestOf([errored, found, kept])
}

/** Of several states of one stack, the one with the highest serial; of equals the first. */
function newestOf(texts: readonly (string | undefined)[]): string | undefined {
  let newest: { text: string; serial: number } | undefined
  for (const text of texts) {
    const serial = text === undefined ? undefined : serialOf(text)
    if (text === undefined || serial === undefined) continue
    if (newest === undefined || serial > newest.serial) newest = { text, serial }
  }
  return newest?.text
}

/** Terraform counts how often it wrote a state. Nothing for what is no whole state. */
function serialOf(text: string): number | undefined {
  try {
    const state: unknown = JSON.parse(text)
    return isObject(state) && typeof state.serial === 'number' ? state.serial : undefined
  } catch {
    return undefined
  }
}

/** Which state it is; -1 where there is none. */
export function serialIn(text: string | undefined): number {
  return text === undefined ? -1 : (serialOf(text) ?? -1)
}

/** Something in a state that exists. */
interface Instance {
  readonly address: string
  /** Whether another has taken its place, and it is still to be deleted. */
  readonly deposed: boolean
}

function instancesIn(text: string | undefined): Instance[] {
  if (text === undefined) return []
  const state: unknown = JSON.parse(text)
  const resources = isObject(state) && Array.isArray(state.resources) ? state.resources : []
  return resources.flatMap((resource: unknown) => {
    if (!isObject(resource) || resource.mode !== 'managed' || !Array.isArray(resource.instances)) return []
    const module = typeof resource.module === 'string' ? `${resource.module}.` : ''
    const name = `${module}${String(resource.type)}.${String(resource.name)}`
    return resource.instances.map((instance: unknown) => {
      const { index_key: key, deposed } = isObject(instance) ? instance : {}
      const step = typeof key === 'string' ? keyStep(key) : typeof key === 'number' ? `[${key}]` : ''
      return { address: name + step, deposed: deposed !== undefined }
    })
  })
}

/** What is said of something whose place another has taken: they have one address. */
export function replacedBefore(address: string): string {
  return `${address} (replaced before)`
}

/** What a state holds, by address, without data sources. */
export function resourcesIn(text: string | undefined): string[] {
  return instancesIn(text).map(({ address, deposed }) => (deposed ? replacedBefore(address) : address))
}

/** Addresses at which something was replaced that is still to be deleted. */
export function deposedIn(text: string | undefined): Set<string> {
  return new Set(instancesIn(text).flatMap(({ address, deposed }) => (deposed ? [address] : [])))
}

/** Whether a state holds something that was half made: the next apply makes it anew. */
export function holdsHalfMade(text: string | undefined): boolean {
  const state: unknown = text === undefined ? undefined : JSON.parse(text)
  const resources: unknown[] = isObject(state) && Array.isArray(state.resources) ? state.resources : []
  return resources.some(
    (resource) =>
      isObject(resource) &&
      Array.isArray(resource.instances) &&
      resource.instances.some((instance) => isObject(instance) && instance.status === 'tainted'),
  )
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined
    throw error
  }
}
