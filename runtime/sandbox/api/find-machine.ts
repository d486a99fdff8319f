// In: values that a call held. Out: the machine of the sandbox that they belong to.
import type { Provider } from '../../provider.js'
import { attributeAt } from '../../schema/attributes.js'
import type { SandboxCloud } from '../cloud.js'
import type { SandboxResource } from '../cloud-rows.js'
import type { Captured } from './text-pattern.js'

/**
 * The machine whose attributes fit the fields of metadata that a call held: the oldest, where several do.
 *
 * @param owner whose it is; anybody's when not said
 * @returns nothing where there is none, or where the call says nothing of a machine
 */
export async function findMachine(
  cloud: SandboxCloud,
  { machine, Metadata }: Provider,
  values: readonly Captured[],
  owner: string | undefined,
): Promise<SandboxResource | undefined> {
  const wanted = values.flatMap(({ name, text }) => {
    const field = name.startsWith('metadata.') ? name.slice('metadata.'.length) : undefined
    return field === undefined ? [] : [{ path: Metadata.fields[field]?.from ?? field, text }]
  })
  if (wanted.length === 0) return undefined
  const id = wanted.find(({ path }) => path === 'id')?.text
  const { resource: type } = machine
  const found = await cloud.list({ type, ...(owner !== undefined && { owner }), ...(id !== undefined && { id }) })
  return found.find(({ attributes }) =>
    wanted.every(({ path, text }) => String(attributeAt(attributes, path)) === text),
  )
}
