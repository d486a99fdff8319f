// In: where providers are looked for, or the providers themselves. Out: a source that the rest asks for them.
import { type Fits, ProviderFinder } from '../discovery/find-providers.js'
import type { KloudError } from '../errors.js'
import { type Provider, ProviderRegistry } from '../provider.js'

/** Knows providers. */
export interface ProviderSource {
  /** @throws KloudError 401 (unknown, with those known) */
  get(name: string): Promise<Provider>
  /** All of them, or those that fit, and what is wrong with those that do not load. */
  all(fits?: Fits): Promise<{ providers: Provider[]; failures: KloudError[] }>
}

/** Providers that are found: bundled ones, those in a folder, and those of installed packages. */
export function foundProviders(where: { cwd: string; folder: string | undefined }): ProviderSource {
  const finder = new ProviderFinder(where)
  return {
    get: (name) => finder.get(name),
    all: async (fits) => {
      const { providers, failures } = await finder.all(fits)
      return { providers: providers.map(({ provider }) => provider), failures }
    },
  }
}

/** Providers that are at hand. */
export function givenProviders(providers: readonly Provider[]): ProviderSource {
  const registry = new ProviderRegistry(providers)
  return {
    get: async (name) => registry.get(name),
    all: async (fits = () => true) => ({ providers: [...registry].filter(fits), failures: [] }),
  }
}
