// In: a call of a provider's model. Out: the code that makes it, through the transport of the class.
import type { CallModel, ExecCall, HttpCall, MissingModel, PollModel, SdkCall } from '../../model/api/model.js'
import { arrow, awaited, type Code, call, data, dataOf, list, object, raw } from '../code.js'
import { regexLiteral } from '../literal.js'

/** How code reaches the transport, such as `this.#api`. */
export type ApiReference = string

const signal = raw('signal')

/**
 * The code of a call; it gives a promise. Answers that it uses have no name yet.
 *
 * @param missing what means that the thing asked for is not there: the code then gives undefined
 */
export function callCode(model: CallModel, api: ApiReference, missing?: MissingModel): Code {
  const asked = missing && { missing: endings(missing) }
  switch (model.kind) {
    case 'http':
      return httpCode(model, api, asked)
    case 'sdk':
      return sdkCode(model, api, asked)
    case 'exec':
      return execCode(model, api, asked)
  }
}

type Asked = { missing: Code } | undefined

function endings({ status, error, exit }: MissingModel): Code {
  return object({ status: dataOf(status), error: dataOf(error), exit: dataOf(exit) })
}

function httpCode(model: HttpCall, api: ApiReference, asked: Asked): Code {
  const { method, path, query, headers, body, expect, retry, idempotent, timeout } = model
  const options = object({
    method: asked && method !== 'GET' ? data(method) : undefined,
    ...asked,
    query,
    headers,
    body,
    expect: dataOf(expect),
    retry: dataOf(retry),
    idempotent: dataOf(idempotent),
    bindings: usesResponse(expect) || usesResponse(retry?.if) ? responseOf('before') : undefined,
    timeout: dataOf(timeout),
    signal,
  })
  if (asked) return call(`${api}.find`, path, options)
  return method === 'HEAD'
    ? call(`${api}.request`, data(method), path, options)
    : call(`${api}.${method.toLowerCase()}`, path, options)
}

function sdkCode({ command, input, timeout }: SdkCall, api: ApiReference, asked: Asked): Code {
  const name = `${command}Command`
  const sent = call('client.send', call(`new ${name}`, input), object({ abortSignal: raw('abortSignal') }))
  return call(
    `${api}.${asked ? 'find' : 'call'}`,
    data(command),
    object({ ...asked, timeout: dataOf(timeout), signal }),
    arrow(`(client, { ${name} }, abortSignal) =>`, sent),
  )
}

function execCode(model: ExecCall, api: ApiReference, asked: Asked): Code {
  const { args, stdin, lines, json, expect, timeout } = model
  const options = object({
    ...asked,
    stdin,
    lines: lines === undefined ? undefined : raw(regexLiteral(lines)),
    json: dataOf(json || undefined),
    expect: dataOf(expect),
    timeout: dataOf(timeout),
    signal,
  })
  return call(`${api}.${asked ? 'find' : 'run'}`, list(args), options)
}

/** The code that asks again and again until an answer is right; answers that it uses have no name yet. */
export function pollCode({ call: asked, fail, until, interval, timeout }: PollModel, api: ApiReference): Code {
  const ask = callCode(asked, api)
  return call(
    'this.poll',
    object({
      ask:
        asked.kind === 'sdk'
          ? arrow('async (signal) =>', call(`${api}.answer`, data(asked.command), awaited(ask)))
          : arrow('(signal) =>', ask),
      fail: fail === undefined ? undefined : conditionCode(fail),
      until: conditionCode(until),
      interval: dataOf(interval),
      timeout: dataOf(timeout),
      signal,
    }),
  )
}

/** A condition on what was asked for; one that knows another answer too is a function. */
function conditionCode(condition: string): Code {
  if (!usesResponse(condition)) return data(condition)
  return arrow('(asked) =>', call('asked.matches', data(condition), responseOf('own')))
}

function responseOf(of: 'own' | 'before'): Code {
  return object({ response: { kind: 'answer', of, text: '' } })
}

function usesResponse(condition: string | undefined): boolean {
  return condition !== undefined && /\$response\b/.test(condition)
}
