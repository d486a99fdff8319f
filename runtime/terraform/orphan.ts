// In: a working folder in which a kloud was killed. Out: the Terraform that it left behind, to wait for or to end.

import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { TerraformEvent } from './events.js'
import { readEvent } from './events.js'
import { folderFiles, processIn, sweepSecrets } from './folder.js'
import { LineReader } from './lines.js'
import { follow, send } from './run.js'
import { keepState, mendState } from './state-keeper.js'

/** A Terraform at work in a folder that this process did not start. */
export interface OrphanedTerraform {
  pid: number
  /** Follows what it says, from its beginning, until it ends. Aborted, it is left to itself. */
  wait(options?: { signal?: AbortSignal; onEvent?: (event: TerraformEvent) => void }): Promise<void>
  /** Asks it to stop. It still has to be waited for. */
  interrupt(): void
  /** Ends it at once, with everything that it started. What it was making may exist without being in its state. */
  kill(): void
}

/** The Terraform at work in a folder. Where there is none, undefined, and the state there is whole. */
export async function findOrphan(folder: string): Promise<OrphanedTerraform | undefined> {
  const pid = await processIn(folder)
  if (pid === undefined) {
    await mendState(folder)
    return undefined
  }
  return {
    pid,
    wait: async ({ signal, onEvent } = {}) => {
      const keeper = await keepState(folder)
      try {
        const ended = untilGone(folder, pid, signal)
        const reader = new LineReader((line) => onEvent?.(readEvent(line)))
        if (onEvent !== undefined) await follow(join(folder, folderFiles.log), reader, ended).catch(() => {})
        await ended
        reader.end()
      } catch (error) {
        await keeper.leave()
        throw error
      }
      await keeper.stop()
      await sweepSecrets(folder)
    },
    interrupt: () => send(pid, 'SIGINT'),
    kill: () => send(-pid, 'SIGKILL'),
  }
}

async function untilGone(folder: string, pid: number, signal: AbortSignal | undefined): Promise<void> {
  while ((await processIn(folder)) === pid) {
    signal?.throwIfAborted()
    await sleep(100)
  }
}
