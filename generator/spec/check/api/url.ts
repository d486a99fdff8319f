// Checks URLs that calls go to: an expression in one is resolved later, and what stands before it must do.
import { isLoopback } from '../../../../runtime/machine/http/fetch.js'
import type { Path } from '../../document.js'
import { scanText } from '../../expression/scan.js'
import type { Examination } from '../report.js'

/** Checks a URL of an API: https, or http to this machine or where that is allowed; no password, no query. */
export function checkUrl(spec: Examination, path: Path, text: string, { allowHttp }: { allowHttp: boolean }): void {
  const fault = urlFault(text, allowHttp)
  if (fault !== undefined) spec.report('KG107', path, fault)
}

function urlFault(text: string, allowHttp: boolean): string | undefined {
  const parts = scanText(text)
  if (parts.some(({ kind }) => kind === 'unclosed') || parts[0]?.kind === 'expression') return undefined
  // An expression whose braces were forgotten is told as that.
  if (/^(?:\$\{|\{\{)\s*(?:credential|bootstrap|metadata)[.[]/.test(text)) return undefined
  const known = parts.map((part) => (part.kind === 'text' ? part.text : '1')).join('')
  if (!/^https?:\/\//.test(known)) return `${JSON.stringify(text)} is no URL: it begins with https://`
  if (!URL.canParse(known)) return `${JSON.stringify(text)} is no URL: ${partFault(known)}`
  const url = new URL(known)
  if (url.username !== '' || url.password !== '') return 'a URL holds no user and no password: give them as auth'
  if (url.search !== '' || url.hash !== '') return 'this URL ends before ?: write parameters in query'
  if (url.protocol === 'https:' || isLoopback(url.hostname) || allowHttp) return undefined
  return 'plain http would show the credential to everybody on the way: use https, or say allowHttp: true'
}

/** Why a text that begins as a URL is none. */
function partFault(text: string): string {
  const host = text.replace(/^https?:\/\//, '').split(/[/?#]/)[0] ?? ''
  const port = /:([^:\]]*)$/.exec(host)?.[1]
  if (host === '' || host.startsWith(':')) return 'there is no host behind ://'
  if (/\s/.test(host)) return 'there is a blank in its host'
  if (port && !(/^\d+$/.test(port) && Number(port) <= 65_535)) return `${port} is no port: ports are 1 to 65535`
  return `${host} is no host`
}
