// `kloud events`: what happened to a stack, in order?
import type { EventRecord } from '../../store/records.js'
import { defineCommand } from '../command.js'
import { storeOptions, withKloud } from '../life-options.js'

export const events = defineCommand({
  about: 'print what happened to a stack, in order; also after it was destroyed',
  words: 'STACK',
  count: [1, 1],
  options: {
    ...storeOptions,
    follow: { type: 'boolean', short: 'f', about: 'go on with what happens from now on, until Ctrl-C' },
  },
  examples: [
    ['kloud events web', 'what happened'],
    ['kloud events web --follow', 'and what happens now'],
  ],
  run(invocation) {
    const { options, words, output, signal } = invocation
    const [stack = ''] = words
    return withKloud(invocation, async ({ kloud }) => {
      const print = (event: EventRecord) =>
        output.out(options.json ? `${JSON.stringify(asJson(event))}\n` : line(event))
      if (options.follow === true) for await (const event of kloud.follow({ stack }, { signal })) print(event)
      else {
        const found = await kloud.events({ stack })
        // A stack that is gone has events still; one that never was has none.
        if (found.length === 0) await kloud.stacks.get(stack)
        for (const event of found) print(event)
      }
      return 0
    })
  },
})

function line({ time, type, percentage = 0, message }: EventRecord): string {
  return `${time.toISOString()}  ${type.padEnd(9)}  ${String(percentage).padStart(3)}%  ${message}\n`
}

function asJson({ eventId, type, message, status, percentage, time, error }: EventRecord) {
  return { eventId, type, message, status, percentage, timeStamp: time.toISOString(), error: error?.message ?? null }
}
