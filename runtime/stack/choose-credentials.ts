// In: the providers of a template, and what the user says. Out: a credential for each, bootstrapped where that can be.
import { parseContext } from '../compose/context.js'
import { inputError } from '../errors.js'
import { type EventStream, percentages } from '../events.js'
import type { Provider } from '../provider.js'
import type { StackRecord } from '../store/records.js'
import type { Stops } from './at-work.js'
import { type BootstrapOptions, bootstrapCredential } from './bootstrap.js'
import { addCredential } from './credentials.js'
import { type GivenCredential, givenCredential } from './given-credential.js'
import type { Workspace } from './workspace.js'

/** How long to wait for another process that makes or bootstraps the same credential, in milliseconds. */
const patience = 10 * 60_000

export interface ChooseOptions extends Stops {
  readonly providers: readonly Provider[]
  /** Identifiers that the user gave. */
  readonly credentials: readonly string[]
  readonly record: StackRecord | undefined
  /** Addresses of what there is of the stack. */
  readonly existing: readonly string[]
}

/**
 * A credential for each provider: the one that was given, the stack's own, or the only one that there is. In the sandbox one is made up
 * where there is none.
 *
 * @throws KloudError (input) that names them where there are several, and where what there is was made with another
 */
export async function chooseCredentials(
  workspace: Workspace,
  { providers, credentials, record, existing, signal }: ChooseOptions,
  events: EventStream,
): Promise<string[]> {
  const given = await readGiven(workspace, providers, credentials)
  const chosen: string[] = []
  for (const provider of providers) {
    const own = record?.credentials[provider.name]
    const said = given.get(provider.name) ?? own
    // In another account nothing of it is found: Terraform would make it all again, and forget the first.
    if (record !== undefined && own !== undefined && said !== own && existing.length > 0) {
      throw inputError(`stack ${record.name} was made with credential ${own}, and has to stay with it`, {
        hint: `new values for it: kloud credential update ${own}; another stack needs another name: --name NAME`,
      })
    }
    chosen.push(said ?? (await onlyCredential(workspace, provider, events, signal ?? new AbortController().signal)))
  }
  return chosen
}

async function readGiven(
  { store }: Workspace,
  providers: readonly Provider[],
  credentials: readonly string[],
): Promise<Map<string, string>> {
  const given = new Map<string, string>()
  for (const identifier of credentials) {
    const { provider } = await store.credentials.get(identifier)
    if (!providers.some(({ name }) => name === provider)) {
      const used = providers.map(({ name }) => name).join(', ')
      throw inputError(`credential ${identifier} is for ${provider}, and the template uses ${used}`)
    }
    if (given.has(provider))
      throw inputError(`two credentials are given for ${provider}: a stack takes one of each provider`)
    given.set(provider, identifier)
  }
  return given
}

async function onlyCredential(
  workspace: Workspace,
  provider: Provider,
  events: EventStream,
  signal: AbortSignal,
): Promise<string> {
  const { store, clouds } = workspace
  const find = async () => (await store.credentials.list(provider.name)).map(({ identifier }) => identifier)
  const [only, ...others] = await find()
  if (others.length > 0) {
    const names = [only, ...others].join(', ')
    throw inputError(`there are several credentials for ${provider.name}: ${names}`, {
      hint: 'say which: --credential ID',
    })
  }
  if (only !== undefined) return only
  const { sampleCredential } = clouds
  if (sampleCredential === undefined) {
    throw inputError(`there is no credential for ${provider.name}`, { hint: `kloud credential add ${provider.name}` })
  }
  // Of several processes at once, one makes it.
  return store.locks.withLock(
    `sample:${provider.name}`,
    async () => {
      const [made] = await find()
      if (made !== undefined) return made
      const { identifier } = await addCredential(
        workspace,
        { provider: provider.name, data: sampleCredential(provider) },
        signal,
      )
      events.push({
        message: `Made up a credential of ${provider.title} for the sandbox, and verified it: ${identifier}`,
        status: 'Building',
        percentage: 0,
      })
      return identifier
    },
    { wait: patience, signal },
  )
}

/** Bootstraps the credentials that are not; those that are, are trusted. */
export async function bootstrapChosen(
  workspace: Workspace,
  identifiers: readonly string[],
  options: Pick<BootstrapOptions, 'signal' | 'force' | 'confirm'>,
  events: EventStream,
): Promise<void> {
  const share = { building: percentages.apply.credentials, checking: percentages.apply.building }
  for (const identifier of identifiers) {
    await bootstrapCredential(workspace, { ...options, share, identifier, wait: patience, trust: true }, events)
  }
}

/** Reads the chosen credentials with what their bootstraps gave. */
export async function readChosen(
  { store, finder }: Workspace,
  identifiers: readonly string[],
): Promise<GivenCredential[]> {
  const context = parseContext({})
  return Promise.all(
    identifiers.map(async (identifier) => {
      const record = await store.credentials.get(identifier)
      return givenCredential(await finder.get(record.provider), record, context)
    }),
  )
}
