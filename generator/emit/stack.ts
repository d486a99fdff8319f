// In: a provider's model. Out: stack.gen.ts, the Stack that the spec describes, and stack.ts, the author's.

import type { Compiled } from '../model/compile.js'
import type { Assignment, ProviderModel, WithModel } from '../model/model.js'
import type { Stub, UnaskedStub } from '../output/output-file.js'
import { article } from './article.js'
import { type Code, call, data } from './code.js'
import { docLines, docText } from './doc.js'
import { Imports } from './imports.js'
import { indented } from './indent.js'
import { stringLiteral } from './literal.js'
import { stackApi } from './machine/client.js'
import { subjectOf, verifySentence } from './machine/sentence.js'
import { verifyStatements } from './machine/verify.js'
import { joined, member, method } from './member.js'
import { LINE_WIDTH, print } from './print.js'
import { render } from './template.js'

/** The indentation of statements in a method of a class. */
const BODY = 4

/** `stack.gen.ts`; `abstract` says whether the author's Stack has methods to write. */
export function emitStack(model: ProviderModel, path: string, abstract: boolean): string {
  const imports = new Imports()
  imports.value('BaseStack')
  imports.type('Bootstrap', './schema.gen.js')
  imports.type('Credential', './schema.gen.js')
  const members = [
    ...bootstrapMember(model, imports),
    ...providerMember(model, imports),
    ...machineMember(model, imports),
    ...metadataMember(model, imports),
    ...verifyMember(model, imports),
    ...abstractMembers(model, imports),
  ]
  return render('stack.gen.ts', {
    path,
    specFile: model.specFile,
    imports: imports.text(),
    abstract,
    className: model.className,
    doc: docText(`How a stack is put together on ${model.title}. Extend it in \`stack.ts\`.`),
    members: joined(members),
  })
}

/** The methods that the author's Stack must have. */
export function stackStubs(model: ProviderModel): Stub[] {
  return [
    ...(model.api.methods.verify?.kind === 'manual' ? [verifyStub(model)] : []),
    ...(model.machine.hook ? [hookStub(model)] : []),
  ]
}

/** The methods that it need not have. */
export function unaskedStackStubs(model: ProviderModel): UnaskedStub[] {
  const { verify } = model.api.methods
  return [
    ...(verify?.kind === 'manual' ? [] : [{ ...verifyStub(model), generated: verify !== undefined }]),
    ...(model.machine.hook ? [] : [{ ...hookStub(model), generated: false }]),
  ]
}

function verifyStub({ className, title }: ProviderModel): Stub {
  return {
    id: 'stack.verifyCredential',
    className: 'Stack',
    baseName: `${className}Stack`,
    member: 'verifyCredential',
    text: [
      ...docLines(`Asks ${title} whether \`this.credential\` works; throws where it does not.`, 2),
      'override async verifyCredential(signal: AbortSignal): Promise<void> {',
      '  signal.throwIfAborted()',
      "  throw this.notWritten('verifyCredential')",
      '}',
    ].join('\n'),
    imports: [],
  }
}

function hookStub({ className, machine: { noun } }: ProviderModel): Stub {
  return {
    id: 'stack.machine',
    className: 'Stack',
    baseName: `${className}Stack`,
    member: 'machine',
    text: [
      ...docLines(
        `The last word on one ${noun}: called after everything that the spec fills in, before Klient. Who asked for it is told in a second parameter, \`context: MachineHookContext\`.`,
        2,
      ),
      `override machine(${noun}: MachineResource): void {`,
      `  ${noun}.require()`,
      '}',
    ].join('\n'),
    imports: [{ name: 'MachineResource', from: 'kloud-gen/runtime', typeOnly: true }],
  }
}

function bootstrapMember({ bootstrap, title }: ProviderModel, imports: Imports): string[] {
  if (!bootstrap.template) return []
  imports.type('BootstrapTemplate')
  const made = bootstrap.resources.map(({ type }) => `\`${type}\``)
  const what = made.length === 0 ? 'What is looked up' : `Makes ${listed([...new Set(made)])}`
  return [
    member(
      `${what}, once for each ${title} credential.`,
      'override bootstrapTemplate(): BootstrapTemplate {',
      `  return ${within(imports, bootstrap.template, 2, 'return '.length)}`,
      '}',
    ),
  ]
}

function providerMember({ terraform, title }: ProviderModel, imports: Imports): string[] {
  if (terraform.config.length === 0) return []
  imports.type('ProviderBlock')
  return [
    member(
      `Fills ${title}'s provider block where a template leaves a gap.`,
      'override fillProvider(provider: ProviderBlock): void {',
      ...assign('provider.default', terraform.config, imports).map((line) => indented(line)),
      '}',
    ),
  ]
}

