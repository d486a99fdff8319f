// In: what stopped an apply or a destroy. Out: an error that says what happened, what exists now, and the command that goes on or cleans up.
import { KloudError } from '../errors.js'
import { quoteWord } from '../quote-word.js'
import { isUnsaved, TerraformError } from '../terraform/errors.js'
import type { PreparedStack } from './prepare-stack.js'
import { holdsHalfMade, resourcesIn, stateNow } from './state-at-rest.js'
import { stackFolder, type Workspace } from './workspace.js'

/** @returns what to throw in the place of the error */
export async function unfinishedApply(error: unknown, prepared: PreparedStack, workspace: Workspace): Promise<unknown> {
  const { name, details } = prepared
  const path = quoteWord(details.paths[0] ?? 'PATH')
  return unfinished(error, {
    workspace,
    name,
    goOn: `kloud apply ${path} --name ${name}`,
    cleanUp: `kloud destroy ${name}`,
  })
}

export async function unfinishedDestroy(error: unknown, name: string, workspace: Workspace): Promise<unknown> {
  return unfinished(error, {
    workspace,
    name,
    goOn: `kloud destroy ${name}`,
    cleanUp: `kloud destroy ${name} --orphan`,
  })
}

/** What stopped a machine's start or stop: how the machine is, its cloud has to be asked. */
export function unfinishedOperation(
  error: unknown,
  { operation, stack, label }: { operation: 'start' | 'stop'; stack: string; label: string },
): unknown {
  if (!(error instanceof KloudError) || error.fault !== 'world' || error.hint !== undefined) return error
  const { reason, message, data, cause } = error
  const machine = `${quoteWord(label)} --stack ${stack}`
  const hint = `see how it is: kloud machine info ${machine}; and go on with: kloud machine ${operation} ${machine}`
  return new KloudError(reason, `machine ${label}: ${message}`, { data, cause: cause ?? error, hint })
}

interface Unfinished {
  readonly workspace: Workspace
  readonly name: string
  readonly goOn: string
  readonly cleanUp: string
}

async function unfinished(error: unknown, { workspace, name, goOn, cleanUp }: Unfinished): Promise<unknown> {
  if (!(error instanceof KloudError) || error.fault !== 'world') return error
  // Whoever lost the lock, or never had it, does not know what exists: another is at work on it.
  if (error.reason === 'machineLocked') return error
  const { reason, message, data, cause } = error
  const unsaved = isUnsaved(error)
  const known = unsaved ? undefined : await whatExists(workspace, name)
  const there = known?.there ?? []
  // To make it anew is what goes on; without a terminal, nobody could be asked whether it may be replaced.
  const yes = known?.halfMade === true ? ' --yes' : ''
  // The sandbox knows what was begun, and removes it; where nobody can tell what exists, it is said all the same.
  const begun = error instanceof TerraformError && (unsaved || !workspace.clouds.sandbox) ? error.begun : []
  const exists = [
    begun.length === 0 ? [] : `begun, and may exist though its state does not hold it: ${begun.join(', ')}`,
    known === undefined
      ? `what exists of it is not known, for its state ${unsaved ? 'could not be saved' : 'is not whole'}`
      : there.length > 0
        ? `of it exist now: ${listed(there)}`
        : begun.length > 0
          ? []
          : 'nothing of it exists',
  ]
    .flat()
    .join('; ')
  const interrupted = data.interrupted === true || (error instanceof TerraformError && error.interrupted)
  const next =
    known !== undefined && there.length === 0
      ? `go on with: ${goOn}`
      : `go on with: ${goOn}${yes}; or clean up with: ${cleanUp}`
  return new KloudError(reason, `stack ${name}: ${message}; ${exists}`, {
    data: { ...data, exists: there, interrupted },
    cause: cause ?? error,
    hint: next,
  })
}

/** Nothing where that cannot be told: a disk that is full keeps a state from being written, or read. */
async function whatExists({ store, ...workspace }: Workspace, name: string) {
  try {
    const state = await stateNow(store.files, `stack:${name}`, stackFolder(workspace, name))
    return { there: resourcesIn(state), halfMade: holdsHalfMade(state) }
  } catch {
    return undefined
  }
}

function listed(names: readonly string[]): string {
  const [first, second, third, ...more] = names
  return (
    [first, second, third].filter((name) => name !== undefined).join(', ') +
    (more.length > 0 ? ` and ${more.length} more` : '')
  )
}
