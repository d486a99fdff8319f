// In: the options of `kloud compose`. Out: the providers with their credentials, read from files.
import type { ComposeProvider } from '../compose/compose-input.js'
import type { Context } from '../compose/context.js'
import type { ProviderFinder } from '../discovery/find-providers.js'
import { inputError } from '../errors.js'
import { isObject, type JsonObject } from '../json.js'
import { localName, type Provider } from '../provider.js'
import { Secret } from '../secret.js'
import { bootstrapName } from '../stack/base-stack.js'
import { deriveSshKeyPair } from '../stack/ssh-key-pair.js'
import type { SshKeyPair } from '../stack/stack-context.js'
import { valuesByProvider } from './provider-options.js'
import { readDataFile } from './read-data.js'

export interface ComposeFiles {
  readonly provider?: string | undefined
  readonly credential?: readonly string[] | undefined
  readonly bootstrap?: readonly string[] | undefined
  /** The line of a public SSH key. */
  readonly publicKey?: string | undefined
}

/**
 * Reads what is given for each provider.
 * @throws KloudError (input) for a file that cannot be read or is not what the provider takes, and for what is missing
 */
export async function readProviders(
  finder: ProviderFinder,
  files: ComposeFiles,
  { cwd, context }: { cwd: string; context: Context },
): Promise<ComposeProvider[]> {
  const { provider: named, credential = [], bootstrap = [], publicKey } = files
  const credentials = valuesByProvider('--credential', credential, named)
  const bootstraps = valuesByProvider('--bootstrap', bootstrap, named)
  if (named !== undefined && !credentials.has(named)) {
    await finder.get(named)
    throw inputError(`${named} needs its credential: --credential FILE`)
  }
  if (credentials.size === 0) throw inputError('say which provider and credential: --provider P --credential FILE')
  const alone = [...bootstraps.keys()].find((name) => !credentials.has(name))
  if (alone !== undefined) throw inputError(`--bootstrap is given for ${alone}, and --credential is not`)
  return Promise.all(
    [...credentials].map(async ([name, file]): Promise<ComposeProvider> => {
      const provider = await finder.get(name)
      const data = await readDataFile(cwd, file, 'credential')
      const values = provider.Credential.parse(data, { subject: `${name} credential`, file })
      const outputs = bootstraps.get(name)
      const given = { provider, credential: values, ssh: sshKeyPair(provider, values.reveal(), context, publicKey) }
      if (outputs === undefined) return given
      const content = bootstrapValues(await readDataFile(cwd, outputs, 'bootstrap'))
      return { ...given, bootstrap: provider.Bootstrap.parse(content, { subject: `${name} bootstrap`, file: outputs }) }
    }),
  )
}

/** Outputs as `terraform output -json` prints them are taken too: `{"vpc": {"value": "vpc-1", "type": "string", …}}`. */
function bootstrapValues(content: unknown): unknown {
  if (!isObject(content)) return content
  const outputs = Object.entries(content)
  const isOutput = (value: unknown): value is { value: unknown } =>
    isObject(value) && 'value' in value && 'sensitive' in value
  if (outputs.length === 0 || !outputs.every(([, value]) => isOutput(value))) return content
  return Object.fromEntries(outputs.map(([name, value]) => [name, isOutput(value) ? value.value : value]))
}

function sshKeyPair(
  provider: Provider,
  credential: JsonObject,
  { identifier, team }: Context,
  publicKey: string | undefined,
): SshKeyPair | undefined {
  if (provider.sshKeyPair !== true) return undefined
  const name = bootstrapName(identifier, team.slug)
  const derived = deriveSshKeyPair(name, new Secret(JSON.stringify(credential)))
  return publicKey === undefined ? derived : { ...derived, public_key: publicKey }
}

/** The other providers that there are, where the template has resources that belong to none of those given. */
export async function otherProviders(
  finder: ProviderFinder,
  { resource }: JsonObject,
  given: readonly ComposeProvider[],
): Promise<Provider[]> {
  const prefixes = new Set(given.map(({ provider }) => localName(provider)))
  const types = isObject(resource) ? Object.keys(resource) : []
  if (types.every((type) => prefixes.has(type.split('_')[0] ?? type))) return []
  const { providers } = await finder.all()
  return providers.map(({ provider }) => provider)
}
