// The way to Kloud as a library, and to its sandbox, that loads them only when they are asked for: generated code passes by here.
import type { Kloud, KloudOptions } from './kloud.js'
import type { Provider } from './provider.js'
import type { WholeLife, WholeLifeOptions } from './sandbox/whole-life.js'

/**
 * Opens Kloud: credentials, bootstraps, stacks, machines and events, on real clouds or in the sandbox.
 *
 * @example
 * const kloud = await openKloud({ sandbox: true })
 * const { machines } = await kloud.apply({ path: 'stack.yaml' }).result
 * await kloud.close()
 */
export async function openKloud(options: KloudOptions = {}): Promise<Kloud> {
  return (await import('./kloud.js')).Kloud.open(options)
}

/** Takes a provider through its whole life in a sandbox, on the real Terraform: for tests. See `WholeLife` for what is told of it. */
export async function wholeLife(provider: Provider, options: WholeLifeOptions): Promise<WholeLife> {
  return (await import('./sandbox/whole-life.js')).wholeLife(provider, options)
}

/**
 * Why a test that needs Terraform cannot run here; undefined where it can.
 *
 * @throws KloudError where `CI` is set and there is no Terraform
 */
export async function missingTerraform(): Promise<string | undefined> {
  return (await import('./sandbox/missing-terraform.js')).missingTerraform()
}

export type { Kloud, KloudOptions, WholeLife, WholeLifeOptions }
