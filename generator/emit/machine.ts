// In: a provider's model. Out: machine.gen.ts, the Machine that the spec describes, and the stubs of machine.ts.
import type { MethodName } from '../model/api/model.js'
import type { ProviderModel } from '../model/model.js'
import type { Stub } from '../output/output-file.js'
import { docView } from './doc.js'
import { Imports } from './imports.js'
import { type MemberView, member } from './member.js'
import { render } from './template.js'

/** The methods of a machine, in the order of its life. */
const machineMethods = ['info', 'start', 'stop', 'restart', 'destroy'] as const satisfies readonly MethodName[]
type MachineMethod = (typeof machineMethods)[number]

/** What each method does, as a sentence about one machine. */
function methodDoc(method: MachineMethod, { title, machine }: ProviderModel): string {
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

function returnType(method: MachineMethod): string {
  return method === 'info' ? 'MachineInfo<Metadata>' : 'MetadataPatch<Metadata>'
}

export function emitMachine(model: ProviderModel, path: string): string {
  const imports = new Imports()
  imports.value('BaseMachine')
  for (const name of ['Bootstrap', 'Credential', 'Metadata']) imports.type(name, './schema.gen.js')
  const members: MemberView[] = []
  for (const method of machineMethods) {
    if (model.api.methods[method]?.kind !== 'manual') continue
    imports.type(method === 'info' ? 'MachineInfo' : 'MetadataPatch')
    members.push(
      member(
        `${methodDoc(method, model)} Written in \`machine.ts\`.`,
        `abstract override ${method}(signal: AbortSignal): Promise<${returnType(method)}>`,
      ),
    )
  }
  return render('machine.gen.ts', {
    path,
    specFile: model.specFile,
    imports: imports.lines(),
    constants: [],
    abstract: machineStubs(model).length > 0,
    className: model.className,
    doc: docView(
      `${capital(article(model.machine.noun))} ${model.machine.noun} on ${model.title}. Extend it in \`machine.ts\`.`,
    ),
    members,
  })
}

/** The methods that the author's Machine must have. */
export function machineStubs(model: ProviderModel): Stub[] {
  return machineMethods
    .filter((method) => model.api.methods[method]?.kind === 'manual')
    .map((method) => ({
      id: `machine.${method}`,
      className: 'Machine',
      baseName: `${model.className}Machine`,
      member: method,
      text: [
        `/** ${methodDoc(method, model)} Stop at once where \`signal\` says so. */`,
        `override async ${method}(signal: AbortSignal): Promise<${returnType(method)}> {`,
        '  signal.throwIfAborted()',
        `  throw this.notWritten('${method}')`,
        '}',
      ].join('\n'),
      imports: [
        { name: method === 'info' ? 'MachineInfo' : 'MetadataPatch', from: 'kloud-gen/runtime', typeOnly: true },
        { name: 'Metadata', from: './schema.gen.js', typeOnly: true },
      ],
    }))
}

function article(noun: string): string {
  return /^[aeiou]/.test(noun) ? 'an' : 'a'
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
