// In: what a provider's spec became. Out: a Provider, and the registry that knows all of them by name.
import { KloudError } from './errors.js'
import { didYouMean } from './nearest.js'
import type { ApiDescription } from './sandbox/api/description.js'
import type { AnySchema, SchemaInstance } from './schema/schema-class.js'
import type { BaseStack } from './stack/base-stack.js'
import type { StackContext } from './stack/stack-context.js'

/** How user data reaches a machine. */
export interface UserDataField {
  /** The path of the attribute, such as `user_data` or `metadata.user-data`. */
  readonly field: string
  /** `cloudConfig` for clouds that run cloud-init, `provisionData` for a gzipped base64 JSON, `metadata` for the metadata alone. */
  readonly format: 'cloudConfig' | 'provisionData' | 'metadata'
  /** How the cloud wants the whole of it encoded, in order; empty for as it is. */
  readonly encoding: readonly ('gzip' | 'base64')[]
  /** How much of it the cloud takes, in bytes, before base64. */
  readonly limit?: number
  /** Attributes that carry a user's own user data elsewhere: where one is set, nothing is injected. */
  readonly unless: readonly string[]
}

/** What Terraform needs to know of a provider. */
export interface TerraformProvider {
  /** The address in the Terraform registry: `digitalocean/digitalocean`. */
  readonly source: string
  /** The versions that the spec was written for: `~> 2.0`. */
  readonly version?: string
  /** Arguments of the provider block that must agree with the credential. */
  readonly fixed?: readonly string[]
}

/** Which resources are machines, and how they get their user data. */
export interface MachineType {
  /** The whole resource type: `digitalocean_droplet`. */
  readonly resource: string
  /** Absent where no user data can be given. */
  readonly userData?: UserDataField
}

/**
 * Any provider's Stack. As a class it is compared as classes are: a constructor that takes this provider's own credential fits, and
 * composing gives it no other.
 */
declare class AnyStack extends BaseStack<SchemaInstance, SchemaInstance> {
  constructor(context: StackContext<SchemaInstance, SchemaInstance>)
}

/** A class of stacks, whatever its credential is. */
export type StackClass = typeof AnyStack

/** A class of machines. Which arguments it takes is known where machines are made. */
export type MachineClass = new (...args: never[]) => object

/** A provider, as its generated `index.ts` gives it. */
export interface Provider {
  /** The prefix of its variables, and what people call it on a command line. */
  readonly name: string
  readonly title: string
  readonly description?: string
  readonly homepage?: string
  readonly terraform: TerraformProvider
  readonly machine: MachineType
  /** An SSH key pair is made for each credential. */
  readonly sshKeyPair?: boolean
  readonly Credential: AnySchema
  readonly Bootstrap: AnySchema
  readonly Metadata: AnySchema
  readonly Stack: StackClass
  readonly Machine: MachineClass
  /** How the cloud's API is called: for the sandbox, which then answers in the cloud's place. Absent where it cannot. */
  readonly api?: () => Promise<{ readonly default: ApiDescription }>
}

/** What tells whether a template uses a provider, before its code is loaded. */
export interface ProviderFacts {
  readonly name: string
  readonly terraform: Pick<TerraformProvider, 'source'>
  readonly machine: Pick<MachineType, 'resource'>
}

/** Declares a provider. Generated code calls it; it exists so that TypeScript checks what the provider consists of. */
export function defineProvider(provider: Provider): Provider {
  return Object.freeze(provider)
}

/** The name that Terraform gives the provider where a template says nothing else: the last part of its address. */
export function localName(provider: ProviderFacts): string {
  return provider.terraform.source.split('/').at(-1) ?? provider.name
}

/** Whether machines of the provider run cloud-init. */
export function runsCloudInit(provider: Provider): boolean {
  return provider.machine.userData?.format === 'cloudConfig'
}

/** The providers that are known, by name, in the order of their names. */
export class ProviderRegistry implements Iterable<Provider> {
  readonly #providers = new Map<string, Provider>()

  constructor(providers: Iterable<Provider> = []) {
    for (const provider of providers) this.add(provider)
  }

  /**
   * Makes a provider known.
   * @throws KloudError 405 when there is one of that name
   */
  add(provider: Provider): void {
    if (this.#providers.has(provider.name)) {
      throw new KloudError('providerAlreadyAvailable', `there is already a provider ${provider.name}`, {
        fault: 'input',
        hint: 'a name belongs to one provider: rename one of the two',
      })
    }
    this.#providers.set(provider.name, provider)
  }

  has(name: string): boolean {
    return this.#providers.has(name)
  }

  /**
   * The provider of a name.
   * @throws KloudError 401 that lists those known, with the nearest
   */
  get(name: string): Provider {
    const provider = this.#providers.get(name)
    if (provider !== undefined) return provider
    const known = this.names()
    const list = known.length === 0 ? 'none is known' : `known are ${known.join(', ')}`
    throw new KloudError('providerNotFound', `unknown provider ${name}: ${list}${didYouMean(name, known)}`, {
      fault: 'input',
      data: { known },
    })
  }

  names(): string[] {
    return [...this.#providers.keys()].sort()
  }

  *[Symbol.iterator](): Iterator<Provider> {
    for (const name of this.names()) yield this.get(name)
  }
}
