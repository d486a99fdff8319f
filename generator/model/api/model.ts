// What the emitters know of a cloud's API: every call compiled, every duration in milliseconds, every state one of Kloud's.
import type { MachineState } from '../../../runtime/machine/state.js'
import type { ApiDescription } from '../../../runtime/sandbox/api/description.js'
import type { Code } from '../../emit/code.js'
import type { HttpMethod } from '../../spec/check/api/request-line.js'
import type { Transport } from '../../spec/check/api/transport.js'

export interface ApiModel {
  transport: TransportModel | undefined
  methods: {
    verify?: ManualMethod | VerifyModel
    info?: ManualMethod | InfoModel
  } & Partial<Record<OperationName, ManualMethod | OperationModel>>
  played: PlayedApi
}

/** What the sandbox can do of an API. */
export interface PlayedApi {
  /** How the sandbox answers in the cloud's place; nothing where it cannot. */
  description: ApiDescription | undefined
  /** Why machines are not asked through it there, as the end of a sentence; nothing where they are. */
  gap: string | undefined
}

export type OperationName = 'start' | 'stop' | 'restart' | 'destroy'
export type MethodName = 'verify' | 'info' | OperationName

/** A method that the author writes. */
export interface ManualMethod {
  kind: 'manual'
}

/** Something compiled, and the names of the runtime that its code uses. */
interface Using {
  uses: ReadonlySet<string>
}

/** How calls are carried. */
export interface TransportModel {
  kind: Transport
  /** What the transport is called in a class: `api`, `ec2`, `vagrant`. */
  name: string
  /** The program, without its folder; nothing for other transports. */
  program: string | undefined
  /** For a method of a machine. */
  machine: ClientModel
  /** For verifying a credential, where there is no machine. */
  stack: ClientModel
  /** For a function that gets the credential; nothing where the transport needs a machine's metadata too. */
  shared: ClientModel | undefined
}

/** What a transport is made with. */
export interface ClientModel extends Using {
  /** Of `HttpApi`, or of `ExecApi`; for an sdk, of the client's class. */
  options: Code
  sdk?: { package: string; client: string }
}

export interface VerifyModel {
  kind: 'verify'
  calls: readonly CallModel[]
  description: string | undefined
}

export interface InfoModel {
  kind: 'info'
  call: CallModel
  /** Where the state is: one JMESPath, or several of which the first counts whose word is listed. */
  paths: readonly string[]
  states: readonly (readonly [word: string, state: MachineState])[]
  missing: MissingModel | undefined
  /** What the answer brings home. */
  metadata: readonly BroughtField[]
  description: string | undefined
}

export interface BroughtField {
  name: string
  path: string
  type: 'text' | 'number' | 'boolean'
}

/** What it means that the cloud does not know the machine. */
export interface MissingModel {
  state: MachineState
  status: readonly number[] | undefined
  error: readonly string[] | undefined
  exit: readonly (number | string)[] | undefined
  /** Whether an answer with no state in it means it. */
  empty: boolean
}

export interface OperationModel {
  kind: 'operation'
  steps: readonly StepModel[]
}

export interface StepModel {
  call: CallModel
  wait: StateWait | PollModel | undefined
  /** When it is done: in some states, or as a condition says. */
  when: readonly MachineState[] | string | undefined
  optional: boolean
  description: string | undefined
}

export interface StateWait {
  kind: 'state'
  state: MachineState
  /** In milliseconds. */
  timeout: number | undefined
}

export interface PollModel {
  kind: 'poll'
  call: CallModel
  fail: string | undefined
  until: string
  /** In milliseconds. */
  interval: number | undefined
  timeout: number | undefined
}

export type CallModel = HttpCall | SdkCall | ExecCall

export interface HttpCall extends Using {
  kind: 'http'
  method: HttpMethod
  /** A template with the tag `path`, or a link that the cloud gave. */
  path: Code
  query: Code | undefined
  headers: Code | undefined
  body: Code | undefined
  expect: string | undefined
  idempotent: boolean | undefined
  retry: RetryModel | undefined
  timeout: number | undefined
}

export interface RetryModel {
  on: readonly number[] | undefined
  if: string | undefined
  /** In milliseconds. */
  for: number | undefined
}

export interface SdkCall extends Using {
  kind: 'sdk'
  /** `StartInstances` */
  command: string
  input: Code
  timeout: number | undefined
}

export interface ExecCall extends Using {
  kind: 'exec'
  /** The program, without its folder: for sentences. */
  program: string
  args: readonly Code[]
  stdin: Code | undefined
  /** The source of a regular expression. */
  lines: string | undefined
  json: boolean
  expect: string | undefined
  timeout: number | undefined
}
