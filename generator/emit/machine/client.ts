// In: the transport of a provider's model. Out: the code that makes it, in a class or in a function that two classes share.
import type { ClientModel, TransportModel } from '../../model/api/model.js'
import type { ProviderModel } from '../../model/model.js'
import { arrow, type Code, call, data, mapCode, object, raw } from '../code.js'
import { docText } from '../doc.js'
import type { Imports } from '../imports.js'
import { member, method } from '../member.js'
import { print, printStatements } from '../print.js'
import type { ApiReference } from './call.js'

const classes = { http: 'HttpApi', sdk: 'SdkApi', exec: 'ExecApi' } as const satisfies Record<
  TransportModel['kind'],
  string
>

/** What the function is called that makes a transport for machines and for the verification of credentials. */
const shared = 'connect'

/** The code that makes a transport. */
function clientCode(kind: TransportModel['kind'], client: ClientModel, wire: string, imports: Imports): Code {
  for (const name of [classes[kind], ...client.uses]) imports.value(name)
  return call(`new ${classes[kind]}`, client.sdk ? sdkOptions(client, client.sdk) : client.options, raw(wire))
}

function sdkOptions({ options }: ClientModel, sdk: NonNullable<ClientModel['sdk']>): Code {
  return object({
    package: data(sdk.package),
    load: arrow('() =>', call('import', data(sdk.package))),
    connect: arrow(`({ ${sdk.client} }) =>`, call(`new ${sdk.client}`, options)),
  })
}

/** How a method of a machine reaches the transport; an author who writes some methods can reach it too. */
export function machineApi({ api }: ProviderModel): ApiReference {
  const name = api.transport?.name ?? 'api'
  return hasManual(api) ? `this.${name}` : `this.#${name}`
}

function hasManual({ methods }: ProviderModel['api']): boolean {
  return Object.entries(methods).some(([name, method]) => name !== 'verify' && method.kind === 'manual')
}

/** Whether a machine calls its cloud through what the spec says. */
function isCalled({ methods }: ProviderModel['api']): boolean {
  return Object.entries(methods).some(([name, method]) => name !== 'verify' && method.kind !== 'manual')
}

/** What machines and credentials are both called through; nothing where only one of them is, or they differ. */
function sharedClient({ api }: ProviderModel): ClientModel | undefined {
  return api.methods.verify?.kind === 'verify' && isCalled(api) ? api.transport?.shared : undefined
}

/** The function that makes a transport, where there is one. */
export function connectFunction(model: ProviderModel, imports: Imports): string[] {
  const client = sharedClient(model)
  const { transport } = model.api
  if (!client || !transport) return []
  const { kind } = transport
  const parameters = [...(usesRaw(client.options, 'credential') ? ['credential: Credential'] : []), 'wire: Wire']
  imports.type('Wire')
  const result = kind === 'sdk' ? '' : `: ${classes[kind]}`
  const body = printStatements([{ kind: 'return', code: clientCode(kind, client, 'wire', imports) }], 2)
  const head = `export function ${shared}(${parameters.join(', ')})${result} {`
  return [`${docText(connectDoc(model))}\n${head}\n${body}\n}`]
}

function connectDoc({ title, api }: ProviderModel): string {
  return api.transport?.kind === 'exec'
    ? `Runs \`${api.transport.program}\` with what a credential holds.`
    : `The API of ${title}, as a credential opens it.`
}

/** The call of the function that makes a transport. */
function connectCall({ options }: ClientModel): Code {
  return call(shared, ...(usesRaw(options, 'credential') ? [raw('this.credential')] : []), raw('this.wire'))
}

/** The member of a machine that is its transport; nothing where it calls nothing. */
export function clientMember(model: ProviderModel, imports: Imports): string[] {
  const { transport } = model.api
  if (!transport || !isCalled(model.api)) return []
  const { kind, machine } = transport
  const client = sharedClient(model)
  const name = machineApi(model).replace('this.', '')
  const code = client ? connectCall(client) : clientCode(kind, machine, 'this.wire', imports)
  if (usesRaw(machine.options, 'this.metadata')) {
    const head = `${name.startsWith('#') ? '' : 'protected '}get ${name}(): ${classes[kind]}`
    return [
      method(`\`${transport.program}\`, as this ${model.machine.noun} needs it.`, head, [{ kind: 'return', code }]),
    ]
  }
  const start = `${name.startsWith('#') ? '' : 'protected '}readonly ${name} = `
  const text = start + print(code, 2, 2 + start.length).replaceAll('\n  ', '\n')
  return [member('', text)]
}

/** How `verifyCredential` reaches the transport: code that makes it. */
export function stackApi(model: ProviderModel, imports: Imports): Code {
  const { transport } = model.api
  if (!transport) throw new Error(`${model.name} verifies credentials without a transport`)
  const client = sharedClient(model)
  if (!client) return clientCode(transport.kind, transport.stack, 'this.wire', imports)
  imports.value(shared, './machine.gen.js')
  return connectCall(client)
}

/** Whether code names something, such as `this.metadata`, in more than a text. */
function usesRaw(code: Code, name: string): boolean {
  let found = false
  mapCode(code, (part) => {
    found ||= part.kind === 'raw' && (part.text === name || part.text.startsWith(`${name}.`))
    return undefined
  })
  return found
}
