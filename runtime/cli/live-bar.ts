// In: events as they come. Out: lines of what is done, and under them one line that lives: a bar, what is under way, and for how long.
import type { KloudEvent } from '../events.js'
import type { Output } from './command.js'
import type { EventView } from './follow-run.js'

/*
 * Written with three escape codes and not with a library of spinners: those that are in reach put the terminal into raw mode and end the
 * process at Ctrl-C, and then nobody would wait for Terraform.
 */
const clearLine = '\r\u001b[2K'
const dim = '\u001b[2m'
const plain = '\u001b[0m'
const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']
const barWidth = 24

/** Shows a run on a terminal. */
export function liveBar(output: Output): EventView {
  const begun = Date.now()
  let last: KloudEvent | undefined
  let frame = 0
  let isStill = false
  const draw = () => {
    frame += 1
    if (last !== undefined && !isStill)
      output.err(clearLine + line(last, frames[frame % frames.length] ?? '', begun, output.colour))
  }
  const timer = setInterval(draw, 80)
  return {
    event: (event) => {
      if (last !== undefined && last.error === null) output.err(`${clearLine}${done(last, output.colour)}\n`)
      last = event.error === null ? event : undefined
      draw()
    },
    still: async (work) => {
      output.err(clearLine)
      isStill = true
      return work().finally(() => {
        isStill = false
      })
    },
    end: () => {
      clearInterval(timer)
      output.err(clearLine)
      if (last !== undefined) output.err(`${done(last, output.colour)}\n`)
    },
  }
}

function line({ percentage, message }: KloudEvent, spinner: string, begun: number, colour: boolean): string {
  const full = Math.round((percentage / 100) * barWidth)
  const bar = '█'.repeat(full) + '░'.repeat(barWidth - full)
  const seconds = `${Math.round((Date.now() - begun) / 1000)} s`
  const text = `${spinner} ${bar} ${String(percentage).padStart(3)}%  ${message}  `
  const width = (process.stderr.columns || 80) - seconds.length - 1
  return `${text.slice(0, width)}${colour ? `${dim}${seconds}${plain}` : seconds}`
}

function done({ percentage, message }: KloudEvent, colour: boolean): string {
  const share = `${String(percentage).padStart(3)}%`
  return `${colour ? `${dim}${share}${plain}` : share}  ${message}`
}
