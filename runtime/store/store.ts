// In: nothing. Out: the interface behind which credentials, stacks, Terraform's files, events and locks are kept.
import type { JsonObject } from '../json.js'
import type { Secret } from '../secret.js'
import type {
  BootstrapChange,
  CredentialChange,
  CredentialRecord,
  CredentialSummary,
  EventFilter,
  EventRecord,
  Fence,
  FileRecord,
  LockRecord,
  MachineChange,
  MachineRecord,
  NewCredential,
  NewEvent,
  StackChange,
  StackRecord,
  StackSummary,
} from './records.js'

/**
 * Where Kloud keeps what it knows. Every method is one transaction: it happens whole or not at all, also when the process dies in it.
 * Methods that write to a stack or a bootstrap want a `Fence`, which a lease is: whoever lost the lock cannot write any more.
 *
 * @example
 * const store = await openStore({ folder: '.kloud' })
 * await store.locks.withLock(lockOf.stack('web'), async (lease) => {
 *   await store.stacks.save({ name: 'web', status: 'Building' }, lease)
 *   await store.files.write(lease, 'state', state)
 * })
 * await store.close()
 */
export interface Store {
  readonly credentials: CredentialStore
  readonly stacks: StackStore
  readonly files: FileStore
  readonly events: EventStore
  readonly locks: LockStore
  /** Encrypts everything anew. Safe to interrupt at any point, and beside other processes. */
  rotate(): Promise<Rotation>
  /** Gives back the locks held through this store, and closes it. */
  close(): Promise<void>
}

export interface Rotation {
  /** Ids of the keys: not secret. */
  from: string
  to: string
  /** How many values were encrypted anew. */
  records: number
}

export interface CredentialStore {
  /** Throws an input error when the title is taken. */
  add(credential: NewCredential): Promise<CredentialRecord>
  /** Throws `credentialMissing` (414) when there is none. */
  get(identifier: string): Promise<CredentialRecord>
  /** By provider and title. */
  list(provider?: string): Promise<CredentialSummary[]>
  /** May be done while stacks use it. */
  update(identifier: string, change: CredentialChange): Promise<CredentialRecord>
  /** Changes it where its data is still this; undefined, and nothing is changed, where it is another by now. */
  replace(
    identifier: string,
    before: Secret<JsonObject>,
    change: CredentialChange,
  ): Promise<CredentialRecord | undefined>
  /** Throws an input error that names them while stacks use it or its bootstrap exists. */
  remove(identifier: string): Promise<void>
  /** Names of the stacks that use it. */
  usedBy(identifier: string): Promise<string[]>
  /** Wants the credential's lock. `destroying` is refused while stacks use the credential, and from then on no stack may begin to. */
  saveBootstrap(identifier: string, change: BootstrapChange, fence: Fence): Promise<void>
  /** Forgets the bootstrap and its files. Wants the credential's lock; refused while stacks use it. */
  removeBootstrap(identifier: string, fence: Fence): Promise<void>
}

export interface StackStore {
  /** Makes or changes it. Wants the stack's lock. Throws an input error for a credential that is not there, of another provider, or whose bootstrap is being destroyed. */
  save(change: StackChange, fence: Fence): Promise<void>
  find(name: string): Promise<StackRecord | undefined>
  /** Throws an input error, naming the stacks that there are, when there is none. */
  get(name: string): Promise<StackRecord>
  /** By name. */
  list(): Promise<StackSummary[]>
  /** Forgets the stack, its machines and files; its events stay. Wants the stack's lock. */
  remove(name: string, fence: Fence): Promise<void>
  /** Makes or changes machines, all or none. Wants the stack's lock; for a single machine its own lock will do. */
  saveMachines(stack: string, changes: readonly MachineChange[], fence: Fence): Promise<void>
  /** Wants the stack's lock. Those that are not there are passed over. */
  removeMachines(stack: string, labels: readonly string[], fence: Fence): Promise<void>
  /** By stack and label. */
  machines(filter?: { stack?: string; label?: string }): Promise<MachineRecord[]>
}

/** Terraform's state, plan and the like, of a stack or of a credential's bootstrap; `owner` is the name of its lock (`lockOf`). */
export interface FileStore {
  read(owner: string, kind: string): Promise<Buffer | undefined>
  /** Writes a file of the stack or credential whose lock the fence is. */
  write(fence: Fence, kind: string, content: Uint8Array | string): Promise<void>
  remove(fence: Fence, kind: string): Promise<void>
  list(owner: string): Promise<FileRecord[]>
}

export interface EventStore {
  /** All of them at once, in this order. */
  append(events: readonly NewEvent[]): Promise<EventRecord[]>
  /** In order. */
  list(filter?: EventFilter & { limit?: number }): Promise<EventRecord[]>
  /** Those that there are, then each new one of any process, in order, until the signal aborts (which ends the loop without an error). */
  follow(filter?: EventFilter, options?: FollowOptions): AsyncIterableIterator<EventRecord>
}

export interface FollowOptions {
  signal?: AbortSignal
  /** Milliseconds between looks; 200 when not given. */
  interval?: number
}

export interface LockStore {
  /** Takes the lock or throws `machineLocked` (107), which says who holds it and since when. */
  acquire(name: string, options?: AcquireOptions): Promise<Lease>
  /**
   * Does work under the lock and gives the lock back after it. The work's `lease.signal` aborts when the lease is lost or the caller's signal does;
   * work that then fails fails with the loss.
   */
  withLock<T>(name: string, work: (lease: Lease) => Promise<T>, options?: AcquireOptions): Promise<T>
  /** Who holds it, if anyone does: not those who died or whose lease ran out. */
  holder(name: string): Promise<LockRecord | undefined>
  /** All that are held, by name. */
  list(): Promise<LockRecord[]>
  /** Takes the lock away from whoever holds it; what they still write is refused. Says who it was. */
  unlock(name: string): Promise<LockRecord | undefined>
}

export interface AcquireOptions {
  /** Ends the waiting and, with `withLock`, the work. */
  signal?: AbortSignal
  /** Milliseconds to wait for whoever holds it; 0 when not given. */
  wait?: number
  /** Milliseconds until the lease of a process that is not heard of runs out; 30,000 when not given. A third of it passes between heartbeats. */
  ttl?: number
}

/** A lock held. */
export interface Lease extends Fence {
  /** Aborts when the lease is lost, with a `KloudError` that says who took it. */
  readonly signal: AbortSignal
  /** Gives the lock back, if it is still held. */
  release(): Promise<void>
}
