// `kloud bootstrap`: make what the stacks of a credential share, or destroy it.
import { inputError } from '../../errors.js'
import { defineCommand } from '../command.js'
import { followRun, viewOf } from '../follow-run.js'
import { terraformOptions, withKloud } from '../life-options.js'
import { changesText } from '../plan-text.js'

export const bootstrap = defineCommand({
  about: "make the resources that a credential's stacks share; doing it twice does nothing",
  words: 'ID',
  count: [1, 1],
  options: {
    ...terraformOptions,
    destroy: { type: 'boolean', about: 'destroy them, once no stack uses the credential' },
  },
  examples: [
    ['kloud bootstrap digitalocean-3fk29x7q', 'makes them'],
    ['kloud bootstrap digitalocean-3fk29x7q --destroy --yes', 'destroys them, without asking'],
  ],
  run(invocation) {
    const { options, words, output } = invocation
    const [identifier = ''] = words
    return withKloud({ ...invocation, runsTerraform: true }, async ({ kloud, stops }) => {
      const view = viewOf(output, options)
      const run = kloud.bootstrap({
        ...{ identifier, destroy: options.destroy, ...stops },
        confirm: async ({ changes }) => {
          await view.still(async () => output.err(`${changesText(changes).join('\n')}\n`))
          const touches = changes.some(({ action }) => action !== 'create')
          if (options.yes === true || !touches) return true
          if (!output.interactive) throw inputError('this changes what is there already: say --yes if that is meant')
          const { askYesOrNo } = await import('../ask.js')
          return view.still(() => askYesOrNo('Go on?', stops.signal))
        },
      })
      const result = await followRun(run, output, options, view)
      if (options.json) output.out(`${JSON.stringify(result, null, 2)}\n`)
      else if (options.destroy === true) output.out(`the bootstrap of ${identifier} is destroyed\n`)
      else output.out(`${identifier} is bootstrapped${result.resources.map((address) => `\n  ${address}`).join('')}\n`)
      return 0
    })
  },
})
