// DigitalOcean's API for droplets, on loopback, as strict as the real one: what that would refuse, it refuses.
import type { ServerResponse } from 'node:http'
import { isObject, type JsonObject } from '../../runtime/json.js'
import { type Answerer, type Asked, json, type Loopback, serve } from './loopback.js'

export const token = `dop_v1_${'0123456789abcdef'.repeat(4)}`

type Status = 'new' | 'active' | 'off' | 'archive'

interface Droplet {
  id: number
  /** A word beyond `Status` is one that the cloud has added since. */
  status: string
  /** Whether its system goes down when it is asked to. */
  obeysShutdown: boolean
  /** What it becomes by itself, after it has been asked for so many times. */
  becomes?: { status: string; after: number }
}

interface Action {
  id: number
  type: string
  droplet: number
  status: 'in-progress' | 'completed' | 'errored'
  /** How often it must be asked for before it is done. */
  asksLeft: number
}

interface Reply {
  status: number
  body: JsonObject
}

/** What happens instead of an answer, once; `none` lets the cloud answer itself. */
export type Fault = Answerer | 'none'

const effects: Readonly<Record<string, { from: Status; to: Status }>> = {
  power_on: { from: 'off', to: 'active' },
  power_off: { from: 'active', to: 'off' },
  shutdown: { from: 'active', to: 'off' },
}

export class FakeDigitalOcean implements AsyncDisposable {
  readonly droplets = new Map<number, Droplet>()
  readonly actions = new Map<number, Action>()
  /** Taken one a request, in order. */
  readonly faults: Fault[] = []
  /** After how many questions the next actions are done. */
  actionsTake = 2
  /** Whether they then fail. */
  actionsFail = false
  /** How many requests for an action are refused because another one is still pending. */
  pendingEvents = 0
  #loopback: Loopback | undefined

  static async start(): Promise<FakeDigitalOcean> {
    const fake = new FakeDigitalOcean()
    fake.#loopback = await serve((asked, response) => fake.#answer(asked, response))
    return fake
  }

  /** What it was asked: `GET /v2/droplets/7`. */
  get asked(): string[] {
    return this.requests.map(({ method, path, body }) => `${method} ${path}${body === '' ? '' : ` ${body}`}`)
  }

  get requests(): Asked[] {
    return this.#loopback?.asked ?? []
  }

  /** Where calls to DigitalOcean go instead. A call to anywhere else is a mistake. */
  readonly reroute = (url: URL): URL => {
    if (url.origin !== 'https://api.digitalocean.com') throw new Error(`nothing should go to ${url.origin}`)
    return new URL(url.pathname + url.search, this.#loopback?.url)
  }

  addDroplet(status: string, more: Partial<Droplet> = {}): number {
    const id = 3_164_400 + this.droplets.size
    this.droplets.set(id, { id, status, obeysShutdown: true, ...more })
    return id
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#loopback?.[Symbol.asyncDispose]()
  }

  #answer(asked: Asked, response: ServerResponse): void {
    const fault = this.faults.shift() ?? 'none'
    if (fault === 'none') this.#respond(asked, response)
    else fault(asked, response)
  }

  #respond(asked: Asked, response: ServerResponse): void {
    const { status, body } = this.#route(asked)
    json(response, status, body, { 'ratelimit-remaining': '4999' })
  }

  #route({ method, path, headers, body }: Asked): Reply {
    if (headers.authorization !== `Bearer ${token}`) return problem(401, 'Unauthorized', 'Unable to authenticate you')
    if (headers.accept !== 'application/json') return problem(406, 'not_acceptable', 'ask for JSON')
    const [, resource, id, sub, ...rest] = path.replace(/^\/v2/, '').split('/')
    if (!path.startsWith('/v2/') || rest.length > 0 || path.includes('?')) return notFound()
    if (method === 'GET' && body !== '') return problem(400, 'bad_request', 'a GET has no body')
    if (path === '/v2/account' && method === 'GET') return { status: 200, body: { account: { status: 'active' } } }
    if (method === 'GET' && resource === 'actions' && sub === undefined) return this.#action(Number(id))
    const droplet = resource === 'droplets' ? this.droplets.get(Number(id)) : undefined
    if (droplet === undefined) return notFound()
    if (method === 'GET' && sub === undefined) return this.#show(droplet)
    if (method === 'POST' && sub === 'actions') return this.#act(droplet, headers['content-type'], body)
    return problem(405, 'method_not_allowed', `${method} is not allowed here`)
  }

  #show(droplet: Droplet): Reply {
    const { becomes } = droplet
    if (becomes !== undefined && --becomes.after < 0) droplet.status = becomes.status
    return { status: 200, body: { droplet: { id: droplet.id, status: droplet.status, locked: false } } }
  }

  #act(droplet: Droplet, contentType: string | undefined, text: string): Reply {
    if (contentType !== 'application/json') return problem(415, 'unsupported_media_type', 'send JSON')
    const body: unknown = JSON.parse(text)
    const type = isObject(body) && Object.keys(body).length === 1 ? String(body.type) : ''
    const effect = effects[type]
    if (effect === undefined) return problem(422, 'unprocessable_entity', 'You specified an invalid action type.')
    if (this.pendingEvents-- > 0) return problem(422, 'unprocessable_entity', 'Droplet already has a pending event.')
    if (droplet.status !== effect.from) return problem(422, 'unprocessable_entity', `Droplet is ${droplet.status}.`)
    const asksLeft = this.actionsTake
    const action: Action = {
      id: 36_805_000 + this.actions.size,
      type,
      droplet: droplet.id,
      status: 'in-progress',
      asksLeft,
    }
    this.actions.set(action.id, action)
    return { status: 201, body: { action: { id: action.id, type, status: action.status, resource_id: droplet.id } } }
  }

  #action(id: number): Reply {
    const action = this.actions.get(id)
    if (action === undefined) return notFound()
    if (action.status === 'in-progress' && --action.asksLeft < 0) this.#finish(action)
    return {
      status: 200,
      body: { action: { id, type: action.type, status: action.status, resource_id: action.droplet } },
    }
  }

  #finish(action: Action): void {
    action.status = this.actionsFail ? 'errored' : 'completed'
    const droplet = this.droplets.get(action.droplet)
    if (droplet === undefined || action.status === 'errored') return
    if (action.type !== 'shutdown' || droplet.obeysShutdown) droplet.status = effects[action.type]?.to ?? droplet.status
  }
}

function problem(status: number, id: string, message: string): Reply {
  return { status, body: { id, message } }
}

function notFound(): Reply {
  return problem(404, 'not_found', 'The resource you were accessing could not be found.')
}
