// In: what an apply said, and the state that it left. Out: what it made and did not write down.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { KloudError } from '../errors.js'
import type { UnrecordedResource } from './errors.js'
import { readEvent, type TerraformEvent } from './events.js'
import { folderFiles } from './folder.js'
import { readStateFile } from './state-file.js'

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
