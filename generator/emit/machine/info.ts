// In: `info` of a provider's model. Out: the statements of the method.
import { pathSteps } from '../../../runtime/jmespath/search.js'
import type { BroughtField, InfoModel, MissingModel } from '../../model/api/model.js'
import { awaited, type Code, call, data, object, raw, type Statement } from '../code.js'
import { stringLiteral } from '../literal.js'
import { type ApiReference, callCode } from './call.js'

/** The statements that ask how a machine is. */
export function infoStatements(info: InfoModel, api: ApiReference): Statement[] {
  const { missing, call: asked } = info
  const findable = missing && (missing.status ?? missing.error ?? missing.exit) ? missing : undefined
  const made = awaited(callCode(asked, api, findable))
  if (asked.kind !== 'sdk')
    return readStatements(info, 'answer', made, findable, (path, absent) => textOf('answer', path, absent))
  if ([...info.paths, ...info.metadata.map(({ path }) => path)].every(isPath))
    return readStatements(info, 'output', made, findable, (path, absent) => memberOf('output', path, absent))
  return [
    { kind: 'const', name: 'output', code: made },
    ...(findable ? [absent('output', findable)] : []),
    ...readStatements(
      info,
      'answer',
      call(`await ${api}.answer`, data(asked.command), raw('output')),
      undefined,
      (path, absent) => textOf('answer', path, absent),
    ),
  ]
}

/** Code for the word at a path; `absent` is whether the whole answer may not be there. */
type Read = (path: string, absent: boolean) => Code

function readStatements(
  info: InfoModel,
  name: 'answer' | 'output',
  made: Code,
  findable: MissingModel | undefined,
  read: Read,
): Statement[] {
  const { missing, paths, metadata } = info
  const asked: Statement = { kind: 'const', name, code: made }
  const [first = '@', second] = paths
  if (missing?.empty && second === undefined && metadata.length === 0)
    return [
      asked,
      word(read(first, findable !== undefined)),
      absent('word', missing, '!word'),
      result(info, [raw('word')]),
    ]
  const gone = findable ? [absent(name, findable)] : []
  const words = paths.map((path) => read(path, false))
  if (!missing?.empty) {
    const isNeeded = second === undefined && name === 'answer'
    return [asked, ...gone, result(info, isNeeded ? [call('answer.require', data(first))] : words, name)]
  }
  return [
    asked,
    ...gone,
    { kind: 'const', name: 'words', code: { kind: 'list', items: words } },
    absent('words', missing, '!words.some(Boolean)'),
    result(info, [raw('...words')], name),
  ]
}

function word(code: Code): Statement {
  return { kind: 'const', name: 'word', code }
}

function absent(name: string, { state }: MissingModel, condition = `${name} === undefined`): Statement {
  return { kind: 'if', condition: raw(condition), body: [{ kind: 'return', code: object({ state: data(state) }) }] }
}

function result({ metadata }: InfoModel, words: readonly Code[], name = 'answer'): Statement {
  const state = call('this.state', raw('states'), ...words)
  if (metadata.length === 0) return { kind: 'return', code: state }
  const fields = Object.fromEntries(metadata.map((field) => [field.name, broughtCode(field, name)]))
  return { kind: 'return', code: object({ state: { kind: 'spread', of: state }, metadata: object(fields) }) }
}

function broughtCode({ path, type }: BroughtField, name: string): Code {
  return name === 'output' ? memberOf(name, path, false) : call(`${name}.${type}`, data(path))
}

function textOf(name: string, path: string, mayBeAbsent: boolean): Code {
  return call(`${name}${mayBeAbsent ? '?' : ''}.text`, data(path))
}

/** What a client of the cloud's own gives has members with types. */
function memberOf(name: string, path: string, mayBeAbsent: boolean): Code {
  const steps = (pathSteps(path) ?? []).map((step, index) => {
    const mark = index > 0 || mayBeAbsent ? '?.' : ''
    if (typeof step === 'number') return `${mark}[${step}]`
    return /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(step) ? `${mark || '.'}${step}` : `${mark}[${stringLiteral(step)}]`
  })
  return raw(name + steps.join(''))
}

function isPath(path: string): boolean {
  return pathSteps(path) !== undefined
}
