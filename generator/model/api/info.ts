// In: `info` of a spec that is right. Out: its call, and what of the answer means what.
import { isState } from '../../spec/check/api/state.js'
import type { InfoInput, MissingInput } from '../../spec/definition/api.js'
import type { Spec } from '../../spec/spec.js'
import { typeOf } from '../field.js'
import type { BroughtField, InfoModel, MissingModel } from './model.js'
import { CallSites } from './sites.js'
import { resolveCall } from './step.js'

export function resolveInfo(spec: Spec, info: InfoInput): InfoModel {
  return {
    kind: 'info',
    call: resolveCall(info, new CallSites(spec, false)),
    paths: typeof info.state === 'string' ? [info.state] : (info.state ?? []),
    states: Object.entries(info.states ?? {}).map(([word, state]) => [word, known(state)] as const),
    missing: info.missing === undefined ? undefined : resolveMissing(info.missing),
    metadata: Object.entries(info.metadata ?? {}).map(([name, path]) => ({
      name,
      path,
      type: broughtType(spec, name),
    })),
    description: info.description,
  }
}

/** A state alone, and one with no ending said, is what a 404 means. */
function resolveMissing(input: MissingInput): MissingModel {
  if (typeof input === 'string') return { ...nowhere, state: known(input), status: [404] }
  const { state, status, error, exit, empty = false } = input
  const isSaid = status ?? error ?? exit ?? (empty || undefined)
  return { state: known(state), status: isSaid === undefined ? [404] : status, error, exit, empty }
}

const nowhere = { status: undefined, error: undefined, exit: undefined, empty: false }

function broughtType(spec: Spec, name: string): BroughtField['type'] {
  const type = typeOf(spec.machine.metadata?.[name] ?? {})
  return type === 'integer' || type === 'number' ? 'number' : type === 'boolean' ? 'boolean' : 'text'
}

function known(state: string) {
  if (!isState(state)) throw new Error(`the state ${state} reached the model`)
  return state
}
