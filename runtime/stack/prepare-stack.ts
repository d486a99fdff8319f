// In: what is asked for a stack. Out: the stack under its lock, recovered from whatever was interrupted, and composed.
import { stat } from 'node:fs/promises'
import { inputError } from '../errors.js'
import { type EventStream, percentages } from '../events.js'
import type { Provider } from '../provider.js'
import { lockOf } from '../store/lock-names.js'
import type { StackRecord } from '../store/records.js'
import type { Lease } from '../store/store.js'
import { checkStackName } from '../store/words.js'
import { type Answer, askedOnce, composeAnswered } from './answers.js'
import { recoverApplying } from './applying.js'
import { type Place, recover, type Stops } from './at-work.js'
import type { BootstrapOptions } from './bootstrap.js'
import { bootstrapChosen, chooseCredentials, readChosen } from './choose-credentials.js'
import { chooseProviders } from './choose-providers.js'
import { type ComposedStack, composeStack, readStack, type StackInput } from './compose-stack.js'
import type { GivenCredential } from './given-credential.js'
import { pretendBootstrap } from './pretend-bootstrap.js'
import { readDetails } from './stack-details.js'
import { resourcesIn } from './state-at-rest.js'
import { readTyped } from './typed-variables.js'
import { refuseUnknown, unknownWarnings } from './unknown-variables.js'
import { stackFolder, type Workspace } from './workspace.js'

/** A stack that is about to be planned. */
export interface PreparedStack extends ComposedStack {
  readonly place: Place
  /** As it was before. */
  readonly record: StackRecord | undefined
  /** The text of Terraform's state. */
  readonly state: string | undefined
  /** Addresses of what there is. */
  readonly existing: readonly string[]
  /** Those whose resources there may be: of the template, and of what was there before. */
  readonly providers: readonly Provider[]
  /** Provider to credential. */
  readonly credentials: Readonly<Record<string, string>>
}

export interface PrepareOptions extends Stops {
  /** Whether credentials that are not bootstrapped are; otherwise it is only said. */
  readonly bootstrap: boolean
  readonly confirmBootstrap?: BootstrapOptions['confirm']
  /** Without it, `userInput_*` variables that nobody has said yet are the empty text. */
  readonly answer?: Answer | undefined
}

/** Works on a stack while nobody else does. */
export function underLock<T>(
  { store }: Workspace,
  name: string,
  { signal }: Stops,
  work: (lease: Lease) => Promise<T>,
): Promise<T> {
  checkStackName(name)
  return store.locks.withLock(lockOf.stack(name), work, signal === undefined ? {} : { signal })
}

/** The place of a stack. */
export function placeOfStack(workspace: Workspace, name: string, lease: Lease): Place {
  return { lease, folder: stackFolder(workspace, name), owner: lease.lock }
}

/** Reads, recovers, chooses credentials, bootstraps, composes. What the stack must not lose is stored before it is used. */
export async function prepareStack(
  workspace: Workspace,
  asked: StackInput,
  { lease, events, ...options }: PrepareOptions & { lease: Lease; events: EventStream },
): Promise<PreparedStack> {
  const { store } = workspace
  const { apply } = percentages
  await Promise.all(asked.paths.map(isThere))
  const found = await readStack(workspace, asked.paths)
  refuseUnknown(asked.typed ?? {}, found.blocks)
  const input = { ...asked, variables: { ...asked.variables, ...readTyped(asked.typed ?? {}, found.blocks) } }
  events.push({ message: `Looking at stack ${input.name}`, status: 'Building', percentage: apply.machines })
  const place = placeOfStack(workspace, input.name, lease)
  const state = await recover(workspace, place, { ...options, events })
  await recoverApplying(store, input.name, lease, state)
  const record = await store.stacks.find(input.name)
  const existing = resourcesIn(state)

  const { credentials: said = [] } = input
  const providers = await chooseProviders(workspace, { providers: found.providers, credentials: said, record })
  const read = { ...found, providers }
  const choice = { providers, credentials: said, record, existing, signal: options.signal }
  const identifiers = await chooseCredentials(workspace, choice, events)
  events.push({ message: `Using ${identifiers.join(', ')}`, status: 'Building', percentage: apply.credentials })
  const answer = askedOnce(options.answer)
  const compose = (given: readonly GivenCredential[]) =>
    composeAnswered(answer, input, (all) => composeStack(workspace, all, { read, given, record, existing }))
  if (options.bootstrap) {
    // What is wrong with the template is told before anything is made for it.
    const pretended = pretendBootstrap(await readChosen(workspace, identifiers), read.blocks)
    if (pretended !== undefined) await compose(pretended)
    const { signal, force, confirmBootstrap: confirm } = options
    await bootstrapChosen(workspace, identifiers, { signal, force, confirm }, events)
  }
  const given = await readChosen(workspace, identifiers)
  const composed = await compose(given)
  const credentials = Object.fromEntries(given.map(({ provider, identifier }) => [provider.name, identifier]))
  const waiting = given.filter(
    ({ provider, bootstrap }) => bootstrap === undefined && Object.keys(provider.Bootstrap.fields).length > 0,
  )
  // Files are kept for stacks that exist.
  await store.stacks.save({ name: input.name }, lease)
  const warnings = waiting.map(({ identifier }) => {
    return `credential ${identifier} is not bootstrapped, so this plan lacks what that gives: kloud bootstrap ${identifier}; kloud apply does it by itself`
  })
  return {
    ...composed,
    warnings: [
      ...composed.warnings,
      ...unknownWarnings(asked.variables ?? {}, found.blocks),
      ...warnings,
      ...otherTemplate(input, record),
    ],
    place,
    record,
    state,
    existing,
    providers: [...providers, ...(await earlierProviders(workspace, record, providers))],
    credentials,
  }
}

/** The providers of the credentials that a stack has had besides; one that there is no more tells nothing. */
async function earlierProviders(
  { finder }: Workspace,
  record: StackRecord | undefined,
  now: readonly Provider[],
): Promise<Provider[]> {
  const gone = Object.keys(record?.credentials ?? {}).filter((name) => !now.some((provider) => provider.name === name))
  const found = await Promise.all(gone.map((name) => finder.get(name).catch(() => undefined)))
  return found.filter((provider) => provider !== undefined)
}

/** A stack's name is its file's where none is given, and other folders have files of that name. */
function otherTemplate({ name, paths }: StackInput, record: StackRecord | undefined): string[] {
  const before = record === undefined ? [] : readDetails(record.details.reveal()).paths
  if (before.length === 0 || before.join() === paths.join()) return []
  return [`stack ${name} was applied from ${before.join(', ')} before; another stack needs another name: --name NAME`]
}

async function isThere(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined)
  if (found === undefined) throw inputError(`there is no template ${path}`, { file: path })
}
