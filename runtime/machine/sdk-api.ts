// In: calls of a cloud's own npm client. Out: their typed answers; a client that is missing, and what it throws, as errors of ours.
import { inputError, KloudError } from '../errors.js'
import { isObject, type JsonValue } from '../json.js'
import { redactor } from '../redact.js'
import { type Answer, makeAnswer, oneLine } from './answer.js'
import { Interrupted, within } from './deadline.js'
import type { Wire } from './wire.js'

export interface SdkApiOptions<Sdk, Client> {
  /** The npm package: a peer dependency, loaded when it is first used. */
  package: string
  /** Loads it: an `import()` in the provider's own code, so that it is found where the provider is, with its types. */
  load: () => Promise<Sdk>
  /** Makes the client, once. Secrets are revealed here. */
  connect: (sdk: Sdk) => Client
  /** How long one call may take, with the client's own retries, in milliseconds; 2 minutes when not said. */
  timeout?: number
}

export interface CallOptions {
  signal: AbortSignal
  timeout?: number
}

/** Failures that mean that what was asked for is not there. Where both are given, both must hold. */
export interface MissingCall {
  /** Names or codes of the client's errors. */
  readonly error?: readonly string[]
  /** HTTP statuses. */
  readonly status?: readonly number[]
}

export interface FindCallOptions extends CallOptions {
  missing: MissingCall
}

/** Makes a call: gets the client, the package, and the signal to hand on. */
export type SdkCall<Sdk, Client, Output> = (client: Client, sdk: Sdk, signal: AbortSignal) => Promise<Output>

const defaultTimeout = 2 * 60_000

/**
 * A cloud through its own npm client.
 *
 * @example
 * const ec2 = new SdkApi({
 *   package: '@aws-sdk/client-ec2',
 *   load: () => import('@aws-sdk/client-ec2'),
 *   connect: ({ EC2Client }) => new EC2Client({ region: credential.region }),
 * }, this.wire)
 * await ec2.call('StartInstances', { signal }, (client, { StartInstancesCommand }, abortSignal) =>
 *   client.send(new StartInstancesCommand({ InstanceIds: [id] }), { abortSignal }),
 * )
 */
export class SdkApi<Sdk, Client> {
  readonly #options: SdkApiOptions<Sdk, Client>
  readonly #wire: Wire
  #connected: Promise<{ sdk: Sdk; client: Client }> | undefined

  constructor(options: SdkApiOptions<Sdk, Client>, wire: Wire) {
    this.#options = options
    this.#wire = wire
  }

  /**
   * Makes a call.
   *
   * @param name what messages call it, such as `StartInstances`
   * @throws KloudError (notAuthorized) when the cloud does not know or allow the credential; (badResponse) for other failures;
   * (badRequest) when the package is not installed
   * @throws Interrupted when the signal is given
   */
  async call<Output>(name: string, options: CallOptions, make: SdkCall<Sdk, Client, Output>): Promise<Output> {
    try {
      return await this.#make(name, options, make)
    } catch (error) {
      throw this.#known(name, error, options.signal)
    }
  }

  /** Makes a call for what may not be there: gives undefined where it is not. */
  async find<Output>(
    name: string,
    options: FindCallOptions,
    make: SdkCall<Sdk, Client, Output>,
  ): Promise<Output | undefined> {
    try {
      return await this.#make(name, options, make)
    } catch (error) {
      if (isMissing(error, options.missing)) return undefined
      throw this.#known(name, error, options.signal)
    }
  }

  /** What a call gave, as an answer to be asked by JMESPath. */
  answer(name: string, output: unknown): Promise<Answer> {
    return makeAnswer(asJson(output), {
      request: `${this.#options.package} ${name}`,
      status: 200,
      redact: redactor(this.#wire.secrets ?? []),
    })
  }

  async #make<Output>(
    name: string,
    { signal, timeout }: CallOptions,
    make: SdkCall<Sdk, Client, Output>,
  ): Promise<Output> {
    this.#connected ??= this.#connect()
    const { sdk, client } = await this.#connected
    const limit = timeout ?? this.#options.timeout ?? defaultTimeout
    const started = performance.now()
    const log = (ending: string) =>
      this.#wire.logger?.debug(
        `${this.#options.package} ${name} ${ending} ${Math.round(performance.now() - started)} ms`,
      )
    const late = () =>
      new KloudError('badResponse', `${name} had no answer within ${limit / 1000} s`, { data: { timeout: limit } })
    try {
      const output = await within(limit, signal, (inner) => make(client, sdk, inner), late)
      log('ok')
      return output
    } catch (error) {
      log(oneLine(factsOf(error).name))
      throw error
    }
  }

  async #connect(): Promise<{ sdk: Sdk; client: Client }> {
    try {
      const sdk = await this.#options.load()
      return { sdk, client: this.#options.connect(sdk) }
    } catch (error) {
      this.#connected = undefined
      throw isNotInstalled(error) ? notInstalled(this.#options.package) : error
    }
  }

  #known(name: string, error: unknown, signal: AbortSignal): KloudError {
    if (signal.aborted) return new Interrupted()
    if (error instanceof KloudError) return error
    const redact = redactor(this.#wire.secrets ?? [])
    const { name: code, message, status } = factsOf(error)
    const reason = status === 401 || status === 403 ? 'notAuthorized' : 'badResponse'
    const answered = status === undefined ? 'failed' : `answered ${status}`
    const text = `${name} ${answered}: ${oneLine(redact([code, message].filter((word) => word !== '').join(': ')))}`
    return new KloudError(reason, text, {
      data: { code: oneLine(redact(code)), ...(status === undefined ? {} : { status }) },
    })
  }
}

interface ErrorFacts {
  readonly name: string
  readonly message: string
  readonly status: number | undefined
}

/** Clients differ in where they put the code and the status; these are the places that the large ones use. */
function factsOf(error: unknown): ErrorFacts {
  if (!(error instanceof Error)) return { name: '', message: String(error), status: undefined }
  const code: unknown = Reflect.get(error, 'code')
  const isNamed = error.name !== 'Error' || typeof code !== 'string'
  const metadata: unknown = Reflect.get(error, '$metadata')
  const statuses: unknown[] = [
    isObject(metadata) ? metadata.httpStatusCode : undefined,
    Reflect.get(error, 'statusCode'),
    Reflect.get(error, 'status'),
  ]
  return {
    name: isNamed ? error.name : code,
    message: error.message,
    status: statuses.find((status) => typeof status === 'number'),
  }
}

function isMissing(error: unknown, { error: codes, status: statuses }: MissingCall): boolean {
  if (codes === undefined && statuses === undefined) return false
  const { name, status } = factsOf(error)
  return (
    (codes?.includes(name) ?? true) && (statuses === undefined || (status !== undefined && statuses.includes(status)))
  )
}

function isNotInstalled(error: unknown): boolean {
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined
  return code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND'
}

function notInstalled(name: string): KloudError {
  return inputError(`the package ${name} is not installed: this provider reaches its cloud through it`, {
    hint: `npm install ${name}`,
  })
}

/** Dates become text, large integers too; functions and what is undefined are left out. */
function asJson(output: unknown): JsonValue {
  const text = JSON.stringify(output, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
  return text === undefined ? null : JSON.parse(text)
}
