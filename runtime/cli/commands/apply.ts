// `kloud apply`: make a stack what its template says.
import { resolve } from 'node:path'
import { inputError } from '../../errors.js'
import type { Kloud } from '../../kloud.js'
import { quoteWord } from '../../quote-word.js'
import type { ApplyResult } from '../../stack/apply-stack.js'
import type { StackPlan } from '../../stack/plan-stack.js'
import { defineCommand, type Output } from '../command.js'
import { followRun, viewOf } from '../follow-run.js'
import { withKloud } from '../life-options.js'
import { machineRows, printMachines } from '../machine-text.js'
import { changesText, planText } from '../plan-text.js'
import { readStackOptions, stackOptions } from '../stack-options.js'
import { table } from '../table.js'

export const apply = defineCommand({
  about: 'make a stack what its template says: plan it, show that, and let Terraform do it',
  words: 'PATH',
  count: [1, 1],
  options: {
    ...stackOptions,
    plan: { type: 'string', value: 'ID', about: 'apply exactly this plan, which `kloud plan` made, or nothing' },
    'klient-timeout': { type: 'string', value: 'SECONDS', about: 'how long to wait for each Klient; 0 does not wait' },
  },
  examples: [
    ['kloud apply --sandbox examples/digitalocean/one-machine.yaml', 'see all of it, without an account'],
    ['kloud apply stack.yaml --name web --var size=small', 'with a name and a variable of your own'],
  ],
  run(invocation) {
    const { options, words, cwd, output } = invocation
    return withKloud({ ...invocation, runsTerraform: true, makesStore: true }, async ({ kloud, stops, flags }) => {
      const given = await readStackOptions(options, words[0] ?? '', cwd)
      const sure = options.yes === true
      const confirmLost = async (lost: readonly string[], what: string) => {
        if (lost.length === 0 || sure) return true
        const question = `${lost.join(', ')} will be ${what}, with all that is on ${lost.length === 1 ? 'it' : 'them'}`
        if (!output.interactive) throw inputError(`${question}: say --yes if that is meant`)
        const { askYesOrNo } = await import('../ask.js')
        return askYesOrNo(`${question}. Go on?`, stops.signal)
      }
      const view = viewOf(output, options)
      const tellPlan = (plan: StackPlan) => options.json !== true && output.err(planText(plan, flags))
      const confirm = (plan: StackPlan, lost: readonly string[]) =>
        view.still(() => {
          tellPlan(plan)
          return confirmLost(lost, plan.counts.forget > 0 ? 'replaced, destroyed or let go' : 'replaced or destroyed')
        })
      const run = kloud.apply({
        ...given,
        ...stops,
        plan: options.plan,
        klientTimeout: readTimeout(options['klient-timeout']),
        onPlan: (plan) => void view.still(async () => tellPlan(plan)),
        ...(sure ? {} : { confirm }),
        ...(output.interactive && options.json !== true
          ? { answer: (names: readonly string[]) => view.still(() => askAll(names, stops.signal)) }
          : {}),
        confirmBootstrap: ({ changes }) =>
          view.still(() => {
            output.err(`The bootstrap has changed:\n${changesText(changes).join('\n')}\n`)
            const lost = changes.filter(({ action }) => action === 'replace' || action === 'delete')
            return confirmLost(
              lost.map(({ address }) => address),
              'replaced or destroyed',
            )
          }),
      })
      const result = await followRun(run, output, options, view)
      if (options.json) output.out(`${JSON.stringify(await asJson(kloud, result), null, 2)}\n`)
      else tellResult(result, { output, flags, path: resolve(cwd, words[0] ?? '') })
      return 0
    })
  },
})

async function askAll(names: readonly string[], signal: AbortSignal): Promise<Record<string, string>> {
  const { askText } = await import('../ask.js')
  const answers: Record<string, string> = {}
  for (const name of names) answers[name] = await askText(name.replace('userInput_', ''), signal)
  return answers
}

function readTimeout(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const seconds = Number(text)
  if (text.trim() !== '' && Number.isFinite(seconds) && seconds >= 0) return seconds * 1000
  throw inputError(`--klient-timeout must be a number of seconds, not ${text}`)
}

async function asJson(kloud: Kloud, { stack, plan, machines, outputs }: ApplyResult) {
  const { id, counts, changes, older, warnings } = plan
  return {
    ...{ stack, plan: { id, counts, changes, older, warnings }, machines: await printMachines(kloud, machines) },
    outputs: Object.fromEntries(
      Object.entries(outputs).map(([name, { value, sensitive }]) => [
        name,
        sensitive ? { sensitive } : { value, sensitive },
      ]),
    ),
  }
}

function tellResult(
  { stack, machines, outputs }: ApplyResult,
  { output, flags }: { output: Output; flags: string; path: string },
): void {
  output.out(table([['MACHINE', 'STATE', 'PROVIDER', 'RESOURCE', ''], ...machineRows(machines)]))
  const rows = Object.entries(outputs).map(([name, { value, sensitive }]) => {
    return [name, sensitive ? '[secret]' : typeof value === 'string' ? value : JSON.stringify(value)]
  })
  if (rows.length > 0) output.out(`\n${table(rows)}`)
  const [first] = machines
  const next = [
    ...(first === undefined
      ? []
      : [
          `kloud machine info ${quoteWord(first.label)} --stack ${stack}${flags}`,
          `kloud machine stop ${quoteWord(first.label)} --stack ${stack}${flags}`,
        ]),
    `kloud events ${stack}${flags}`,
    `kloud destroy ${stack}${flags}`,
  ]
  output.err(`\nNext:\n${next.map((line) => `  ${line}\n`).join('')}`)
}
