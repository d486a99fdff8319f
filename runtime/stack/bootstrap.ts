// In: a credential. Out: its bootstrap resources, made, changed or destroyed; interrupted half way, it goes on from there.
import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { type Context, parseContext } from '../compose/context.js'
import { inputError, KloudError } from '../errors.js'
import { type EventStream, percentages } from '../events.js'
import type { JsonObject } from '../json.js'
import { lockOf } from '../store/lock-names.js'
import type { CredentialRecord } from '../store/records.js'
import type { Lease } from '../store/store.js'
import type { TerraformPlan } from '../terraform/plan.js'
import { commandOptions, type Place, recover, type Stops, withTerraform } from './at-work.js'
import { bootstrapName } from './base-stack.js'
import { type ComposedBootstrap, composeBootstrap } from './compose-bootstrap.js'
import { type GivenCredential, givenCredential } from './given-credential.js'
import { outputsIn } from './outputs.js'
import { followApply } from './progress.js'
import { resourcesIn } from './state-at-rest.js'
import { bootstrapFolder, type Workspace } from './workspace.js'

export interface BootstrapOptions extends Stops {
  readonly identifier: string
  readonly destroy?: boolean | undefined
  /** Is shown what would change of a bootstrap that is there already, or be destroyed; without it, that is done. */
  readonly confirm?: ((plan: TerraformPlan) => Promise<boolean>) | undefined
  /** How long to wait for another process that bootstraps the same credential, in milliseconds. */
  readonly wait?: number | undefined
  /** Whether a bootstrap that was applied from this same template is taken as it is, without asking Terraform. */
  readonly trust?: boolean | undefined
  /** How far the run is that this is part of, in percent, from beginning to end; all of it when not said. */
  readonly share?: { readonly building: number; readonly checking: number } | undefined
}

export interface BootstrapResult {
  readonly identifier: string
  /** Whether anything was done. */
  readonly changed: boolean
  /** The resources that there are now. */
  readonly resources: readonly string[]
}

/** Makes the resources that a credential's stacks share, or destroys them. Doing it twice does nothing. */
export async function bootstrapCredential(
  workspace: Workspace,
  options: BootstrapOptions,
  events: EventStream,
): Promise<BootstrapResult> {
  const { identifier, destroy = false, signal, wait = 0 } = options
  const { credentials, locks } = workspace.store
  const { provider: name } = await credentials.get(identifier)
  const provider = await workspace.finder.get(name)
  const lockOptions = { wait, ...(signal === undefined ? {} : { signal: signal }) }
  return locks.withLock(
    lockOf.credential(identifier),
    async (lease) => {
      const record = await credentials.get(identifier)
      const context = parseContext({})
      const given = givenCredential(provider, record, context)
      const composed = composeBootstrap(given, context)
      const work: Work = {
        workspace,
        options: { ...options, signal: lease.signal },
        events,
        lease,
        record,
        given,
        composed,
        context,
      }
      if (destroy) return destroyBootstrap(work)
      return (await isAsApplied(work)) ? unchanged(identifier) : applyBootstrap(work)
    },
    lockOptions,
  )
}

interface Work {
  readonly workspace: Workspace
  readonly options: BootstrapOptions
  readonly events: EventStream
  readonly lease: Lease
  readonly record: CredentialRecord
  readonly given: GivenCredential
  readonly composed: ComposedBootstrap
  readonly context: Context
}

async function isAsApplied({ workspace, options, lease, record, composed }: Work): Promise<boolean> {
  const { files } = workspace.store
  const trusted = options.trust === true && record.bootstrap?.status === 'applied'
  if (composed.makesSomething) {
    return trusted && (await files.read(lease.lock, 'template'))?.toString() === fingerprint(composed)
  }
  // Where there is nothing to make, there is nothing to remember, and nothing that a credential would have to be kept for, unless
  // an earlier version of the provider made something: stacks may use it, and only whoever asks for the bootstrap itself is rid of it.
  return trusted || resourcesIn((await files.read(lease.lock, 'state'))?.toString()).length === 0
}

