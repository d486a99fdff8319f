// In: the URL of a Kontrol. Out: the same, asked for Klients over HTTP.
import { isObject } from '../json.js'
import { type FetchedAnswer, fetchFor } from '../machine/http/fetch.js'
import type { AwaitedKlient, KlientLook, Kontrol } from './klients.js'

/** How long one question may take, in milliseconds. */
const patienceForOne = 10_000

/**
 * Kontrol over HTTP. `GET URL/kites/ID` answers `{"url": "…"}` for a kite that has called, and 404 for one that has not; the kite
 * itself answers `GET` with 200. The original Kontrol speaks a protocol of its own over web sockets: put this small answer in front
 * of it, or of whatever else your machines call.
 *
 * @param url as the context has it: `https://koding.example/kontrol/kite`
 */
export function httpKontrol(url: string): Kontrol {
  return {
    patience: 5 * 60_000,
    look: async ({ kiteId }: AwaitedKlient, signal): Promise<KlientLook> => {
      const asked = await get(`${url.replace(/\/$/, '')}/kites/${kiteId}`, signal)
      if (asked === undefined) return { phase: 'kontrol', reason: 'Kontrol cannot be reached' }
      if (!asked.ok)
        return { phase: 'kontrol', ...(asked.status === 404 ? {} : { reason: `Kontrol answers ${asked.status}` }) }
      const json = await asked.json().catch(() => undefined)
      if (!isObject(json) || typeof json.url !== 'string')
        return { phase: 'kontrol', reason: 'Kontrol does not say where it is' }
      const answer = await get(json.url, signal)
      if (answer === undefined) return { phase: 'dial' }
      return answer.ok ? { phase: 'ready' } : { phase: 'ping', reason: `it answers ${answer.status}` }
    },
  }
}

/** Nothing where there is no answer. */
async function get(address: string, signal: AbortSignal): Promise<FetchedAnswer | undefined> {
  try {
    const url = new URL(address)
    const fetch = await fetchFor(url)
    return await fetch(url, {
      method: 'GET',
      headers: {},
      signal: AbortSignal.any([signal, AbortSignal.timeout(patienceForOne)]),
      redirect: 'error',
    })
  } catch {
    signal.throwIfAborted()
    return undefined
  }
}
