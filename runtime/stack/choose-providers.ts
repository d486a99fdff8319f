// In: the providers that know a template's resources. Out: of those that make machines of the same kind, the one that is meant.
import { inputError } from '../errors.js'
import type { Provider } from '../provider.js'
import type { StackRecord } from '../store/records.js'
import type { Workspace } from './workspace.js'

export interface ChooseProviders {
  readonly providers: readonly Provider[]
  /** Identifiers of credentials that the user gave. */
  readonly credentials: readonly string[]
  readonly record: StackRecord | undefined
}

/**
 * Of several providers for the same machines, one bundled and one of the user's own for example, it is that of the credential that was given,
 * the one that the stack has had, or the only one that there is a credential for.
 *
 * @throws KloudError (input) that names them where none of these tells
 */
export async function chooseProviders(
  { store }: Workspace,
  { providers, credentials, record }: ChooseProviders,
): Promise<Provider[]> {
  const types = new Set(providers.map(({ machine }) => machine.resource))
  if (types.size === providers.length) return [...providers]
  const given = await Promise.all(
    credentials.map(async (identifier) => (await store.credentials.get(identifier)).provider),
  )
  const stored = (await store.credentials.list()).map(({ provider }) => provider)
  const all = providers.map(({ name }) => name)
  const tellers = [given, Object.keys(record?.credentials ?? {}), stored, all]
  return [...types].map((type) => {
    const able = providers.filter(({ machine }) => machine.resource === type)
    for (const teller of tellers) {
      const [only, ...others] = able.filter(({ name }) => teller.includes(name))
      if (only !== undefined && others.length === 0) return only
    }
    throw inputError(`${type} is a machine of several providers: ${able.map(({ name }) => name).join(', ')}`, {
      hint: 'say which, by a credential of it: --credential ID',
    })
  })
}
