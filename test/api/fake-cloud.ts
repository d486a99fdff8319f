// A cloud's JSON API on loopback, strict: it answers the requests that it knows, exactly as they must be, and refuses all others.
import { isObject } from '../../runtime/json.js'
import { type Asked, json, serve } from '../machine/loopback.js'

export interface Reply {
  status?: number
  body?: unknown
  headers?: Record<string, string>
}

/** Gets the body of the request, read; gives the answer's body, or all of the answer. */
type Route = (body: Readonly<Record<string, unknown>>) => Reply

export interface FakeCloudOptions {
  /** Where calls are meant to go: `https://api.hetzner.cloud`. Others are a mistake, but for those of `also`. */
  origin: string
  also?: readonly string[]
  /** Whether a request is let in. */
  letsIn: (asked: Asked) => boolean
  /** By method and path with its query: `GET /v1/servers/7`. */
  routes: Readonly<Record<string, Route>>
  refusal: (status: number) => unknown
}

export interface FakeCloud extends AsyncDisposable {
  /** What it was asked: `POST /v1/servers/7/actions/poweron`, with the body where there was one. */
  asked: string[]
  reroute: (url: URL) => URL
}

export async function fakeCloud({ origin, also = [], letsIn, routes, refusal }: FakeCloudOptions): Promise<FakeCloud> {
  const server = await serve((asked, response) => {
    const refuse = (status: number) => json(response, status, refusal(status))
    const route = routes[`${asked.method} ${asked.path}`]
    if (!letsIn(asked)) return refuse(401)
    if (!route) return refuse(404)
    if (asked.method === 'GET' && asked.body !== '') return refuse(400)
    if (asked.body !== '' && !/^application\/(?:json|x-www-form-urlencoded)$/.test(asked.headers['content-type'] ?? ''))
      return refuse(415)
    const { status = 200, body = {}, headers } = route(bodyOf(asked))
    return json(response, status, body, headers)
  })
  return {
    get asked() {
      return server.asked.map(({ method, path, body }) => `${method} ${path}${body === '' ? '' : ` ${body}`}`)
    },
    reroute: (url) => {
      if (url.origin !== origin && !also.includes(url.origin)) throw new Error(`nothing should go to ${url.origin}`)
      return new URL(url.pathname + url.search, server.url)
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

function bodyOf({ body, headers }: Asked): Record<string, unknown> {
  if (headers['content-type'] === 'application/x-www-form-urlencoded')
    return Object.fromEntries(new URLSearchParams(body))
  const read: unknown = body === '' ? {} : JSON.parse(body)
  return isObject(read) ? read : {}
}
