// In: a way to get a token. Out: an Auth that gets one when it must, keeps it until it expires, and never asks twice at once.
import { KloudError } from '../../errors.js'
import { isObject } from '../../json.js'
import { Secret } from '../../secret.js'
import { within } from '../deadline.js'
import type { AskForToken, Auth, Pass } from './auth.js'

/** How long getting a token may take, with retries. In milliseconds. */
const longestWait = 60_000

/** A token is not used in the last part of its life: a call takes time, and clocks differ. In milliseconds. */
const spareTime = 60_000

/** Endpoints that do not say how long a token lives mean about an hour; this is less. In milliseconds. */
const unsaidLife = 10 * 60_000

interface Token {
  readonly text: Secret
  readonly pass: Pass
  /** When it is too old to be used, in milliseconds since 1970. */
  readonly until: number
}

/**
 * An Auth by tokens. One token serves all the calls until shortly before it expires; calls that come while it is being got wait for it.
 *
 * @param secrets what the token is got with
 * @param request asks for a token and gives the endpoint's answer
 */
export function tokenAuth(
  secrets: readonly Secret[],
  request: (ask: AskForToken, signal: AbortSignal) => Promise<unknown>,
): Auth {
  let token: Token | undefined
  let coming: Coming | undefined

  const next = (ask: AskForToken): Coming => {
    const control = new AbortController()
    const asked = request(ask, control.signal).then(readToken)
    const forget = () => {
      if (coming === mine) coming = undefined
    }
    // Forgotten first: a call that comes next would wait for a token that never comes.
    const end = () => {
      forget()
      control.abort()
    }
    const mine: Coming = { token: asked, waiting: 0, end }
    asked.then(forget, forget)
    return mine
  }

  return {
    async pass(ask, signal) {
      if (token === undefined || Date.now() >= token.until) {
        coming ??= next(ask)
        token = await share(coming, signal)
      }
      return token.pass
    },
    renew(used) {
      // Another call may have been refused earlier with the same token: then a newer one is there, or on its way.
      if (token?.pass === used) token = undefined
      return true
    },
    secrets: () => (token === undefined ? secrets : [...secrets, token.text]),
  }
}

/** A token that is being got, and how many calls wait for it. */
interface Coming {
  readonly token: Promise<Token>
  waiting: number
  readonly end: () => void
}

/** Waits with others for a token. One who gives up does not end it for the rest; the last one who does, ends it. */
async function share(coming: Coming, signal: AbortSignal): Promise<Token> {
  coming.waiting++
  try {
    return await within(longestWait, signal, () => coming.token, tooLate)
  } finally {
    coming.waiting--
    if (coming.waiting === 0) coming.end()
  }
}

function tooLate(): KloudError {
  return new KloudError('badResponse', `no token was given within ${longestWait / 1000} s`)
}

function readToken(answer: unknown): Token {
  const text = isObject(answer) ? answer.access_token : undefined
  if (!isObject(answer) || typeof text !== 'string' || !/^[\x21-\x7e]+$/.test(text)) {
    throw new KloudError('badResponse', 'the answer of the token endpoint holds no access_token')
  }
  const seconds = Number(answer.expires_in)
  const life = Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : unsaidLife
  return {
    text: new Secret(text),
    pass: { headers: { authorization: `Bearer ${text}` }, query: {} },
    until: Date.now() + life - Math.min(spareTime, life / 2),
  }
}
