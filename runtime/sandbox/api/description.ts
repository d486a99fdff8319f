// How a cloud's API is called, as a provider's spec says: what the sandbox must know to answer in the cloud's place.
import type { JsonValue } from '../../json.js'
import type { States } from '../../machine/machine-info.js'

/**
 * The calls of a provider. In the texts of a call, `{…}` stands where there is a value: `{metadata.NAME}` for a field of the machine's
 * metadata, `{+metadata.NAME}` for one whose slashes stay, `{response.PATH}` and `{headers.NAME}` for what an earlier answer held, and
 * `{}` for anything else.
 */
export interface ApiDescription {
  readonly baseUrl: string
  /** What a call must carry to be let in; nothing where a credential may have nothing to give. */
  readonly auth?: AuthDescription | undefined
  /** Where an answer says what failed, as JMESPaths. */
  readonly error?: { readonly code?: string | undefined; readonly message?: string | undefined } | undefined
  readonly verify?: readonly CallDescription[] | undefined
  /** Absent where a part of what machines do is written by hand: then those calls are not described. */
  readonly info?: InfoDescription | undefined
  readonly start?: readonly StepDescription[] | undefined
  readonly stop?: readonly StepDescription[] | undefined
  readonly restart?: readonly StepDescription[] | undefined
  readonly destroy?: readonly StepDescription[] | undefined
}

export interface AuthDescription {
  /** Headers, and what their values begin with: `{ authorization: 'Bearer ' }`. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Names of parameters. */
  readonly query?: readonly string[] | undefined
  /** Where the tokens are had that a call must carry. */
  readonly tokenUrl?: string | undefined
}

export interface CallDescription {
  /** `POST /droplets/{metadata.droplet_id}/actions` */
  readonly call: string
  /** Parameters that the call is told from others by. */
  readonly query?: Readonly<Record<string, string>> | undefined
  /** What the body holds, as far as it is known beforehand. */
  readonly body?: JsonValue | undefined
  /** A JMESPath condition that the answer must meet; it may ask of the answer before as `$response`. */
  readonly expect?: string | undefined
  /** What later calls take of the answer: `response.action.id`, `headers.location`. */
  readonly gives?: readonly string[] | undefined
}

export interface InfoDescription extends CallDescription {
  /** Where the cloud's word is: JMESPaths, of which the first counts whose word is listed. */
  readonly state: readonly string[]
  readonly states: States
  /** How the cloud says that there is no such machine. */
  readonly missing?:
    | {
        readonly status?: readonly number[] | undefined
        readonly error?: readonly string[] | undefined
        /** By an answer with no state in it. */
        readonly empty?: boolean | undefined
      }
    | undefined
  /** What the answer brings home: fields of metadata, and where they are. */
  readonly metadata?: Readonly<Record<string, string>> | undefined
}

export interface StepDescription extends CallDescription {
  /** The JMESPath condition on the cloud's `word` under which the step is done. */
  readonly when?: string | undefined
  /** How the end of what the call began is asked for; nothing where the machine's state tells. */
  readonly wait?: PollDescription | undefined
}

export interface PollDescription extends CallDescription {
  readonly fail?: string | undefined
  readonly until: string
}
