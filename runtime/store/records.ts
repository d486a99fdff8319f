// In: nothing. Out: the types of what the store keeps: credentials, stacks, machines, events, locks.
import type { JsonObject } from '../json.js'
import type { Secret } from '../secret.js'

/** A credential's ssh key pair. */
export interface SshKeyPair {
  publicKey: string
  privateKey: Secret
}

/** How far a credential's bootstrap resources are. `applying` and `destroying` also mean: interrupted there. */
export type BootstrapStatus = 'applying' | 'applied' | 'destroying'

export interface BootstrapRecord {
  /** What the resources are named after. */
  name: string
  status: BootstrapStatus
  /** The outputs of the bootstrap template; empty until it is applied. */
  outputs: Secret<JsonObject>
  updatedAt: Date
}

/** What can be said of a credential without opening it. */
export interface CredentialSummary {
  /** `digitalocean-3fk29x7q` */
  identifier: string
  provider: string
  /** One line, unique among the provider's credentials. */
  title: string
  createdAt: Date
  updatedAt: Date
}

export interface CredentialRecord extends CredentialSummary {
  /** The fields that the user entered, with secret values in clear. */
  data: Secret<JsonObject>
  sshKeyPair: SshKeyPair | undefined
  bootstrap: BootstrapRecord | undefined
}

export interface NewCredential {
  provider: string
  /** The provider's name, with a number if need be, when not given. */
  title?: string
  /** Plain values: what a `Secret` holds, not the `Secret`. Verify before storing. */
  data: JsonObject
  sshKeyPair?: SshKeyPair
}

/** What is not given stays as it is. */
export interface CredentialChange {
  title?: string
  data?: JsonObject
  sshKeyPair?: SshKeyPair
}

/** What is not given stays as it is; a first one starts as `applying`, without outputs, named after the credential. */
export interface BootstrapChange {
  name?: string
  status?: BootstrapStatus
  outputs?: JsonObject
}

/** What can be said of a stack without opening it. */
export interface StackSummary {
  name: string
  /** A stack state of reference section 2. */
  status: string
  /** The credential used of each provider: provider to identifier. */
  credentials: Readonly<Record<string, string>>
  /** How many machines it has. */
  machineCount: number
  createdAt: Date
  updatedAt: Date
}

export interface StackRecord extends StackSummary {
  /** What the stack's life keeps of it: where its template is, variables, outputs. Encrypted; the store does not look inside. */
  details: Secret<JsonObject>
  /** In the order of their labels. */
  machines: MachineRecord[]
}

/** What is not given stays as it is; a new stack starts as `NotInitialized`, without credentials and details. `details` and `credentials` are replaced whole. */
export interface StackChange {
  name: string
  status?: string
  credentials?: Readonly<Record<string, string>>
  details?: JsonObject
}

/** Who a machine is to Kontrol. */
export interface MachineIdentity {
  kiteId: string
  kiteKey: Secret
}

export interface MachineRecord {
  stack: string
  /** `web`, or `web.0` where the resource has a count. Unique in its stack. */
  label: string
  provider: string
  /** The Terraform address: `digitalocean_droplet.web[0]`. */
  resource: string
  /** A machine state of reference section 2. */
  state: string
  /** The cloud's own word for the state. */
  rawState: string | undefined
  /** What there is to say of it in a line, such as that its Klient never called. No secrets. */
  message: string | undefined
  /** As it was built, and so are the user data. */
  identity: MachineIdentity | undefined
  userData: Secret | undefined
  metadata: Secret<JsonObject>
  updatedAt: Date
}

/** What is not given stays as it is; `null` takes a value away. A new machine needs a provider and a resource, and starts as `NotInitialized`. */
export interface MachineChange {
  label: string
  provider?: string
  resource?: string
  state?: string
  rawState?: string | null
  message?: string | null
  identity?: MachineIdentity | null
  userData?: Secret | null
  /** Replaced whole. */
  metadata?: JsonObject
  /** Patched over what is stored, key by key at the top level; `null` values are stored as they are. */
  metadataPatch?: JsonObject
}

/** One event of a stack's, credential's or machine's life. Plain text on the disk: no secrets. */
export interface EventRecord extends NewEvent {
  /** Counts all events of the store; later is larger, and none is used twice. */
  sequence: number
  time: Date
}

export interface NewEvent {
  /** What was asked for: `apply-…`, as methods answer it. */
  eventId: string
  /** `apply`, `bootstrap`, `start`, … */
  type: string
  /** The stack that it belongs to, if any. */
  stack?: string
  message: string
  status?: string
  /** 0 to 100. */
  percentage?: number
  error?: JsonObject
  /** Facts for programs. */
  data?: JsonObject
  /** Now, when not given. */
  time?: Date
}

/** Which events: those that fit all that is given. */
export interface EventFilter {
  stack?: string
  eventId?: string
  type?: string
  /** Only later ones than this sequence number. */
  after?: number
}

/** A process, known well enough to say whether it still runs. */
export interface LockOwner {
  pid: number
  host: string
  /** `kloud apply`: the command without its arguments, which may hold secrets. */
  command: string
}

export interface LockRecord {
  name: string
  owner: LockOwner
  /** Whether the owner still runs; `unknown` when it is on another machine. */
  life: 'alive' | 'dead' | 'unknown'
  since: Date
  heartbeat: Date
  expires: Date
}

/** What a write must show: the lock that it holds, and which holding of it. Every holding of any lock has a number of its own. */
export interface Fence {
  lock: string
  generation: number
}

/** One of Terraform's files, or one that belongs to them: known by its kind. */
export interface FileRecord {
  /** `state`, `plan`, `template`, … */
  kind: string
  /** Bytes as stored, encrypted. */
  size: number
  updatedAt: Date
}
