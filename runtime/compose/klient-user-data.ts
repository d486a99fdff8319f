// In: a machine whose gaps are filled. Out: the same with a Klient in its user data.
import { operand, textExpression } from '../expression/terraform-text.js'
import { isObject, type JsonValue } from '../json.js'
import { klientProvisioner, type ProvisionMachine } from '../klient/user-data.js'
import type { Provider } from '../provider.js'
import { errorAt, type FindPlace } from '../template/path.js'
import type { Block } from './block/block.js'
import type { FilledMachine } from './compose-provider.js'
import type { Constants } from './constant/constants.js'
import type { Context } from './context.js'
import { placed } from './placed.js'

/**
 * Prepares to put a Klient on the machines of one provider; nothing where it takes no user data.
 *
 * @param data the template's data sources, by type and name
 */
export async function prepareKlient(
  { machine: { userData } }: Provider,
  context: Context,
  constants: Constants,
  data: JsonValue | undefined,
): Promise<ProvisionMachine | undefined> {
  if (userData === undefined) return undefined
  return klientProvisioner({
    account: { nickname: context.user.nickname },
    kontrolUrl: context.kontrol.url,
    klient: { url: context.klient.url, sha256: context.klient.sha256 },
    format: userData.format,
    encoding: userData.encoding,
    limit: userData.limit,
    resolve: (expression) => constants.textOf(expression),
    ...(isObject(data) ? { data } : {}),
  })
}

export interface PutKlientOptions {
  readonly machine: FilledMachine
  readonly provision: ProvisionMachine
  /** The variable that holds the kite.keys of the resource's machines, by key. */
  readonly keysVariable: string
  /** How long the longest of the keys is, in characters. */
  readonly keyLength: number | undefined
  readonly constants: Constants
  readonly find?: FindPlace | undefined
}

/**
 * Puts a Klient in the machine's user data.
 * @returns what the user should know
 * @throws KloudError (input) for user data that cannot be read or is too large
 */
export function putKlient(options: PutKlientOptions): string[] {
  const { machine, provision, keysVariable, keyLength, find } = options
  const { resource, attributes, provider } = machine
  const { userData } = provider.machine
  if (userData === undefined) return []
  const elsewhere = userData.unless.find((path) => resource.has(path))
  if (elsewhere !== undefined) return [`${resource.where} has ${elsewhere}: no Klient is put on it`]
  const own = ownUserData(userData.field, options)
  const place = () => find?.([...machine.path, ...userData.field.split('.')]) ?? find?.(machine.path)
  const { value, warnings } = placed(machine.path, place, () =>
    provision({
      name: resource.where,
      userData: own,
      kiteKey: `\${lookup(var.${keysVariable}, ${resource.instances.keyExpression})}`,
      kiteKeyLength: keyLength,
      debug: attributes.debug,
      mounts: attributes.mounts,
    }),
  )
  resource.write(userData.field, value)
  return [...warnings]
}

/** The user's own user data. Inside a map that is an expression it is worked out here where it can be, else by Terraform. */
function ownUserData(field: string, { machine, constants, find }: PutKlientOptions): string | undefined {
  const { resource, path } = machine
  const value = resource.get(field)
  if (value === undefined) return resource.has(field) ? hiddenUserData(resource, field, constants) : undefined
  if (typeof value === 'object') throw errorAt([...path, ...field.split('.')], 'must be text', find)
  return String(value)
}

/** User data in a map that is an expression, such as `metadata = var.metadata`. */
function hiddenUserData(machine: Block, field: string, constants: Constants): string | undefined {
  const map = field.split('.').slice(0, -1).join('.')
  const key = field.split('.').at(-1) ?? ''
  const expression = machine.get(map)
  if (expression === undefined) return undefined
  const known = constants.json(expression)
  if (isObject(known)) return typeof known[key] === 'string' ? known[key] : undefined
  return `\${try(${operand(textExpression(String(expression)))}[${JSON.stringify(key)}], "")}`
}
