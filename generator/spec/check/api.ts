// Checks `api`: that each method can be carried out by what the spec says.
import { checkInfo } from './api/info.js'
import { type Method, machineMethods, methods } from './api/method.js'
import { checkGoal } from './api/state.js'
import { checkStep, type StepPlace } from './api/step.js'
import { checkTransport, transportsOf } from './api/transport.js'
import type { Examination } from './report.js'

export function checkApi(spec: Examination): void {
  const { api } = spec.input
  if (!api) return
  checkTransport(spec, api)
  if (api.verify === undefined && !spec.isUnknown(['api', 'verify'])) {
    const message =
      'no credential can be verified, and so none be stored: add verify, a call that succeeds where one works, or verify: manual'
    spec.report('KG114', ['api'], message, { at: 'key', severity: 'warning' })
  }
  for (const method of methods) if (api[method] !== undefined) checkMethod(spec, api, method)
  for (const method of machineMethods) {
    if (api[method] !== undefined && api.info === undefined)
      spec.report('KG105', ['api', method], `${method} asks for the machine's state first: add api.info`, { at: 'key' })
    if (api[method] !== undefined) checkGoal(spec, method)
  }
}

type Api = NonNullable<Examination['input']['api']>

function checkMethod(spec: Examination, api: Api, method: Method): void {
  const value = api[method]
  if (value === undefined || value === 'manual') return
  const path = ['api', method]
  if (Array.isArray(value) && value.length === 0) {
    spec.report('KG110', path, `${method} has no steps: take it away, or write manual`)
    return
  }
  const [transport] = transportsOf(api)
  if (transport === undefined) {
    const message = `${method} needs a transport: add api.http, api.sdk or api.exec, or write manual`
    spec.report('KG103', path, message, { at: 'key', ...nearManual(value) })
    return
  }
  const place: StepPlace = { path, method, transport, before: undefined }
  if (typeof value === 'string') checkShorthand(spec, value, place)
  else if (!Array.isArray(value)) checkStep(spec, value, place)
  else
    for (const [index, step] of value.entries())
      checkStep(spec, step, { ...place, path: [...path, index], before: value[index - 1] })
  if (method === 'info' && api.info !== undefined) checkInfo(spec, api.info, place)
}

/** `GET /account` is short for `{ call: GET /account }`. */
function checkShorthand(spec: Examination, value: string, place: StepPlace): void {
  const { path, transport, method } = place
  const near = nearManual(value)
  if (near.suggestion !== undefined) spec.report('KG023', path, `${method} is manual, or a call`, near)
  else if (transport === 'exec')
    spec.report('KG104', path, `${method} runs a program here: write { run: [${value}] }, or manual`)
  else if (method !== 'info') checkStep(spec, { call: value }, { ...place, callPath: path })
}

/** Whether somebody meant to write `manual`. */
function nearManual(value: unknown): { suggestion?: string } {
  return typeof value === 'string' && /^m[a-z]{3,7}$/i.test(value) ? { suggestion: 'manual' } : {}
}
