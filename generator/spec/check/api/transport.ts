// Checks the transport of an api: that there is one, that it leads somewhere, and that it is let in one way.
import type { ApiInput, AuthInput, HttpInput } from '../../definition/api.js'
import type { Path } from '../../document.js'
import type { Examination } from '../report.js'
import { checkJmespath } from './jmespath.js'
import { checkUrl } from './url.js'
import { checkScalars } from './values.js'

/** How the calls of an api are carried. */
export const transports = ['http', 'sdk', 'exec'] as const
export type Transport = (typeof transports)[number]

/** The transports that an api has; more than one is an error. */
export function transportsOf(api: ApiInput): Transport[] {
  return transports.filter((transport) => api[transport] !== undefined)
}

export function checkTransport(spec: Examination, api: ApiInput): void {
  const [first, ...others] = transportsOf(api)
  for (const other of others) {
    const message = `an api has one transport, and this one has ${first} already: keep one`
    spec.report('KG108', ['api', other], message, { at: 'key', related: ['api', first ?? other] })
  }
  if (api.http) checkHttp(spec, api.http)
  if (api.sdk) checkSdk(spec, api.sdk)
  if (api.exec) checkExec(spec, api.exec)
}

function checkHttp(spec: Examination, http: HttpInput): void {
  const path: Path = ['api', 'http']
  checkUrl(spec, [...path, 'baseUrl'], http.baseUrl, { allowHttp: http.allowHttp ?? false })
  checkScalars(spec, [...path, 'query'], http.query, 'query')
  checkScalars(spec, [...path, 'headers'], http.headers, 'header')
  if (http.auth) checkAuth(spec, [...path, 'auth'], http.auth, http.allowHttp ?? false)
  if (typeof http.error === 'string') checkJmespath(spec, [...path, 'error'], http.error)
  else
    for (const part of ['code', 'message'] as const) {
      const text = http.error?.[part]
      if (text !== undefined) checkJmespath(spec, [...path, 'error', part], text)
    }
}

const auths = ['bearer', 'basic', 'header', 'query', 'oauth2', 'googleServiceAccount', 'azureAd'] as const

function checkAuth(spec: Examination, path: Path, auth: AuthInput, allowHttp: boolean): void {
  const given = auths.filter((kind) => auth[kind] !== undefined)
  const [first, ...others] = given
  if (first === undefined)
    spec.report('KG062', path, `auth says nothing: give one of ${auths.join(', ')}`, { at: 'key' })
  for (const other of others) {
    const message = `calls are let in one way, and there is ${first} already: keep one`
    spec.report('KG108', [...path, other], message, { at: 'key', related: [...path, first ?? other] })
  }
  for (const kind of ['header', 'query'] as const) {
    checkScalars(spec, [...path, kind], auth[kind], kind)
    if (auth[kind] && Object.keys(auth[kind]).length === 0)
      spec.report('KG062', [...path, kind], `auth.${kind} is empty: say what carries the credential`, { at: 'key' })
  }
  if (auth.oauth2) checkUrl(spec, [...path, 'oauth2', 'tokenUrl'], auth.oauth2.tokenUrl, { allowHttp })
}

function checkSdk(spec: Examination, { package: name, client }: NonNullable<ApiInput['sdk']>): void {
  if (!/^(@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/.test(name))
    spec.report('KG040', ['api', 'sdk', 'package'], 'package must be the name of an npm package: @aws-sdk/client-ec2')
  if (!/^[A-Z][A-Za-z0-9]*$/.test(client))
    spec.report('KG040', ['api', 'sdk', 'client'], 'client must be the name of a class in the package: EC2Client')
}

function checkExec(spec: Examination, { program, env }: NonNullable<ApiInput['exec']>): void {
  if (program.trim() === '' || program.includes('\0'))
    spec.report('KG021', ['api', 'exec', 'program'], 'program is empty: name one that is found on the PATH')
  checkScalars(spec, ['api', 'exec', 'env'], env, 'env')
}
