// In: a request, and what an API says of its auth. Out: a token, for a request that asks for one; or whether the request is let in.
import { randomUUID } from 'node:crypto'
import type { ApiAnswer } from './answers.js'
import type { ApiRequest } from './calls.js'
import type { AuthDescription } from './description.js'
import { matchText } from './text-pattern.js'

/** How long a token lives, in seconds: as long as those of real clouds. */
const tokenLife = 3600

/** Looks at what calls carry: that it is there, and for tokens, that they were had here. */
export class Admission {
  readonly #auth: AuthDescription
  readonly #token = `sandbox-${randomUUID()}`

  constructor(auth: AuthDescription = {}) {
    this.#auth = auth
  }

  /** The answer to a request for a token; nothing for any other. */
  token({ method, url }: ApiRequest): ApiAnswer | undefined {
    const { tokenUrl } = this.#auth
    if (method !== 'POST' || tokenUrl === undefined || !matchText(tokenUrl, url.origin + url.pathname)) return undefined
    return { status: 200, body: { access_token: this.#token, token_type: 'Bearer', expires_in: tokenLife } }
  }

  letsIn({ headers, url }: ApiRequest): boolean {
    const { headers: wanted = {}, query = [], tokenUrl } = this.#auth
    const carries = ([name, start]: readonly [string, string]) => {
      const value = headers[name] ?? ''
      return value.startsWith(start) && value.length > start.length
    }
    const isOurs =
      tokenUrl === undefined || Object.keys(wanted).length === 0 || headers.authorization === `Bearer ${this.#token}`
    return isOurs && Object.entries(wanted).every(carries) && query.every((name) => url.searchParams.get(name))
  }
}
