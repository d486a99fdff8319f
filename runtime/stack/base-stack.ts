// In: a credential, its bootstrap values, and whose stack it is. Out: the base of every generated Stack, which fills in what a template leaves out.
import { createHash } from 'node:crypto'
import type { TemplateValue } from '../compose/block/template-value.js'
import type { MachineResource } from '../compose/machine-resource.js'
import type { ProviderBlock } from '../compose/provider-block.js'
import { KloudError } from '../errors.js'
import { slug } from '../expression/filters.js'
import { unixName } from '../klient/names.js'
import { debugLogger } from '../machine/debug-log.js'
import type { Wire } from '../machine/wire.js'
import { secretsIn } from '../redact.js'
import type { SchemaInstance } from '../schema/schema-class.js'
import type { SshKeyPair, StackContext, StackInfo, Team, User } from './stack-context.js'

/** The Terraform template of a spec's `bootstrap`, in Terraform's JSON shape; an output is its value alone. */
export interface BootstrapTemplate {
  resource?: Blocks
  data?: Blocks
  locals?: TemplateValues
  variable?: Readonly<Record<string, TemplateValues>>
  output?: TemplateValues
}

/** Blocks by type and name. */
export type Blocks = Readonly<Record<string, Readonly<Record<string, TemplateValues>>>>

/** Arguments of a block; one that is undefined is left out. */
export type TemplateValues = Readonly<Record<string, TemplateValue>>

/** What a hook is told beside the machine's resource. */
export interface MachineHookContext {
  readonly user: User
  readonly team: Team
  readonly stack: StackInfo
}

/**
 * What every generated Stack is. Its methods are called while a template is composed, in this order: `fillProvider` once, then
 * for each machine `fillMachine` and the hook `machine`.
 */
export abstract class BaseStack<C extends SchemaInstance, B extends SchemaInstance> {
  /** The values that the user entered. */
  protected readonly credential: C
  /** The outputs of the bootstrap template; empty until it was applied. */
  protected readonly bootstrap: Partial<B>
  /** The credential's id in the store. */
  protected readonly identifier: string
  protected readonly user: User
  protected readonly team: Team
  protected readonly stack: StackInfo
  /** How calls leave that verify the credential: for the transports. */
  protected readonly wire: Wire
  readonly #ssh: SshKeyPair | undefined

  constructor(context: StackContext<C, B>) {
    this.credential = context.credential
    this.bootstrap = context.bootstrap ?? {}
    this.identifier = context.identifier
    this.user = context.user
    this.team = context.team
    this.stack = context.stack
    this.wire = { logger: debugLogger(), ...context.wire, secrets: secretsIn(context.credential) }
    this.#ssh = context.ssh
  }

  /** The template of the resources that are made once for each credential; empty where there are none. */
  bootstrapTemplate(): BootstrapTemplate {
    return {}
  }

  /** Fills the gaps of the provider block. */
  fillProvider(_provider: ProviderBlock): void {}

  /** Fills the gaps of one machine: the machine policy of the spec. */
  fillMachine(_machine: MachineResource): void {}

  /** Values of a machine's metadata that come from elsewhere than its attributes, by field; kept when the machine is applied. */
  metadataValues(): object {
    return {}
  }

  /** The author's last word on one machine, after the policy and before Klient. */
  machine?(resource: MachineResource, context: MachineHookContext): void | Promise<void>

  /**
   * Asks the cloud whether the credential is good.
   * @throws KloudError when it is not, or when the cloud could not be asked
   */
  verifyCredential(_signal: AbortSignal): Promise<void> {
    throw new KloudError('stackNotImplemented', 'this provider has no way to verify a credential')
  }

  /** What a method throws that its author has still to write. */
  protected notWritten(method: string): KloudError {
    return new KloudError('stackNotImplemented', `${method} is not written yet: write it in this provider's stack.ts`)
  }

  /** A name for what bootstrap makes: unique to credential and team, and such that every cloud takes it. */
  protected get bootstrapName(): string {
    return bootstrapName(this.identifier, this.team.slug)
  }

  /** The unix user that every machine of the account has. */
  protected get machineUser(): string {
    return unixName(this.user.nickname)
  }

  /** The key pair of the credential. */
  protected get ssh(): SshKeyPair {
    if (this.#ssh !== undefined) return this.#ssh
    throw new KloudError('internal', 'a key pair is used, and the provider does not say sshKeyPair: true')
  }
}

/**
 * The name of what bootstrap makes: small letters, digits and dashes, at most 33 characters.
 *
 * @example
 * bootstrapName('c-1', 'acme') // 'kloud-acme-5f0c3a'
 */
export function bootstrapName(identifier: string, teamSlug: string): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([identifier, teamSlug]))
    .digest('hex')
    .slice(0, 6)
  return `kloud-${slug(teamSlug, 20)}-${hash}`
}
