// In: a workspace. Out: what can be asked of stacks, as methods of Kloud.
import { lockOf } from '../store/lock-names.js'
import type { LockRecord, StackRecord, StackSummary } from '../store/records.js'
import { sensitiveIn } from '../terraform/sensitive.js'
import type { StateOutput } from '../terraform/state.js'
import { outputsIn } from './outputs.js'
import type { Workspace } from './workspace.js'

/** Stacks, as the store knows them. */
export class Stacks {
  readonly #workspace: Workspace

  constructor(workspace: Workspace) {
    this.#workspace = workspace
  }

  list(): Promise<StackSummary[]> {
    return this.#workspace.store.stacks.list()
  }

  get(name: string): Promise<StackRecord> {
    return this.#workspace.store.stacks.get(name)
  }

  async outputs(name: string): Promise<Record<string, StateOutput>> {
    const { store } = this.#workspace
    await store.stacks.get(name)
    return outputsIn((await store.files.read(lockOf.stack(name), 'state'))?.toString())
  }

  /** Values that Terraform marks as sensitive, by the address of the resource that has them: not to be printed. */
  async sensitive(name: string): Promise<ReadonlyMap<string, readonly string[]>> {
    return sensitiveIn((await this.#workspace.store.files.read(lockOf.stack(name), 'state'))?.toString())
  }

  /** Takes the lock away from whoever holds it, and says who that was. */
  async unlock(name: string): Promise<LockRecord | undefined> {
    await this.#workspace.store.stacks.get(name)
    return this.#workspace.store.locks.unlock(lockOf.stack(name))
  }

  /** Who works on it now, if anyone does. */
  holder(name: string): Promise<LockRecord | undefined> {
    return this.#workspace.store.locks.holder(lockOf.stack(name))
  }
}
