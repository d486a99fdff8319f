// In: a provider's model. Out: machine.gen.ts, the Machine that the spec describes, and the stubs of machine.ts.
import type { CallModel, InfoModel, MethodName, StepModel } from '../model/api/model.js'
import type { ProviderModel } from '../model/model.js'
import type { Stub, UnaskedStub } from '../output/output-file.js'
import { article } from './article.js'
import { data } from './code.js'
import { docLines, docText } from './doc.js'
import { Imports } from './imports.js'
import { clientMember, connectFunction, machineApi } from './machine/client.js'
import { infoStatements } from './machine/info.js'
import { followedSteps, operationStatements } from './machine/operation.js'
import { infoSentence, operationSentence, subjectOf } from './machine/sentence.js'
import { shareSteps } from './machine/shared.js'
import { joined, member, method } from './member.js'
import { print } from './print.js'
import { render } from './template.js'

/** The methods of a machine, in the order of its life. */
const machineMethods = ['info', 'start', 'stop', 'restart', 'destroy'] as const satisfies readonly MethodName[]
type MachineMethod = (typeof machineMethods)[number]

/** What each method that an author writes does, as a sentence about one machine. */
function manualDoc(method: MachineMethod, { title, machine }: ProviderModel): string {
  switch (method) {
    case 'info':
      return `Asks ${title} how the ${machine.noun} is.`
    case 'start':
      return `Starts the ${machine.noun}. Called only where it does not run.`
    case 'stop':
      return `Stops the ${machine.noun}. Called only where it runs.`
    case 'restart':
      return `Restarts the ${machine.noun}. Called only where it runs.`
    case 'destroy':
      return `Destroys the ${machine.noun}.`
  }
}

function manualType(method: MachineMethod): string {
  return method === 'info' ? 'MachineInfo<Metadata>' : 'MetadataPatch<Metadata>'
}

/** `machine.gen.ts`; `abstract` says whether the author's Machine has methods to write. */
export function emitMachine(model: ProviderModel, path: string, abstract: boolean): string {
  const imports = new Imports()
  imports.value('BaseMachine')
  for (const name of ['Bootstrap', 'Credential', 'Metadata']) imports.type(name, './schema.gen.js')
  const constants = [...statesConstant(model, imports), ...connectFunction(model, imports)]
  const members = [...clientMember(model, imports), ...methodMembers(model, imports)]
  return render('machine.gen.ts', {
    path,
    specFile: model.specFile,
    imports: imports.text(),
    constants: joined(constants),
    abstract,
    className: model.className,
    doc: docText(
      `${capital(article(model.machine.noun))} ${model.machine.noun} on ${model.title}. Extend it in \`machine.ts\`.`,
    ),
    members: joined(members),
  })
}

function statesConstant({ api, title, machine }: ProviderModel, imports: Imports): string[] {
  const { info } = api.methods
  if (info?.kind !== 'info') return []
  imports.type('States')
  // What the sandbox needs to know of the API knows them too.
  const start = `${api.played.description?.info ? 'export ' : ''}const states: States = `
  const states = data(Object.fromEntries(info.states))
  const doc = `What ${title} calls the states of ${article(machine.noun)} ${machine.noun}, in Kloud's words.`
  return [`${docText(doc)}\n${start}${print(states, 0, start.length)}`]
}

function methodMembers(model: ProviderModel, imports: Imports): string[] {
  const { methods } = model.api
  const api = machineApi(model)
  const operations = Object.values(methods).filter((one) => one.kind === 'operation')
  const steps = operations.flatMap((operation) => operation.steps)
  const followed = new Set(operations.flatMap((operation) => [...followedSteps(operation.steps, api)]))
  for (const name of namesOf(model)) imports.value(name)
  const shared = shareSteps(steps, followed, { api, noun: model.machine.noun, taken: imports.names() })
  for (const name of shared.uses) imports.value(name)
  if (shared.typesAnswer) imports.type('Answer')
  const members = machineMethods.flatMap((name): string[] => {
    const found = methods[name]
    if (!found) return []
    if (found.kind === 'manual') return [manualMember(name, model, imports)]
    if (found.kind === 'info') return [infoMember(found, model, imports)]
    if (name === 'info') return []
    const doc = operationSentence(name, found, subjectOf(model))
    imports.type('Operated')
    const head = `override async ${name}(signal: AbortSignal): Operated<Metadata>`
    return [method(doc, head, operationStatements(found, shared, api))]
  })
  return [...members, ...shared.methods]
}

/** The names of the runtime that the calls of a machine use. */
function namesOf({ api }: ProviderModel): string[] {
  const { verify: _, ...methods } = api.methods
  const calls = Object.values(methods).flatMap((found) => {
    if (found.kind === 'manual') return []
    return found.kind === 'info' ? [found.call] : found.steps.flatMap(callsOf)
  })
  return calls.flatMap(({ uses }) => [...uses])
}

function callsOf({ call, wait }: StepModel): CallModel[] {
  return wait?.kind === 'poll' ? [call, wait.call] : [call]
}

function infoMember(info: InfoModel, model: ProviderModel, imports: Imports): string {
  imports.type('MachineInfo')
  const head = 'override async info(signal: AbortSignal): Promise<MachineInfo<Metadata>>'
  return method(infoSentence(info, subjectOf(model)), head, infoStatements(info, machineApi(model)))
}

function manualMember(name: MachineMethod, model: ProviderModel, imports: Imports): string {
  imports.type(name === 'info' ? 'MachineInfo' : 'MetadataPatch')
  return member(
    `${manualDoc(name, model)} Written in \`machine.ts\`.`,
    `abstract override ${name}(signal: AbortSignal): Promise<${manualType(name)}>`,
  )
}

/** The methods that the author's Machine must have. */
export function machineStubs(model: ProviderModel): Stub[] {
  return machineMethods
    .filter((method) => model.api.methods[method]?.kind === 'manual')
    .map((method) => machineStub(method, model))
}

/** The methods that it need not have. */
export function unaskedMachineStubs(model: ProviderModel): UnaskedStub[] {
  return machineMethods.flatMap((method) => {
    const found = model.api.methods[method]
    return found?.kind === 'manual' ? [] : { ...machineStub(method, model), generated: found !== undefined }
  })
}

function machineStub(method: MachineMethod, model: ProviderModel): Stub {
  return {
    id: `machine.${method}`,
    className: 'Machine',
    baseName: `${model.className}Machine`,
    member: method,
    text: [
      ...docLines(`${manualDoc(method, model)} Stop at once where \`signal\` says so.`, 2),
      `override async ${method}(signal: AbortSignal): Promise<${manualType(method)}> {`,
      '  signal.throwIfAborted()',
      `  throw this.notWritten('${method}')`,
      '}',
    ].join('\n'),
    imports: [
      { name: method === 'info' ? 'MachineInfo' : 'MetadataPatch', from: 'kloud-gen/runtime', typeOnly: true },
      { name: 'Metadata', from: './schema.gen.js', typeOnly: true },
    ],
  }
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
