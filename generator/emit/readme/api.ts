// In: a provider's model. Out: what its machines can be asked, as sentences, and what its cloud calls their states.
import { type MachineState, machineStates } from '../../../runtime/machine/state.js'
import type { ApiModel, MethodName } from '../../model/api/model.js'
import type { ProviderModel } from '../../model/model.js'
import { infoSentence, operationSentence, subjectOf, verifySentence } from '../machine/sentence.js'
import { cell, code, inline, table } from './markdown.js'

/** What must be there beside Terraform; nothing for most. */
export function toolSentence({ transport }: ApiModel): string {
  if (!transport) return ''
  const { options, sdk } = transport.machine
  if (sdk) return `Its machines are asked through \`${sdk.package}\`: \`npm install ${sdk.package}\`.`
  const program = options.kind === 'object' ? options.entries.find(([name]) => name === 'program')?.[1] : undefined
  return program?.kind === 'string' ? `Its machines are asked through the program ${code(program.text)}.` : ''
}

const methodNames = ['verify', 'info', 'start', 'stop', 'restart', 'destroy'] as const satisfies readonly MethodName[]
/** A reader looks for these, also where a spec does not have them. */
const usual: readonly MethodName[] = ['verify', 'info', 'start', 'stop']

export function methodsTable(model: ProviderModel): string {
  const rows = methodNames
    .filter((name) => model.api.methods[name] !== undefined || usual.includes(name))
    .map((name) => [name === 'verify' ? 'verify a credential' : name, cell(howOf(name, model))])
  return table(['method', 'what it does'], rows)
}

/** Whether the sandbox plays the API, or why it does not. */
export function sandboxSentence({ api, title }: ProviderModel): string {
  const { gap } = api.played
  return gap === undefined
    ? `With \`--sandbox\` these calls are made too: the sandbox answers in the place of ${inline(title)}.`
    : `With \`--sandbox\` a machine's state is the sandbox's own, and these calls are not made: ${inline(gap)}.`
}

function howOf(name: MethodName, model: ProviderModel): string {
  const found = model.api.methods[name]
  if (!found) return 'Cannot be asked.'
  if (found.kind === 'manual') return `Written by hand, in \`${name === 'verify' ? 'stack.ts' : 'machine.ts'}\`.`
  if (found.kind === 'verify') return verifySentence(found, subjectOf(model))
  if (found.kind === 'info') return infoSentence(found, subjectOf(model))
  return name === 'verify' || name === 'info' ? '' : operationSentence(name, found, subjectOf(model))
}

/** Kloud's states, each with the cloud's words for it. */
export function statesTable({ api, title }: ProviderModel): string {
  const { info } = api.methods
  if (info?.kind !== 'info') return ''
  const words = new Map<MachineState, string[]>()
  for (const [word, state] of info.states) words.set(state, [...(words.get(state) ?? []), code(word)])
  const { missing } = info
  if (missing) words.set(missing.state, [...(words.get(missing.state) ?? []), 'that there is none'])
  const rows = machineStates
    .filter((state) => words.has(state))
    .map((state) => [state, cell((words.get(state) ?? []).join(', '))])
  return table(['state', `${inline(title)} says`], rows)
}
