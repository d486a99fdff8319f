// In: requests to the sandbox that were meant for clouds. Out: the answers of those clouds' APIs, each played from the spec of its provider.
import { KloudError } from '../../errors.js'
import type { JsonValue } from '../../json.js'
import type { ProviderSource } from '../../stack/provider-source.js'
import type { SandboxCloud } from '../cloud.js'
import { meantUrl } from './address.js'
import { type ApiAnswer, Unspeakable } from './answers.js'
import { ApiPlayer } from './api-player.js'
import type { ApiRequest } from './calls.js'

/** How long what is done to a machine takes where it is not said, in milliseconds. */
const defaultLatency = 50

export interface SandboxApisOptions {
  readonly cloud: SandboxCloud
  /** Knows the providers whose APIs are asked for. */
  readonly providers: Pick<ProviderSource, 'get'>
  /** How long what is done to a machine takes, in milliseconds. */
  readonly latency?: number | undefined
}

/** A request as it came. */
export interface IncomingCall {
  readonly method: string
  /** Path and query. */
  readonly url: string
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: string
}

/** The APIs of all providers that the sandbox can play. */
export class SandboxApis {
  readonly #options: SandboxApisOptions
  readonly #players = new Map<string, Promise<ApiPlayer | undefined>>()

  constructor(options: SandboxApisOptions) {
    this.#options = options
  }

  /** Answers a request; nothing where it was meant for no cloud. */
  async answer({ method, url: asked, headers, body }: IncomingCall): Promise<ApiAnswer | undefined> {
    const meant = meantUrl(asked)
    if (meant === undefined) return undefined
    const { provider, owner, url } = meant
    const request: ApiRequest = { method, url, headers, body: parsed(body) }
    try {
      const player = await this.#player(provider)
      if (player === undefined) return { status: 404, body: { message: `the API of ${provider} cannot be played` } }
      return await player.answer(request, owner)
    } catch (error) {
      if (error instanceof Unspeakable) return { status: 501, body: { message: error.message } }
      if (error instanceof KloudError) return { status: 404, body: { message: error.message } }
      throw error
    }
  }

  #player(name: string): Promise<ApiPlayer | undefined> {
    const known = this.#players.get(name) ?? this.#makePlayer(name)
    this.#players.set(name, known)
    return known
  }

  async #makePlayer(name: string): Promise<ApiPlayer | undefined> {
    const { cloud, providers, latency = defaultLatency } = this.#options
    const provider = await providers.get(name)
    const described = await provider.api?.()
    return described && new ApiPlayer({ cloud, provider, description: described.default, latency })
  }
}

function parsed(body: string): JsonValue | undefined {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
