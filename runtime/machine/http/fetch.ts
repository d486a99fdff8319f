// In: where a call goes. Out: the fetch that gets there: Node's own, or, behind a proxy, undici's. The one home of undici.
import { inputError } from '../../errors.js'

/** What is needed of an answer; Node's own and undici's both have it. */
export interface FetchedAnswer {
  readonly status: number
  readonly headers: Iterable<[string, string]>
  readonly body: AsyncIterable<Uint8Array> | null
  readonly ok: boolean
  json(): Promise<unknown>
}

export interface FetchInit {
  readonly method: string
  readonly headers: Record<string, string>
  readonly body?: string
  readonly redirect: 'manual' | 'error'
  readonly signal: AbortSignal
}

export type Fetch = (url: URL, init: FetchInit) => Promise<FetchedAnswer>

/** Whether a host is this machine. */
export function isLoopback(hostname: string): boolean {
  return /^(?:localhost|.+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i.test(hostname)
}

/**
 * The fetch for a URL. Node 20's own does not know `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`; undici's does, and is loaded only
 * where one is set. A call to this machine never goes through a proxy. Both honour `NODE_EXTRA_CA_CERTS`.
 */
export async function fetchFor(url: URL): Promise<Fetch> {
  const proxies = proxySettings(process.env)
  return proxies === '' || isLoopback(url.hostname) ? (to, init) => fetch(to, init) : proxyFetch(proxies)
}

let known: { settings: string; fetch: Promise<Fetch> } | undefined

function proxyFetch(settings: string): Promise<Fetch> {
  if (known?.settings !== settings) known = { settings, fetch: makeProxyFetch() }
  return known.fetch
}

async function makeProxyFetch(): Promise<Fetch> {
  const { EnvHttpProxyAgent, fetch } = await import('undici')
  const [httpProxy, httpsProxy] = [proxyIn('http_proxy', 'HTTP_PROXY'), proxyIn('https_proxy', 'HTTPS_PROXY')]
  const dispatcher = new EnvHttpProxyAgent({
    ...(httpProxy === undefined ? {} : { httpProxy }),
    ...(httpsProxy === undefined ? {} : { httpsProxy }),
  })
  return (url, init) => fetch(url, { ...init, dispatcher })
}

/** The proxy that the first of some variables names, of those that are set. One without a scheme is asked over http, as curl does. */
function proxyIn(...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = process.env[name]
    if (value === undefined || value === '') continue
    const proxy = /^[a-z][a-z\d+.-]*:\/\//i.test(value) ? value : `http://${value}`
    if (URL.canParse(proxy) && /^https?:/i.test(proxy)) return proxy
    throw inputError(`${name} names no proxy: write it as http://HOST:PORT`)
  }
  return undefined
}

/** The variables that name a proxy, as one text; empty where there is none. */
function proxySettings(environment: NodeJS.ProcessEnv): string {
  const proxies = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'].map((name) => environment[name] ?? '')
  return proxies.every((proxy) => proxy === '')
    ? ''
    : [...proxies, environment.no_proxy, environment.NO_PROXY].join('\n')
}
