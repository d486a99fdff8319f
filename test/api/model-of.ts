// The model of one of the specs that there are, and what its calls are.
import { readdirSync } from 'node:fs'
import { loadSpec, type ProviderModel, resolveModel } from '../../generator/index.js'
import type { CallModel, InfoModel, MethodName } from '../../generator/model/api/model.js'

/** The names of all specs. */
export const specNames = readdirSync('specs')
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => file.replace('.yaml', ''))

export function modelOf(name: string): ProviderModel {
  const { loaded, diagnostics } = loadSpec(`specs/${name}.yaml`)
  if (!loaded) throw new Error(diagnostics.map(({ message }) => message).join('\n'))
  return resolveModel(loaded)
}

export function infoOf({ api }: ProviderModel): InfoModel {
  const { info } = api.methods
  if (info?.kind !== 'info') throw new Error('info is not mapped')
  return info
}

/** Every call of a spec, those that are waited with too. */
export function callsOf({ api }: ProviderModel): CallModel[] {
  const names: readonly MethodName[] = ['verify', 'info', 'start', 'stop', 'restart', 'destroy']
  return names.flatMap((name): CallModel[] => {
    const method = api.methods[name]
    if (!method || method.kind === 'manual') return []
    if (method.kind === 'verify') return [...method.calls]
    if (method.kind === 'info') return [method.call]
    return method.steps.flatMap(({ call, wait }) => (wait?.kind === 'poll' ? [call, wait.call] : [call]))
  })
}
