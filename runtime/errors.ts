// The error codes of Kloud (reference section 5), and the one error class that carries them.

/** Kloud's error codes, by name. */
export const errorCodes = {
  machineInitialized: 100,
  machineNotInitialized: 101,
  unknownState: 102,
  machineIsBuilding: 103,
  machineIdMissing: 104,
  machineTerminating: 105,
  machineNotFound: 106,
  machineLocked: 107,
  terraformContextMissing: 109,
  eventNotFound: 200,
  eventIdMissing: 201,
  eventTypeMissing: 202,
  eventArgsEmpty: 203,
  badState: 400,
  providerNotFound: 401,
  noKiteConnection: 402,
  noArguments: 403,
  badResponse: 404,
  providerAlreadyAvailable: 405,
  providerMissing: 408,
  providerWrong: 410,
  machineNotImplemented: 412,
  stackNotImplemented: 413,
  credentialMissing: 414,
  badRequest: 415,
  notAuthorized: 416,
  internal: 417,
  other: 900,
} as const

export type ErrorName = keyof typeof errorCodes

/** Whose mistake an error is: the user's input (exit 2) or the world's (exit 3); `no` is an answer that is simply no (exit 1). */
export type Fault = 'input' | 'world' | 'no'

export interface KloudErrorOptions extends ErrorOptions {
  /** `world` when not said. */
  fault?: Fault
  /** The file that the mistake is in, as the user named it. */
  file?: string
  /** Line and column in the file, from 1. */
  line?: number
  column?: number
  /** What to do about it, as one sentence or command. */
  hint?: string
  /** Facts for programs: no secrets. */
  data?: Readonly<Record<string, unknown>>
}

/**
 * An error of Kloud: a message in one line that says what, where and what next, and a code of reference section 5.
 * The message never holds a secret.
 */
export class KloudError extends Error {
  readonly code: number
  readonly reason: ErrorName
  readonly fault: Fault
  readonly file: string | undefined
  readonly line: number | undefined
  readonly column: number | undefined
  readonly hint: string | undefined
  readonly data: Readonly<Record<string, unknown>>

  constructor(reason: ErrorName, message: string, options: KloudErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'KloudError'
    this.reason = reason
    this.code = errorCodes[reason]
    this.fault = options.fault ?? 'world'
    this.file = options.file
    this.line = options.line
    this.column = options.column
    this.hint = options.hint
    this.data = options.data ?? {}
  }
}

/** A mistake in what the user gave: exit 2. */
export function inputError(message: string, options: Omit<KloudErrorOptions, 'fault'> = {}): KloudError {
  return new KloudError('badRequest', message, { ...options, fault: 'input' })
}