function machineMember({ machine, title }: ProviderModel, imports: Imports): string[] {
  const { noun } = machine
  const statements = [
    ...(machine.require.length > 0 ? [statement(call(`${noun}.require`, ...machine.require.map(data)))] : []),
    ...assign(`${noun}.default`, machine.defaults, imports),
    ...machine.with.flatMap((part) => withStatements(noun, part, imports)),
    ...assign(`${noun}.set`, machine.set, imports),
    ...machine.append.map(({ path, value, by }) => {
      use(imports, value)
      return statement(call(`${noun}.append`, data(path), value.code, ...(by === undefined ? [] : [data({ by })])))
    }),
    ...machine.forbid.map(({ path, message }) => statement(call(`${noun}.forbid`, data(path), data(message)))),
  ]
  if (statements.length === 0) return []
  imports.type('MachineResource')
  return [
    member(
      `What every ${noun} gets on ${title}; the user's own values win.`,
      `override fillMachine(${noun}: MachineResource): void {`,
      ...statements.map((line) => indented(line)),
      '}',
    ),
  ]
}

/** A `with`: everything in it is given together, or nothing of it. */
function withStatements(noun: string, part: WithModel, imports: Imports): string[] {
  const given = [
    ...part.resources.map(({ type, name, body }) => {
      use(imports, body)
      return statement(call(`${noun}.companion`, data(type), data(name), body.code), 2)
    }),
    ...assign(`${noun}.default`, part.defaults, imports, 2),
  ]
  const conditions: string[] = []
  if (part.unless.length > 0) conditions.push(`!${noun}.hasAny(${part.unless.map(stringLiteral).join(', ')})`)
  if (part.when) conditions.push(within(imports, part.when, BODY, 0))
  if (conditions.length === 0) return given
  const inside = given.map((line) => indented(line))
  const line = `if (${conditions.join(' && ')}) {`
  if (BODY + line.length <= LINE_WIDTH) return [line, ...inside, '}']
  const broken = conditions.map(
    (condition, index) => `${breakCall(condition)}${index < conditions.length - 1 ? ' &&' : ''}`,
  )
  return ['if (', ...broken.map((line) => indented(line)), ') {', ...inside, '}']
}

/** A call that is too wide for a line of its own, an argument a line. */
function breakCall(text: string): string {
  if (BODY + 2 + text.length <= LINE_WIDTH) return text
  return text.replace(/^(!?[\w.]+)\((.*)\)$/s, (_, callee: string, args: string) => {
    const lines = args.split(', ').map((argument) => `  ${argument},`)
    return [`${callee}(`, ...lines, ')'].join('\n')
  })
}

function metadataMember({ machine }: ProviderModel, imports: Imports): string[] {
  if (machine.metadataValues.length === 0) return []
  imports.type('MetadataFields', './schema.gen.js')
  imports.type('MetadataPatch')
  const code: Code = {
    kind: 'object',
    entries: machine.metadataValues.map(({ path, value }) => [path, value.code] as const),
  }
  for (const { value } of machine.metadataValues) use(imports, value)
  return [
    member(
      `What is remembered of ${article(machine.noun)} ${machine.noun} that is no attribute of it.`,
      'override metadataValues(): MetadataPatch<MetadataFields> {',
      `  return ${print(code, 4, 4 + 'return '.length).replaceAll('\n  ', '\n')}`,
      '}',
    ),
  ]
}

/** Whether the credential works, as the cloud says: each call must succeed. */
function verifyMember(model: ProviderModel, imports: Imports): string[] {
  const { verify } = model.api.methods
  if (verify?.kind !== 'verify') return []
  const head = 'override async verifyCredential(signal: AbortSignal): Promise<void>'
  for (const { uses } of verify.calls) for (const name of uses) imports.value(name)
  const body = verifyStatements(verify, stackApi(model, imports))
  return [method(verifySentence(verify, subjectOf(model)), head, body)]
}

function abstractMembers(model: ProviderModel, imports: Imports): string[] {
  const members: string[] = []
  if (model.api.methods.verify?.kind === 'manual') {
    members.push(
      member(
        `Asks ${model.title} whether the credential works; throws where it does not. Written in \`stack.ts\`.`,
        'abstract override verifyCredential(signal: AbortSignal): Promise<void>',
      ),
    )
  }
  if (model.machine.hook) {
    imports.type('MachineHookContext')
    imports.type('MachineResource')
    members.push(
      member(
        `The last word on one ${model.machine.noun}, before Klient. Written in \`stack.ts\`.`,
        `abstract override machine(${model.machine.noun}: MachineResource, context: MachineHookContext): void | Promise<void>`,
      ),
    )
  }
  return members
}

/** A call for each attribute. `deeper` is how much further in than a method's body the calls stand. */
function assign(callee: string, assignments: readonly Assignment[], imports: Imports, deeper = 0): string[] {
  return assignments.map(({ path, value }) => {
    use(imports, value)
    return statement(call(callee, data(path), value.code), deeper)
  })
}

/** A statement of a method's body, without the body's indentation. */
function statement(code: Code, deeper = 0): string {
  return outdent(print(code, BODY + deeper), BODY + deeper)
}

function within(imports: Imports, value: Compiled, indent: number, column: number): string {
  use(imports, value)
  return outdent(print(value.code, BODY, BODY + column), BODY - indent)
}

function outdent(text: string, by: number): string {
  if (!text.includes('\n')) return text
  return text.replaceAll(`\n${' '.repeat(by)}`, '\n')
}

function use(imports: Imports, value: Compiled): void {
  for (const name of value.uses) imports.value(name)
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
