// Checks what a step waits for: a state of the machine, or an answer.
import { parseDuration } from '../../../../runtime/schema/duration.js'
import type { WaitInput } from '../../definition/api.js'
import type { Path } from '../../document.js'
import type { Examination } from '../report.js'
import { checkDuration } from './duration.js'
import { checkJmespath } from './jmespath.js'
import { checkKeys } from './keys.js'
import { checkLines, outputShape } from './lines.js'
import { checkCommand } from './request-line.js'
import { checkState, checkTold } from './state.js'
import { checkRequest, missing, type StepPlace } from './step.js'

export function checkWait(spec: Examination, wait: WaitInput, place: StepPlace): void {
  const { path, transport } = place
  checkKeys(spec, wait, { ...place, method: 'start' })
  checkDuration(spec, [...path, 'timeout'], wait.timeout)
  checkDuration(spec, [...path, 'interval'], wait.interval)
  checkPace(spec, wait, path)
  const call = transport === 'exec' ? 'run' : 'call'
  if (wait.state !== undefined) {
    checkState(spec, [...path, 'state'], wait.state)
    checkTold(spec, [...path, 'state'], wait.state, 'it waits for')
    for (const key of ['call', 'run', 'until', 'fail', 'interval'] as const) {
      if (wait[key] === undefined) continue
      const message = `a wait for a state asks through info: ${key} is for a wait that makes a call of its own`
      spec.report('KG109', [...path, key], message, { at: 'key' })
    }
    return
  }
  if (wait[call] === undefined) {
    spec.report('KG109', path, `a wait is for a state, or makes a ${call} of its own until its answer is right`, {
      at: 'key',
    })
    return
  }
  if (wait.until === undefined)
    spec.report('KG021', path, missing('until', path, 'a condition on the answer that ends the wait'), { at: 'key' })
  if (transport === 'exec') checkLines(spec, path, wait)
  else if (wait.call !== undefined && transport === 'sdk') checkCommand(spec, [...path, 'call'], wait.call)
  else if (wait.call !== undefined) checkRequest(spec, path, [...path, 'call'], wait.call, wait)
  const shape = transport === 'exec' ? outputShape(wait) : undefined
  const variables = transport === 'sdk' ? [] : ['response']
  for (const key of ['fail', 'until'] as const) {
    const condition = wait[key]
    if (condition !== undefined) checkJmespath(spec, [...path, key], condition, { variables, shape })
  }
}

/** Who asks less often than they wait asks once. */
function checkPace(spec: Examination, { interval, timeout }: WaitInput, path: Path): void {
  const [pause, limit] = [interval, timeout].map((value) => parseDuration(String(value)))
  if (pause === undefined || limit === undefined || pause < limit) return
  const message = `every ${interval} is never within a timeout of ${timeout}: it would be asked once`
  spec.report('KG054', [...path, 'interval'], message, { related: [...path, 'timeout'] })
}
