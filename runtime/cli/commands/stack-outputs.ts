// `kloud stack outputs`: what did a stack's template put out?
import { REDACTED } from '../../secret.js'
import { defineCommand } from '../command.js'
import { storeOptions, withKloud } from '../life-options.js'
import { table } from '../table.js'

export const stackOutputs = defineCommand({
  about: 'print the outputs of a stack; sensitive ones only when asked',
  words: 'NAME',
  count: [1, 1],
  options: { ...storeOptions, reveal: { type: 'boolean', about: 'print sensitive ones too' } },
  examples: [
    ['kloud stack outputs web', 'one a line'],
    ['kloud stack outputs web --json --reveal', 'all of them, for a program'],
  ],
  run(invocation) {
    const { options, words, output } = invocation
    return withKloud(invocation, async ({ kloud }) => {
      const found = Object.entries(await kloud.stacks.outputs(words[0] ?? ''))
      const shown = found.map(([name, { value, sensitive }]) => {
        return [name, { value: sensitive && options.reveal !== true ? REDACTED : value, sensitive }] as const
      })
      if (options.json) output.out(`${JSON.stringify(Object.fromEntries(shown), null, 2)}\n`)
      else
        output.out(
          table(shown.map(([name, { value }]) => [name, typeof value === 'string' ? value : JSON.stringify(value)])),
        )
      return 0
    })
  },
})
