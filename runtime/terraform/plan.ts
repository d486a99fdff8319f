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
  /** Path of the file that holds it. */
  file: string
  /** Whether it destroys everything. */
  destroy: boolean
  /** Whether there is anything to do: also when only an output changes. */
  hasChanges: boolean
  changes: readonly PlannedChange[]
  /** What differs from what Terraform last saw, without its doing. */
  drift: readonly PlannedChange[]
  counts: Readonly<Record<'create' | 'update' | 'replace' | 'delete', number>>
  /** How many steps the apply takes: a replaced resource takes two. */
  steps: number
}

/** Collects a plan out of the events of `terraform plan`. */
export class PlanReader {
  readonly #changes: PlannedChange[] = []
  readonly #drift: PlannedChange[] = []

  read(event: TerraformEvent): void {
    if (event.kind !== 'planned' && event.kind !== 'drift') return
    const { kind, ...change } = event
    if (kind === 'drift') this.#drift.push(change)
    else if (change.action !== 'noop' && change.action !== 'read') this.#changes.push(change)
  }

  plan({ file, destroy, hasChanges }: Pick<TerraformPlan, 'file' | 'destroy' | 'hasChanges'>): TerraformPlan {
    const count = (action: ChangeAction) => this.#changes.filter((change) => change.action === action).length
    return {
      file,
      destroy,
      hasChanges,
      changes: this.#changes,
      drift: this.#drift,
      counts: { create: count('create'), update: count('update'), replace: count('replace'), delete: count('delete') },
      steps: this.#changes.reduce((sum, { action }) => sum + stepsOf(action), 0),
    }
  }
}
