// The words between kloud and the process that serves its sandbox: a line of JSON each.
import type { SandboxRequest } from './serve-sandbox.js'

export type HostRequest =
  | { number: number; serve: SandboxRequest }
  | { number: number; stop: number }
  | { number: number; quit: true }

export interface HostAnswer {
  /** Of the request. */
  number: number
  environment?: { TF_REATTACH_PROVIDERS: string }
  error?: string
}
