// `kloud plan`: what would apply do?

import { quoteWord } from '../../quote-word.js'
import type { PlanResult } from '../../stack/apply-stack.js'
import { defineCommand, type ExitCode } from '../command.js'
import { followRun } from '../follow-run.js'
import { withKloud } from '../life-options.js'
import { planText } from '../plan-text.js'
import { readStackOptions, stackOptions } from '../stack-options.js'

export const plan = defineCommand({
  about: 'say what apply would do; the plan is kept for an apply of exactly this',
  words: 'PATH',
  count: [1, 1],
  options: {
    ...stackOptions,
    'exit-code': { type: 'boolean', about: 'end with 1 when something would change' },
  },
  examples: [
    ['kloud plan stack.yaml', 'what would change'],
    ['kloud plan stack.yaml --exit-code --json', 'for a program'],
  ],
  run(invocation) {
    const { options, words, cwd, output } = invocation
    const [path = ''] = words
    return withKloud(
      { ...invocation, runsTerraform: true, makesStore: true },
      async ({ kloud, stops, flags }): Promise<ExitCode> => {
        const given = await readStackOptions(options, path, cwd)
        const found = await followRun(kloud.plan({ ...given, ...stops }), output, options)
        if (options.json) output.out(`${JSON.stringify(asJson(found), null, 2)}\n`)
        else {
          output.out(planText(found, flags))
          if (found.hasChanges) {
            const command = `kloud apply ${quoteWord(path)} --name ${found.stack} --plan ${found.id}${flags}`
            output.err(`To apply exactly this: ${command}\n`)
          }
        }
        return found.hasChanges && options['exit-code'] === true ? 1 : 0
      },
    )
  },
})

/** `machines` is the answer of the method `plan`; the rest is beside it. */
function asJson({ id, stack, hasChanges, counts, changes, drift, machines, attributes, older, warnings }: PlanResult) {
  return {
    ...{ id, stack, hasChanges, counts, changes, drift, older, warnings },
    machines: machines.map(({ provider, label, resource, action }) => {
      return { provider, label, resource, action, attributes: attributes.get(label) ?? {} }
    }),
  }
}
