// In: events as they come. Out: lines of what is done, and under them one line that lives: a bar, what is under way, and for how long.
import type { createLogUpdate } from 'log-update'
import type { KloudEvent } from '../events.js'
import type { Output } from './command.js'
import type { EventView } from './follow-run.js'
import { printable } from './printable.js'

const dim = '\u001b[2m'
const plain = '\u001b[0m'
const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']
const barWidth = 24

/** Shows a run on a terminal. The library touches nothing but the line: those with spinners end the process at Ctrl-C, and nobody would wait for Terraform. */
export function liveBar(output: Output): EventView {
  const begun = Date.now()
  let last: KloudEvent | undefined
  let frame = 0
  let isStill = false
  let live: ReturnType<typeof createLogUpdate> | undefined
  let over = false
  // What is loaded for terminals alone; until then there are the lines of what is done.
  import('log-update').then(
    (library) => {
      if (!over) live = library.createLogUpdate(process.stderr, { showCursor: true })
    },
    () => {},
  )
  const draw = () => {
    frame += 1
    if (last !== undefined && !isStill) live?.(line(last, frames[frame % frames.length] ?? '', begun, output.colour))
  }
  const say = (event: KloudEvent) => {
    live?.clear()
    output.err(`${done(event, output.colour)}\n`)
  }
  const timer = setInterval(draw, 80)
  return {
    event: (event) => {
      if (last !== undefined && last.error === null) say(last)
      last = event.error === null ? event : undefined
      draw()
    },
    still: async (work) => {
      live?.clear()
      isStill = true
      return work().finally(() => {
        isStill = false
      })
    },
    end: () => {
      over = true
      clearInterval(timer)
      live?.clear()
      if (last !== undefined) say(last)
    },
  }
}

function line({ percentage, message }: KloudEvent, spinner: string, begun: number, colour: boolean): string {
  const full = Math.round((percentage / 100) * barWidth)
  const bar = '█'.repeat(full) + '░'.repeat(barWidth - full)
  const seconds = `${Math.round((Date.now() - begun) / 1000)} s`
  const text = `${spinner} ${bar} ${String(percentage).padStart(3)}%  ${printable(message)}  `
  const width = (process.stderr.columns || 80) - seconds.length - 1
  return `${text.slice(0, width)}${colour ? `${dim}${seconds}${plain}` : seconds}`
}

function done({ percentage, message }: KloudEvent, colour: boolean): string {
  const share = `${String(percentage).padStart(3)}%`
  return `${colour ? `${dim}${share}${plain}` : share}  ${message}`
}
