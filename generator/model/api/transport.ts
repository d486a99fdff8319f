// In: the transport of a spec that is right. Out: what it is made with, by where that is written.
import { isObject } from '../../../runtime/json.js'
import { type Code, data, dataOf, list, object } from '../../emit/code.js'
import type { AuthInput, HttpInput } from '../../spec/definition/api.js'
import { type Site, scopeOf } from '../../spec/expression/scope.js'
import type { Spec } from '../../spec/spec.js'
import { functionAccess, machineAccess } from '../access.js'
import { type Access, type Compiled, type CompileSite, compileText, compileValue } from '../compile.js'
import { camelCase, reservedWords } from '../names.js'
import type { ClientModel, TransportModel } from './model.js'

type Api = NonNullable<Spec['api']>

export function resolveTransport(spec: Spec): TransportModel | undefined {
  const { api } = spec
  if (api?.http) {
    const { http } = api
    return transport(spec, 'http', 'api', (site) => httpClient(http, site))
  }
  if (api?.sdk) {
    const { sdk } = api
    return transport(spec, 'sdk', nameOf(sdk.client.replace(/Client$/, '')), (site) => sdkClient(sdk, site))
  }
  if (api?.exec) return execTransport(spec, api.exec)
  return undefined
}

function transport(
  spec: Spec,
  kind: TransportModel['kind'],
  name: string,
  client: (site: CompileSite) => ClientModel,
): TransportModel {
  const at = (access: Readonly<Record<string, Access>>) => client(siteOf(spec, 'transport', access))
  const machine = at(machineAccess)
  return { kind, name, program: undefined, machine, stack: machine, shared: at(functionAccess) }
}

/** A program's folder and environment may be a machine's own; a credential is verified without those. */
function execTransport(spec: Spec, exec: NonNullable<Api['exec']>): TransportModel {
  const isMachines = (text: unknown) => /\$\{\{\s*(?:metadata|bootstrap)\b/.test(String(text))
  const env = Object.fromEntries(Object.entries(exec.env ?? {}).filter(([, value]) => !isMachines(value)))
  const cwd = isMachines(exec.cwd) ? undefined : exec.cwd
  const isShared = cwd === exec.cwd && Object.keys(env).length === Object.keys(exec.env ?? {}).length
  const machine = execClient(exec, siteOf(spec, 'method', machineAccess))
  const stack = execClient({ program: exec.program, cwd, env }, siteOf(spec, 'transport', machineAccess))
  const shared = isShared ? execClient(exec, siteOf(spec, 'transport', functionAccess)) : undefined
  const program = programName(exec.program)
  return { kind: 'exec', name: nameOf(program), program, machine, stack, shared }
}

/** A program without its folder. */
export function programName(program: string): string {
  return program.split(/[\\/]/).at(-1) ?? program
}

function siteOf(spec: Spec, site: Site, access: Readonly<Record<string, Access>>): CompileSite {
  return { roots: scopeOf(spec, site), access }
}

/** A member of the class; `api` where the word makes no name. */
function nameOf(word: string): string {
  const name = camelCase(word)
  return /^[a-z]/.test(name) && !reservedWords.has(name) ? name : 'api'
}

function httpClient(http: HttpInput, site: CompileSite): ClientModel {
  const using = new Using()
  const { query = {}, headers = {}, error } = http
  const options = object({
    baseUrl: using.code(compileText(http.baseUrl, site)),
    auth: http.auth && authCode(http.auth, site, using),
    query: Object.keys(query).length > 0 ? using.code(compileValue(query, site)) : undefined,
    headers: Object.keys(headers).length > 0 ? using.code(compileValue(headers, site)) : undefined,
    error: dataOf(error),
    allowHttp: dataOf(http.allowHttp === true || undefined),
  })
  return { options, uses: using.names }
}

function authCode(auth: AuthInput, site: CompileSite, using: Using): Code | undefined {
  const text = (value: string) => using.code(compileText(value, site))
  const texts = (values: Readonly<Record<string, string>>) =>
    object(Object.fromEntries(Object.entries(values).map(([name, value]) => [name, text(value)])))
  const { bearer, basic, header, query, oauth2, googleServiceAccount, azureAd } = auth
  if (bearer !== undefined) return using.call('bearer', text(bearer))
  if (basic) return using.call('basic', text(basic.username), text(basic.password))
  if (header) return using.call('header', texts(header))
  if (query) return using.call('query', texts(query))
  if (oauth2) return using.call('oauth2ClientCredentials', texts(stringsOf(oauth2)))
  if (azureAd) return using.call('azureAd', texts(stringsOf(azureAd)))
  if (!googleServiceAccount) return undefined
  const { key, scopes } = googleServiceAccount
  return using.call('googleServiceAccount', object({ key: text(key), scopes: list(scopes.map(text)) }))
}

function stringsOf(values: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  )
}

function sdkClient(sdk: NonNullable<Api['sdk']>, site: CompileSite): ClientModel {
  const { code, uses } = compileValue(sdk.config ?? {}, { ...site, clear: true })
  return { options: code, uses, sdk: { package: sdk.package, client: sdk.client } }
}

function execClient({ program, cwd, env = {} }: NonNullable<Api['exec']>, site: CompileSite): ClientModel {
  const using = new Using()
  const options = object({
    program: data(program),
    cwd: cwd === undefined ? undefined : using.code(compileText(cwd, site)),
    env: isObject(env) && Object.keys(env).length > 0 ? using.code(compileValue(env, site)) : undefined,
  })
  return { options, uses: using.names }
}

/** The names of the runtime that some code uses. */
class Using {
  readonly names = new Set<string>()

  code({ code, uses }: Compiled): Code {
    for (const name of uses) this.names.add(name)
    return code
  }

  call(name: string, ...args: readonly Code[]): Code {
    this.names.add(name)
    return { kind: 'call', callee: name, args }
  }
}
