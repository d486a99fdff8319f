// In: a run. Out: its result; what happens meanwhile goes to stderr: a live bar on a terminal, a line an event elsewhere, JSON where that is asked for.
import type { KloudEvent } from '../events.js'
import type { Run } from '../stack/run.js'
import type { Output } from './command.js'
import { liveBar } from './live-bar.js'

/** What shows events on this output. */
export function viewOf(output: Output, { json }: { json?: boolean | undefined }): EventView {
  return json === true ? jsonLines(output) : output.interactive ? liveBar(output) : plainLines(output)
}

/** Follows a run to its end. Whoever asks questions meanwhile gives the view, to keep it still. */
export async function followRun<T>(
  run: Run<T>,
  output: Output,
  options: { json?: boolean | undefined },
  show: EventView = viewOf(output, options),
): Promise<T> {
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
  /** Leaves the terminal to something else while that goes on. */
  still<T>(work: () => Promise<T>): Promise<T>
  end(): void
}

const undisturbed = <T>(work: () => Promise<T>): Promise<T> => work()

function jsonLines(output: Output): EventView {
  return { event: (event) => output.err(`${JSON.stringify(event)}\n`), still: undisturbed, end: () => {} }
}

/** What failed is told by the command itself. */
function plainLines(output: Output): EventView {
  return {
    event: ({ percentage, message, error }) => {
      if (error === null) output.err(`${String(percentage).padStart(3)}%  ${message}\n`)
    },
    still: undisturbed,
    end: () => {},
  }
}
