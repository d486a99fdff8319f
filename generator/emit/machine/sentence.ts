// In: what a method of a provider's model does. Out: the same as sentences, for doc comments and the README.
import type {
  CallModel,
  InfoModel,
  OperationModel,
  OperationName,
  StepModel,
  VerifyModel,
} from '../../model/api/model.js'
import type { ProviderModel } from '../../model/model.js'
import type { Code } from '../code.js'
import { literalType } from './difference.js'

/** What the model is about: `droplet`, on `DigitalOcean`. */
export interface Subject {
  noun: string
  title: string
}

export function subjectOf({ machine, title }: ProviderModel): Subject {
  return { noun: machine.noun, title }
}

/** `Asks DigitalOcean for the droplet; one that is not there is NotInitialized.` */
export function infoSentence(info: InfoModel, { noun, title }: Subject): string {
  const { call, missing, metadata, description } = info
  const asks =
    description ??
    (call.kind === 'exec' ? `Asks \`${programOf(call)}\` how the ${noun} is` : `Asks ${title} for the ${noun}`)
  const gone = missing ? `; one that is not there is ${missing.state}` : ''
  const home = metadata.length > 0 ? ` Brings ${listed(metadata.map(({ name }) => code(name)))} home.` : ''
  return `${withoutStop(asks)}${gone}.${home}`
}

/** `Asks DigitalOcean for `/account`; the credential works if it answers.` */
export function verifySentence({ calls, description }: VerifyModel, { title }: Subject): string {
  if (description !== undefined) return `${withoutStop(description)}.`
  const [first] = calls
  if (!first) return `Asks ${title}.`
  if (first.kind === 'exec') return `Runs \`${programOf(first)}\`; the credential works if that does.`
  if (first.kind === 'sdk')
    return `Calls ${listed(calls.map(wordOf).map(code))}; the credential works if ${title} answers.`
  return `Asks ${title} for ${listed(calls.map((one) => code(one.kind === 'http' ? pathText(one.path) : '')))}; the credential works if it answers.`
}

const doing = {
  start: 'Starts',
  stop: 'Stops',
  restart: 'Restarts',
  destroy: 'Destroys',
} as const satisfies Record<OperationName, string>

/** `Starts the droplet: asks for `power_on`, and waits until that is done.` */
export function operationSentence(name: OperationName, { steps }: OperationModel, subject: Subject): string {
  const [first = '', ...rest] = steps.map((step, index) => stepPhrase(step, subject, index > 0))
  return [`${doing[name]} the ${subject.noun}: ${first}.`, ...rest.map((phrase) => `${capital(phrase)}.`)].join(' ')
}

/** What one step does, in the words that an event uses of it: `shutdown`. */
export function wordOf(call: CallModel): string {
  if (call.kind === 'exec') return programOf(call)
  if (call.kind === 'sdk') return call.command
  return (
    literalsOf(call.body).find(([, value]) => value.kind === 'string')?.[1].text ?? lastWord(call.path) ?? call.method
  )
}

/** What a private method does that several steps share. */
export function methodDoc(
  {
    model,
    parameter,
    inPath,
    noun,
  }: { model: CallModel; parameter: string | undefined; inPath: boolean; noun: string },
  waits: boolean,
): string {
  const begins = methodPhrase(model, parameter, inPath, noun)
  return waits ? `${begins}, and waits until that is done.` : `${begins}.`
}

function methodPhrase(model: CallModel, parameter: string | undefined, inPath: boolean, noun: string): string {
  if (parameter === undefined) return capital(callPhrase(model))
  if (model.kind === 'exec') return `Runs \`${model.program}\` with a ${parameter}`
  if (model.kind === 'sdk') return `Calls \`${model.command}\` with \`${parameter}\``
  if (inPath) return `Calls the ${noun}'s \`${parameter}\``
  return model.method === 'PUT' || model.method === 'PATCH'
    ? `Sets the ${noun}'s \`${parameter}\``
    : `Asks for an action by its \`${parameter}\``
}

function stepPhrase(step: StepModel, { noun }: Subject, isLater: boolean): string {
  const { call, wait, when, optional, description } = step
  const time = wait?.timeout === undefined ? '' : ` up to ${timeText(wait.timeout)}`
  const condition =
    when === undefined ? (isLater ? 'then ' : '') : `${whenPhrase(when, noun)}${isLater ? ' then' : ''}, `
  const does = description === undefined ? callPhrase(call) : uncapital(withoutStop(description))
  const end = wait?.kind === 'state' ? `the ${noun} is ${wait.state}` : 'that is done'
  const waits = wait ? `, and waits${time} until ${end}` : ''
  return `${condition}${does}${waits}${optional ? '; where that fails, goes on' : ''}`
}

function whenPhrase(when: NonNullable<StepModel['when']>, noun: string): string {
  return typeof when === 'string' ? `where ${code(when)}` : `where the ${noun} is ${when.join(' or ')}`
}

function callPhrase(call: CallModel): string {
  if (call.kind === 'exec') return `runs ${code(programOf(call))}`
  if (call.kind === 'sdk') return `calls ${code(call.command)}`
  const [[name, value] = [], another] = literalsOf(call.body)
  if (name !== undefined && value && !another && (call.method === 'PUT' || call.method === 'PATCH'))
    return `sets ${code(name)} to ${code(value.text)}`
  if (value?.kind === 'string') return `asks for ${code(value.text)}`
  const word = lastWord(call.path)
  return word === undefined ? `sends a ${call.method}` : `calls ${code(word)}`
}

/** The members of a body that are literals. */
function literalsOf(body: Code | undefined): [name: string, value: Extract<Code, { kind: 'string' | 'raw' }>][] {
  if (body?.kind !== 'object') return []
  return body.entries.flatMap(([name, value]) =>
    value.kind === 'string' || (value.kind === 'raw' && literalType(value) !== undefined) ? [[name, value]] : [],
  )
}

/** The last word of a path, where that is no value: `/machines/…/start` has `start`. */
function lastWord(path: Code): string | undefined {
  return /\/([\w-]+)(?:\.\w+)?$/.exec(pathText(path))?.[1]
}

/** A path with `…` for each value. */
export function pathText(path: Code): string {
  if (path.kind === 'string') return path.text
  if (path.kind !== 'template') return '…'
  return path.parts.map((part) => (typeof part === 'string' ? part : '…')).join('')
}

/** `vagrant up`: the program and its first words, without options. */
function programOf({ program, args }: Extract<CallModel, { kind: 'exec' }>): string {
  const words: string[] = []
  for (const argument of args) {
    if (argument.kind !== 'string' || (argument.text.startsWith('-') && words.length > 0)) break
    words.push(argument.text)
  }
  return [program, ...words].join(' ')
}

function timeText(milliseconds: number): string {
  const seconds = milliseconds / 1000
  const minutes = seconds / 60
  if (Number.isInteger(minutes)) return minutes === 1 ? 'a minute' : `${minutes} minutes`
  return seconds === 1 ? 'a second' : `${seconds} seconds`
}

function code(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``
}

function withoutStop(text: string): string {
  return text.trim().replace(/\.$/, '')
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function uncapital(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
