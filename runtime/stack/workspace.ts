// What every part of a stack's life stands on: the store, the providers, Terraform, and the clouds.
import { join } from 'node:path'
import type { Store } from '../store/store.js'
import type { TerraformBinary } from '../terraform/find.js'
import type { Clouds } from './clouds.js'
import type { ProviderSource } from './provider-source.js'

export interface Workspace {
  /** The folder of the store: `.kloud`, or `.kloud/sandbox`. */
  readonly folder: string
  readonly store: Store
  readonly finder: ProviderSource
  readonly clouds: Clouds
  /** Finds Terraform, once. */
  terraform(): Promise<TerraformBinary>
}

/** Where Terraform works on a stack. */
export function stackFolder({ folder }: Pick<Workspace, 'folder'>, name: string): string {
  return join(folder, 'stacks', name)
}

/** Where Terraform works on a credential's bootstrap. */
export function bootstrapFolder({ folder }: Workspace, identifier: string): string {
  return join(folder, 'bootstraps', identifier)
}
