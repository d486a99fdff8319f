// In: a run. Out: its result; what happens meanwhile goes to stderr: a live bar on a terminal, a line an event elsewhere, JSON where that is asked for.
import type { KloudEvent } from '../events.js'
import type { Run } from '../stack/run.js'
import type { Output } from './command.js'
import { liveBar } from './live-bar.js'

/** Follows a run to its end. */
export async function followRun<T>(run: Run<T>, output: Output, { json }: { json?: boolean | undefined }): Promise<T> {
  const show = json === true ? jsonLines(output) : output.interactive ? liveBar(output) : plainLines(output)
  const following = (async () => {
    for await (const event of run) show.event(event)
  })()
  try {
    return await run.result
  } finally {
    await following
    show.end()
  }
}

/** What shows events. */
export interface EventView {
  event(event: KloudEvent): void
  end(): void
}

function jsonLines(output: Output): EventView {
  return { event: (event) => output.err(`${JSON.stringify(event)}\n`), end: () => {} }
}

/** What failed is told by the command itself. */
function plainLines(output: Output): EventView {
  return {
    event: ({ percentage, message, error }) => {
      if (error === null) output.err(`${String(percentage).padStart(3)}%  ${message}\n`)
    },
    end: () => {},
  }
}
