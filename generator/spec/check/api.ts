// Checks `api`: that each method can be carried out by what the spec says.
import type { Examination } from './report.js'

/** The methods of a machine that a spec can map, and `verify`. */
export const methods = ['verify', 'info', 'start', 'stop', 'restart', 'destroy'] as const
export type Method = (typeof methods)[number]

export function checkApi(spec: Examination): void {
  const { api } = spec.input
  if (!api) return
  for (const method of ['start', 'stop', 'restart', 'destroy'] as const) {
    if (api[method] !== undefined && api.info === undefined) {
      spec.report('KG105', ['api', method], `${method} asks for the machine's state first: add api.info`, { at: 'key' })
    }
  }
}
