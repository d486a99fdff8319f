// In: a plan. Out: what a person reads of it.
import type { StackPlan } from '../stack/plan-stack.js'
import type { PlannedChange } from '../terraform/plan.js'

const marks: Readonly<Record<string, string>> = {
  create: '+',
  update: '~',
  replace: '±',
  delete: '-',
  import: '<',
  forget: '.',
}

/** A line for each change, and how many there are. */
export function planText({ changes, counts, hasChanges, drift, older, warnings }: StackPlan, flags: string): string {
  const lines = [
    ...warnings.map((warning) => `warning: ${warning}`),
    ...drift.map(
      ({ address, action }) => `  ! ${address} was ${action === 'delete' ? 'removed' : 'changed'} outside of Kloud`,
    ),
    ...changesText(changes),
  ]
  if (older.length > 0) {
    lines.push(
      `  Built with older user data, and left alone: ${older.join(', ')}. To build them anew: --reprovision${flags}`,
    )
  }
  const { create, update, replace } = counts
  const letGo = counts.forget > 0 ? `, ${counts.forget} to let go` : ''
  lines.push(
    hasChanges
      ? `Plan: ${create} to create, ${update} to change, ${replace} to replace, ${counts.delete} to destroy${letGo}.`
      : 'Nothing would change.',
  )
  return lines.map((line) => `${line}\n`).join('')
}

/** A line for each change, the lost ones last so that they are seen. */
export function changesText(changes: readonly Pick<PlannedChange, 'address' | 'action' | 'reason'>[]): string[] {
  return changes.map(({ address, action, reason }) => {
    const why = reason === undefined ? '' : `  (${reason.replaceAll('_', ' ')})`
    return `  ${marks[action] ?? ' '} ${address}${why}`
  })
}
