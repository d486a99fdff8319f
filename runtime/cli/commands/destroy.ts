// `kloud destroy`: do away with a stack, by what its state holds.
import { inputError } from '../../errors.js'
import { defineCommand } from '../command.js'
import { followRun, viewOf } from '../follow-run.js'
import { terraformOptions, withKloud } from '../life-options.js'

export const destroy = defineCommand({
  about: 'destroy everything of a stack, and forget it; its template need not be there any more',
  words: 'NAME',
  count: [1, 1],
  options: {
    ...terraformOptions,
    orphan: { type: 'boolean', about: 'forget the stack and leave what there is of it in its clouds' },
  },
  examples: [
    ['kloud destroy web', 'asks first'],
    ['kloud destroy web --yes', 'does not'],
  ],
  run(invocation) {
    const { options, words, output } = invocation
    const [name = ''] = words
    return withKloud({ ...invocation, runsTerraform: true }, async ({ kloud, stops }) => {
      const view = viewOf(output, options)
      const confirm = async (addresses: readonly string[]) => {
        const what = options.orphan === true ? 'forgotten, and stay in their clouds' : 'destroyed'
        await view.still(async () =>
          output.err(`These will be ${what}:\n${addresses.map((address) => `  - ${address}\n`).join('')}`),
        )
        if (options.yes === true) return true
        const count = addresses.length === 1 ? '1 resource' : `${addresses.length} resources`
        if (!output.interactive) throw inputError(`${count} of ${name} would be ${what}: say --yes if that is meant`)
        const { askYesOrNo } = await import('../ask.js')
        return view.still(() => askYesOrNo('Go on?', stops.signal))
      }
      const run = kloud.destroy({ name, orphan: options.orphan, ...stops, confirm })
      const result = await followRun(run, output, options, view)
      if (options.json) output.out(`${JSON.stringify(result, null, 2)}\n`)
      else output.out(`stack ${name} is ${result.orphaned ? 'forgotten' : 'destroyed'}\n`)
      return 0
    })
  },
})
