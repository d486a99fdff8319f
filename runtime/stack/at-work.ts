// In: a template, its variables, and whose they are. Out: Terraform at work on it, with the state at hand before and safe afterwards.
import { join } from 'node:path'
import type { EventStream } from '../events.js'
import type { JsonObject } from '../json.js'
import type { Provider } from '../provider.js'
import type { Lease } from '../store/store.js'
import type { TerraformEvent } from '../terraform/events.js'
import { sweepSecrets } from '../terraform/folder.js'
import { findOrphan } from '../terraform/orphan.js'
import { listen } from '../terraform/run.js'
import { Terraform } from '../terraform/terraform.js'
import { readMade } from '../terraform/unrecorded.js'
import type { TerraformVariables } from '../terraform/variables.js'
import { sealState, unsealState } from './state-at-rest.js'
import type { Workspace } from './workspace.js'

/** The place of one stack or bootstrap. */
export interface Place {
  readonly lease: Lease
  readonly folder: string
  /** What the sandbox calls whoever owns the resources: the lock's name. */
  readonly owner: string
}

/** How to be stopped: at first Terraform is asked and waited for, at the second it is made to. */
export interface Stops {
  readonly signal?: AbortSignal | undefined
  readonly force?: AbortSignal | undefined
}

/**
 * Finds out what an earlier kloud that was killed left behind: waits for its Terraform, takes its state into the store, and removes
 * what no state knows of where that can be done; elsewhere it is said.
 *
 * @returns the text of the state
 */
export async function recover(
  workspace: Workspace,
  { lease, folder, owner }: Place,
  { signal, force, events }: Stops & { events: EventStream },
): Promise<string | undefined> {
  const orphan = await findOrphan(folder)
  if (orphan !== undefined) {
    const say = (message: string) => events.push({ message, status: 'Pending', percentage: 0 })
    say(`Waiting for the Terraform that an earlier kloud left at work (process ${orphan.pid})`)
    const stop = () => orphan.interrupt()
    const kill = () => orphan.kill()
    listen(signal, stop)
    listen(force, kill)
    try {
      await orphan.wait({ onEvent: (event) => event.kind === 'done' && say(`${event.address}: ${event.action} done`) })
    } finally {
      signal?.removeEventListener('abort', stop)
      force?.removeEventListener('abort', kill)
    }
  }
  await sweepSecrets(folder)
  const made = await readMade(folder)
  const state = await seal(workspace, { lease, folder, owner })
  const swept = await workspace.clouds.sweep(owner, state)
  if (swept.length > 0) {
    const message = `Removed what an interrupted run had made and no state knew of: ${swept.join(', ')}`
    events.push({ message, status: 'Pending', percentage: 0 })
  }
  const forgotten = made.unrecordedIn(state).filter(({ type, id }) => !swept.includes(`${type} ${id}`))
  if (forgotten.length > 0) {
    const names = forgotten.map(({ address, id }) => `${address} (${id})`).join(', ')
    const message = `An interrupted run made these, and no state knows of them; look for them in their cloud: ${names}`
    events.push({ message, status: 'Pending', percentage: 0 })
  }
  if (made.begun.length > 0 && !workspace.clouds.sandbox) {
    const message = `An interrupted run had begun to make these, which may exist though no state knows of them; look for them in their cloud before they are made again: ${made.begun.join(', ')}`
    events.push({ message, status: 'Pending', percentage: 0 })
  }
  return state
}

function seal({ store, clouds }: Workspace, { lease, folder, owner }: Place): Promise<string | undefined> {
  return sealState(store.files, lease, folder, (before, after) => clouds.letGo(owner, before, after))
}

export interface AtWork extends Place, Stops {
  readonly template: JsonObject
  readonly variables: TerraformVariables
  readonly providers: readonly Provider[]
  readonly onEvent?: ((event: TerraformEvent) => void) | undefined
}

/**
 * Lets Terraform work on a template. Whatever happens in the work, the state is encrypted in the store when this is over; where the
 * lock was lost it stays in the folder, for the next kloud to find.
 */
export async function withTerraform<T>(
  workspace: Workspace,
  setup: AtWork,
  work: (terraform: Terraform) => Promise<T>,
): Promise<T> {
  const { lease, folder, owner, template, providers, variables } = setup
  const { store, clouds } = workspace
  // It makes the folder first, from which local modules are found.
  const unsealed = unsealState(store.files, lease.lock, folder)
  const serving = clouds.serve({ owner, template, folder, providers })
  const environment = serving.then((served) => served.environment)
  // Terraform waits for it, and throws what went wrong.
  environment.catch(() => {})
  let failed = false
  try {
    const [binary] = await Promise.all([workspace.terraform(), unsealed])
    const terraform = new Terraform({
      ...{ binary, folder, variables, environment, inferredSchemas: clouds.sandbox },
      ...(clouds.sandbox ? {} : { pluginCache: join(workspace.folder, 'plugins') }),
    })
    await terraform.writeTemplate(template)
    if (!clouds.sandbox || template.module !== undefined) await terraform.init(commandOptions(setup))
    return await work(terraform)
  } catch (error) {
    failed = true
    throw error
  } finally {
    // Where there is no Terraform, the state may still be on its way into the folder.
    await unsealed.catch(() => {})
    // What went wrong before says more than a state that cannot be stored either.
    await seal(workspace, setup).catch((error: unknown) => (failed ? undefined : Promise.reject(error)))
    // Nobody waits for that.
    serving.then((served) => served.stop()).catch(() => {})
  }
}

/** What every command of Terraform's is told. */
export function commandOptions({ signal, force, onEvent }: Stops & Pick<AtWork, 'onEvent'>) {
  return {
    ...(signal === undefined ? {} : { signal }),
    ...(force === undefined ? {} : { force }),
    ...(onEvent === undefined ? {} : { onEvent }),
  }
}