async function applyBootstrap({
  workspace,
  options,
  events,
  lease,
  record,
  given,
  composed,
  context,
}: Work): Promise<BootstrapResult> {
  const { identifier, signal, force, confirm, share = percentages.apply } = options
  const { credentials, files } = workspace.store
  const name = record.bootstrap?.name ?? bootstrapName(identifier, context.team.slug)
  const wasThere = record.bootstrap?.status === 'applied'
  if (!wasThere) await credentials.saveBootstrap(identifier, { name, status: 'applying' }, lease)
  const place = placeOf(workspace, lease, identifier)
  await recover(workspace, place, { signal, force, events })
  const setup = {
    ...place,
    signal,
    force,
    template: composed.template,
    variables: Object.fromEntries(composed.secrets),
    providers: [given.provider],
  }
  const changed = await withTerraform(workspace, setup, async (terraform) => {
    events.push({
      message: `Planning the bootstrap of ${record.title}`,
      status: 'Building',
      percentage: share.building,
    })
    const plan = await terraform.plan(commandOptions(setup))
    if (wasThere && plan.changes.length > 0 && confirm !== undefined && !(await confirm(plan))) {
      throw new KloudError('other', `the bootstrap of ${identifier} is left as it was`, { fault: 'no' })
    }
    if (plan.hasChanges) {
      if (wasThere) await credentials.saveBootstrap(identifier, { status: 'applying' }, lease)
      await terraform.apply(plan, { ...commandOptions(setup), ...followApply(events, plan, share) })
    }
    return plan.changes.length > 0
  }).catch((error: unknown) => Promise.reject(unfinished(error, identifier)))
  const state = (await files.read(lease.lock, 'state'))?.toString()
  const outputs: JsonObject = Object.fromEntries(
    Object.entries(outputsIn(state)).map(([key, { value }]) => [key, value]),
  )
  const values = given.provider.Bootstrap.parse(outputs, { subject: `bootstrap of ${identifier}` }).reveal()
  await files.write(lease, 'template', fingerprint(composed))
  await credentials.saveBootstrap(identifier, { name, status: 'applied', outputs: values }, lease)
  return { identifier, changed, resources: resourcesIn(state) }
}

async function destroyBootstrap({
  workspace,
  options,
  events,
  lease,
  record,
  given,
  composed,
}: Work): Promise<BootstrapResult> {
  const { identifier, signal, force, confirm } = options
  const { credentials } = workspace.store
  const used = await credentials.usedBy(identifier)
  if (used.length > 0) {
    throw inputError(
      `the bootstrap of ${identifier} cannot be destroyed: ${used.join(', ')} still ${used.length === 1 ? 'uses' : 'use'} it`,
      {
        hint: used.map((name) => `kloud destroy ${name}`).join('; '),
      },
    )
  }
  if (record.bootstrap === undefined) return unchanged(identifier)
  const place = placeOf(workspace, lease, identifier)
  const state = await recover(workspace, place, { signal, force, events })
  if (resourcesIn(state).length > 0) {
    const setup = {
      ...place,
      signal,
      force,
      template: composed.template,
      variables: Object.fromEntries(composed.secrets),
      providers: [given.provider],
    }
    await withTerraform(workspace, setup, async (terraform) => {
      const plan = await terraform.plan({ ...commandOptions(setup), destroy: true })
      if (confirm !== undefined && !(await confirm(plan))) {
        throw new KloudError('other', `the bootstrap of ${identifier} is left as it was`, { fault: 'no' })
      }
      await credentials.saveBootstrap(identifier, { status: 'destroying' }, lease)
      if (plan.hasChanges)
        await terraform.apply(plan, {
          ...commandOptions(setup),
          ...followApply(events, plan, {
            building: percentages.destroy.destroying,
            checking: percentages.destroy.done,
          }),
        })
    }).catch((error: unknown) => Promise.reject(unfinished(error, identifier, ' --destroy')))
  }
  await credentials.removeBootstrap(identifier, lease)
  await rm(place.folder, { recursive: true, force: true })
  return { identifier, changed: true, resources: [] }
}

function placeOf(workspace: Workspace, lease: Lease, identifier: string): Place {
  return { lease, folder: bootstrapFolder(workspace, identifier), owner: lease.lock }
}

function unchanged(identifier: string): BootstrapResult {
  return { identifier, changed: false, resources: [] }
}

/** Tells whether the template has changed since it was applied. It holds no secret; keys of machines are not in it. */
function fingerprint({ template }: ComposedBootstrap): string {
  return createHash('sha256').update(JSON.stringify(template)).digest('hex')
}

function unfinished(error: unknown, identifier: string, flag = ''): unknown {
  if (!(error instanceof KloudError) || error.fault !== 'world') return error
  const { reason, message, data, cause } = error
  const hint = `what was made is remembered; go on with: kloud bootstrap ${identifier}${flag}`
  return new KloudError(reason, message, { data, cause, hint })
}
