// What a stack knows while its template is composed: the credential's values, and for whom and for what it is.
import type { Wire } from '../machine/wire.js'
import type { Secret } from '../secret.js'

/** The account that a stack belongs to. */
export interface User {
  readonly username: string
  readonly email: string
  readonly nickname: string
  readonly firstName: string
  readonly lastName: string
  readonly hash: string
}

/** The team that a stack belongs to. */
export interface Team {
  readonly slug: string
  readonly title: string
}

/** The stack itself. */
export interface StackInfo {
  readonly id: string
  readonly templateId: string
  readonly title: string
}

/** The SSH key pair that is made for each credential, where the spec asks for one. */
export interface SshKeyPair {
  /** What a cloud may call the key. */
  readonly name: string
  /** In OpenSSH's one-line form. */
  readonly public_key: string
  /** In PEM. */
  readonly private_key: Secret
}

/** How calls leave; what is secret in them is known from the credential. */
export type StackWire = Omit<Wire, 'secrets'>

/** What a `Stack` is made with. */
export interface StackContext<C, B> {
  readonly credential: C
  /** Absent until the credential is bootstrapped. */
  readonly bootstrap?: B | undefined
  /** The credential's id in the store. */
  readonly identifier: string
  /** Present where the provider's spec says `sshKeyPair: true`. */
  readonly ssh?: SshKeyPair | undefined
  readonly user: User
  readonly team: Team
  readonly stack: StackInfo
  /** How calls leave that verify the credential; as on the internet when not said. */
  readonly wire?: StackWire | undefined
}
