// In: what Terraform says while it plans. Out: the plan, as data.
import type { ChangeAction, ResourceAddress, TerraformEvent } from './events.js'
import { stepsOf } from './progress.js'

export interface PlannedChange extends ResourceAddress {
  action: ChangeAction
  /** Why, where Terraform says: `cannot_update`, `tainted`, `delete_because_no_resource_config`. */
  reason?: string
}

/** What an apply would do. */
export interface TerraformPlan {
  /** Whether it destroys everything. */
  destroy: boolean
  /** Whether there is anything to do: also when only an output changes. */
  hasChanges: boolean
  changes: readonly PlannedChange[]
  /** What differs from what Terraform last saw, without its doing. */
  drift: readonly PlannedChange[]
  counts: Readonly<Record<'create' | 'update' | 'replace' | 'delete' | 'forget', number>>
  /** How many steps the apply takes: a replaced resource takes two. */
  steps: number
}

/** A plan that Terraform has written down. */
export interface SavedPlan extends TerraformPlan {
  /** Path of the file that holds it. */
  file: string
}

/** Collects a plan out of the events of `terraform plan`, or of the first part of an apply that plans for itself. */
export class PlanReader {
  readonly #changes: PlannedChange[] = []
  readonly #drift: PlannedChange[] = []
  #isSummed = false
  /** Outputs, or what checks read: they are no changes of resources, and there to be applied. */
  #changesElse = false

  /** Whether the event tells that the plan is being done. One that fails, or is called off, may be summed up too. */
  isOver(event: TerraformEvent): boolean {
    const { kind } = event
    const isDoing = kind === 'start' || kind === 'done' || (kind === 'summary' && event.operation !== 'plan')
    return this.#isSummed && isDoing
  }

  read(event: TerraformEvent): void {
    if (event.kind === 'summary') this.#isSummed = true
    if (event.kind === 'outputs') this.#changesElse ||= event.change
    if (event.kind !== 'planned' && event.kind !== 'drift') return
    const { kind, ...change } = event
    if (kind === 'drift') this.#drift.push(change)
    else if (change.action === 'read') this.#changesElse = true
    else if (change.action !== 'noop') this.#changes.push(change)
  }

  /** @param hasChanges what there is in the events when not said */
  plan({ destroy, hasChanges = this.#hasChanges() }: { destroy: boolean; hasChanges?: boolean }): TerraformPlan {
    const count = (action: ChangeAction) => this.#changes.filter((change) => change.action === action).length
    return {
      destroy,
      hasChanges,
      changes: this.#changes,
      drift: this.#drift,
      counts: {
        ...{ create: count('create'), update: count('update'), replace: count('replace') },
        ...{ delete: count('delete'), forget: count('forget') },
      },
      steps: this.#changes.reduce((sum, { action }) => sum + stepsOf(action), 0),
    }
  }

  #hasChanges(): boolean {
    return this.#changes.length > 0 || this.#changesElse
  }
}
