// In: what an apply said, and the state that it left. Out: what it made and did not write down.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { KloudError } from '../errors.js'
import { saysUnsaved, type TerraformFailure, type UnrecordedResource } from './errors.js'
import { readEvent, type TerraformEvent } from './events.js'
import { folderFiles } from './folder.js'
import { isStateFile, readStateFile, stateTextIn } from './state-file.js'

/** Remembers what an apply says it has made. */
export class MadeResources {
  readonly #made = new Map<string, UnrecordedResource>()
  readonly #begun = new Set<string>()

  read(event: TerraformEvent): void {
    if (event.kind === 'start' && event.action === 'create') this.#begun.add(event.address)
    if (event.kind === 'done' || event.kind === 'failed') this.#begun.delete(event.address)
    if (event.kind !== 'done') return
    const { action, address, type, id } = event
    if (action === 'delete') this.#made.delete(address)
    else if (action === 'create' && id !== undefined) this.#made.set(address, { address, type, id })
  }

  /** Addresses of what it had begun to make, and did not say what became of: after a hard end it may exist, by an id that nobody knows. */
  get begun(): string[] {
    return [...this.#begun]
  }

  /** Those that the text of a state does not hold: where there is none, or it was cut off, that is all of them. */
  unrecordedIn(state: string | undefined): UnrecordedResource[] {
    const recorded = new Set(readable(state).map(({ type, id }) => `${type} ${id}`))
    return [...this.#made.values()].filter(({ type, id }) => !recorded.has(`${type} ${id}`))
  }

  /**
   * What a Terraform that failed, and works no more, left beside its state. With 1 it ends in order, and has written everything down, but
   * where a full disk kept it from that: its state is lost then, or lines of what it said are, and nobody knows which.
   */
  async leftBy(failure: Ended, folder: string): Promise<Pick<TerraformFailure, 'unrecorded' | 'begun' | 'unsaved'>> {
    const errored = await stateTextIn(folder, folderFiles.erroredState)
    // It has everything, and is taken into the store.
    if (errored !== undefined && isStateFile(errored)) return { unsaved: false }
    const unsaved = errored !== undefined || (failure.exitCode === 1 && isCutOff(failure))
    if (failure.exitCode === 1 && !unsaved) return saysUnsaved(failure.diagnostics) ? this.#left(folder) : {}
    return { ...(await this.#left(folder)), ...(unsaved ? { unsaved } : {}) }
  }

  async #left(folder: string) {
    return { unrecorded: this.unrecordedIn(await stateTextIn(folder)), begun: this.begun }
  }
}

type Ended = Pick<TerraformFailure, 'exitCode' | 'interrupted' | 'diagnostics' | 'text'>

/** Whether lines of what it said are lost: the last one was cut off, or there is nothing of why it failed. */
function isCutOff({ interrupted, diagnostics, text }: Ended): boolean {
  if (text.some((line) => line.startsWith('{'))) return true
  return !interrupted && text.length === 0 && !diagnostics.some(({ severity }) => severity === 'error')
}

function readable(state: string | undefined): ReturnType<typeof readStateFile> {
  try {
    return state === undefined ? [] : readStateFile(state)
  } catch (error) {
    if (!(error instanceof KloudError)) throw error
    return []
  }
}

/**
 * What the last apply in a folder said it had made, where that apply and whoever started it came to a hard end. To be asked once no
 * Terraform works in the folder, and before anything is swept.
 */
export async function readMade(folder: string): Promise<MadeResources> {
  const made = new MadeResources()
  const log = await readFile(join(folder, folderFiles.log), 'utf8').catch(() => '')
  for (const line of log.split('\n')) made.read(readEvent(line))
  return made
}
