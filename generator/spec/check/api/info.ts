// Checks `info`: where the state is in the answer, what its words mean, and what else is taken home.
import type { Shape } from '../../../../runtime/jmespath/shape.js'
import { typeOf } from '../../../model/field.js'
import type { InfoInput, MissingInput } from '../../definition/api.js'
import type { Path } from '../../document.js'
import type { Examination } from '../report.js'
import { checkJmespath } from './jmespath.js'
import { outputShape } from './lines.js'
import { checkState } from './state.js'
import { checkStatuses, missing, type StepPlace } from './step.js'

/** Checks what `info` has beside its call, which is checked as a step. */
export function checkInfo(spec: Examination, info: string | InfoInput, place: StepPlace): void {
  const { path, transport } = place
  if (typeof info === 'string') {
    spec.report('KG021', path, missing('state', path, 'write { call, state, states }, or manual'), { at: 'key' })
    return
  }
  const shape = transport === 'exec' ? outputShape(info) : undefined
  checkPaths(spec, info, path, shape)
  checkStates(spec, info, path)
  if (info.missing !== undefined) checkMissing(spec, info.missing, place)
  checkMetadata(spec, info, path, shape)
}

function checkPaths(spec: Examination, { state }: InfoInput, path: Path, shape: Shape | undefined): void {
  if (state === undefined || state.length === 0)
    spec.report('KG021', path, missing('state', path, "where the machine's state is in the answer, as JMESPath"), {
      at: 'key',
    })
  else if (typeof state === 'string') checkJmespath(spec, [...path, 'state'], state, { shape })
  else for (const [index, one] of state.entries()) checkJmespath(spec, [...path, 'state', index], one, { shape })
}

function checkStates(spec: Examination, { states = {} }: InfoInput, path: Path): void {
  if (Object.keys(states).length === 0)
    spec.report('KG021', path, missing('states', path, "the cloud's words, each with Kloud's state"), { at: 'key' })
  for (const [word, state] of Object.entries(states)) {
    checkState(spec, [...path, 'states', word], state)
    if (word in Object.prototype) {
      const message = `${word} cannot be a word of a cloud: every object of JavaScript has a member of that name`
      spec.report('KG012', [...path, 'states', word], message, { at: 'key' })
    }
  }
}

/** The endings that mean "not there", by transport. */
const missingKeys = { http: ['status', 'error'], sdk: ['status', 'error'], exec: ['exit'] } as const

function checkMissing(spec: Examination, input: MissingInput, { path: parent, transport }: StepPlace): void {
  const path = [...parent, 'missing']
  const known: readonly string[] = missingKeys[transport]
  if (typeof input === 'string') {
    checkState(spec, path, input)
    if (transport === 'exec')
      spec.report(
        'KG021',
        path,
        `a program has no status: write { exit: [ENOENT], state: ${input} }, or { empty: true, … }`,
      )
    return
  }
  checkState(spec, [...path, 'state'], input.state)
  for (const key of ['status', 'error', 'exit'] as const) {
    if (input[key] === undefined || known.includes(key)) continue
    spec.report(
      'KG104',
      [...path, key],
      `${key} is not how ${transport} says that something is missing: ${known.join(', ')}`,
      { at: 'key' },
    )
  }
  checkStatuses(spec, [...path, 'status'], input.status)
  if (transport === 'exec' && input.exit === undefined && input.empty !== true)
    spec.report('KG021', path, missing('exit', path, 'the exit codes that mean it'), { at: 'key' })
  const { http } = spec.input.api ?? {}
  if (http && input.error && (typeof http.error !== 'object' || http.error.code === undefined)) {
    const message = 'no code is ever found: say in api.http.error where it is, as { code: …, message: … }'
    spec.report('KG021', [...path, 'error'], message, { at: 'key' })
  }
}

const taken = ['string', 'enum', 'duration', 'integer', 'number', 'boolean']

function checkMetadata(spec: Examination, { metadata = {} }: InfoInput, path: Path, shape: Shape | undefined): void {
  const fields = spec.input.machine.metadata ?? {}
  for (const [name, text] of Object.entries(metadata)) {
    const here = [...path, 'metadata', name]
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined
    checkJmespath(spec, here, text, { shape })
    if (!field) {
      const message = `machine.metadata has no ${name}: it has ${Object.keys(fields).join(', ') || 'no fields'}`
      spec.report('KG112', here, message, { at: 'key', word: name, known: Object.keys(fields) })
    } else if (field.secret || !taken.includes(typeOf(field))) {
      const what = field.secret ? 'a secret' : `of type ${typeOf(field)}`
      spec.report('KG112', here, `${name} is ${what}: info brings text, numbers and truths home`, { at: 'key' })
    }
  }
}
