// What a stack's life reaches the world through: clouds and Kontrol, the real ones or the sandbox's.

import type { EventStream } from '../events.js'
import type { JsonObject } from '../json.js'
import type { AnyMachine } from '../machine/any-machine.js'
import type { Provider } from '../provider.js'
import type { SchemaInstance } from '../schema/schema-class.js'
import type { BaseStack } from './base-stack.js'
import type { Kontrol } from './klients.js'
import type { StackWire } from './stack-context.js'

/** A template that Terraform is about to work on. */
export interface ServeRequest {
  /** Names the stack or bootstrap that the resources belong to. */
  readonly owner: string
  readonly template: JsonObject
  /** The one that Terraform works in: what the template says of local modules is told from there. */
  readonly folder: string
  readonly providers: readonly Provider[]
}

/** What Terraform needs beside its own: nothing for real clouds. */
export interface ServedTemplate {
  readonly environment: Readonly<Record<string, string>>
  stop(): Promise<void>
}

/** A credential to be verified. */
export interface VerifyRequest {
  readonly provider: Provider
  /** Makes the provider's Stack for it, whose calls leave as they are told to. */
  stack(wire?: StackWire): BaseStack<SchemaInstance, SchemaInstance>
}

/** A machine to be asked and told. */
export interface MachineRequest {
  readonly provider: Provider
  /** Whose it is; of a machine that belongs to no store it is not known. */
  readonly owner: string | undefined
  readonly label: string
  /** The id that the cloud gave its resource, as Terraform's state has it; without an owner, what is known of the machine says which. */
  readonly resourceId: string | undefined
  readonly credential: SchemaInstance
  readonly bootstrap: SchemaInstance | undefined
  readonly metadata: SchemaInstance
  readonly events?: EventStream | undefined
}

export interface Clouds {
  /** Whether these are pretended ones: then providers need not be installed, and have schemas that are inferred from the template. */
  readonly sandbox: boolean
  /** Terraform is about to be needed: what takes a while to start may start now. */
  prepare(): void
  /** @throws KloudError for a credential that is not good, or that could not be asked about */
  verify(request: VerifyRequest, signal: AbortSignal): Promise<void>
  serve(request: ServeRequest): Promise<ServedTemplate>
  /**
   * Removes what a hard end left behind that no state knows of, where that can be done; says what it was.
   *
   * @param state the text of Terraform's state; nothing where there is certainly none
   */
  sweep(owner: string, state: string | undefined): Promise<string[]>
  /**
   * What the one state holds and the later one does not, and is there, was let go by Terraform: it stays, and is nobody's from now on.
   * What a hard end leaves behind no state has ever held.
   */
  letGo(owner: string, before: string, after: string): Promise<void>
  /** What the owner has made stays, and is nobody's from now on: no sweep takes it. */
  disown(owner: string): Promise<void>
  machine(request: MachineRequest): Promise<AnyMachine>
  /** Absent where none is configured. */
  kontrol(url: string | undefined): Kontrol | undefined
  /** Kontrol's private key in PEM, where these clouds have one of their own. */
  kontrolKey(): Promise<string | undefined>
  /** Values for a credential, where these clouds take whatever looks like one. */
  sampleCredential?(provider: Provider): JsonObject
  close(): Promise<void>
}
