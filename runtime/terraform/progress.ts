// In: Terraform's events while it applies. Out: how far it has come, done of total.
import type { ChangeAction, TerraformEvent } from './events.js'

/** How far an apply has come. */
export interface Progress {
  /** Steps done or failed: a replaced resource has two. */
  done: number
  total: number
}

/** How many steps an apply takes for a planned change. */
export function stepsOf(action: ChangeAction): number {
  if (action === 'replace') return 2
  return action === 'create' || action === 'update' || action === 'delete' ? 1 : 0
}

/** Counts an apply's steps; Terraform tells at its beginning again what was planned. */
export class ProgressCounter {
  readonly #planned = new Map<string, ChangeAction>()
  #done = 0

  /** Takes an event in; the progress when it changed it. */
  count(event: TerraformEvent): Progress | undefined {
    if (event.kind === 'planned' && stepsOf(event.action) > 0) this.#planned.set(event.address, event.action)
    else if ((event.kind === 'done' || event.kind === 'failed') && stepsOf(event.action) > 0) this.#done += 1
    else return undefined
    return this.progress()
  }

  progress(): Progress {
    const total = [...this.#planned.values()].reduce((sum, action) => sum + stepsOf(action), 0)
    return { done: this.#done, total: Math.max(total, this.#done) }
  }
}
