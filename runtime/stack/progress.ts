// In: what Terraform says while it applies. Out: events: a line for each resource, and how far it is in percent.
import type { EventStream } from '../events.js'
import type { MachineState } from '../machine/state.js'
import type { ChangeAction, TerraformEvent } from '../terraform/events.js'
import type { TerraformPlan } from '../terraform/plan.js'
import { stepsOf } from '../terraform/progress.js'

const words: Readonly<Partial<Record<ChangeAction, string>>> = {
  create: 'created',
  update: 'changed',
  delete: 'destroyed',
  replace: 'replaced',
}

/** Listeners for an apply: its steps move the percentage from one number to another. */
export function followApply(
  events: EventStream,
  { steps }: TerraformPlan,
  { building, checking }: { building: number; checking: number },
  status: MachineState = 'Building',
): { onEvent: (event: TerraformEvent) => void } {
  let done = 0
  const push = (message: string) => {
    const share = steps === 0 ? 1 : Math.min(1, done / steps)
    events.push({ message, status, percentage: Math.round(building + (checking - building) * share) })
  }
  return {
    onEvent: (event) => {
      if (event.kind === 'interrupted') push('Asked Terraform to stop, and waiting for it')
      if (!('address' in event) || !('seconds' in event)) return
      const { kind, address, action, seconds } = event
      if (stepsOf(action) === 0) return
      if (kind === 'done' || kind === 'failed') done += 1
      if (kind === 'done') push(`${address} ${words[action] ?? action} (${seconds} s)`)
      if (kind === 'failed') push(`${address} failed after ${seconds} s`)
      if (kind === 'progress') push(`${address} takes its time: ${seconds} s so far`)
    },
  }
}
