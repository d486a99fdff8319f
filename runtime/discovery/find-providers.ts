// In: where to look. Out: the providers that there are, loaded when they are asked for.
import { KloudError } from '../errors.js'
import { type Provider, type ProviderFacts, ProviderRegistry } from '../provider.js'
import type { Candidate, Origin } from './candidate.js'
import { findCandidates, type WhereToLook } from './candidates.js'
import { loadProvider } from './load-provider.js'

/** Whether a provider is meant. */
export type Fits = (facts: ProviderFacts) => boolean

/** A provider, and where it was found. */
export interface FoundProvider {
  readonly provider: Provider
  readonly origin: Origin
  /** Relative to the working folder; none for what is in the package's own bundle. */
  readonly file?: string
}

/** The providers that can be found from a folder. */
export class ProviderFinder {
  readonly #where: WhereToLook
  #found: Promise<readonly Candidate[]> | undefined
  readonly #loaded = new Map<Candidate, Promise<FoundProvider>>()

  constructor(where: WhereToLook) {
    this.#where = where
  }

  /**
   * The provider of a name; the others are not loaded unless it is not found where it is likely.
   * @throws KloudError 401 (unknown, with those known), 405 (two of one name), or for a file that does not load
   */
  async get(name: string): Promise<Provider> {
    const likely = (await this.#candidates()).filter(({ likelyName }) => likelyName === name)
    const found = await Promise.all(likely.map((candidate) => this.#load(candidate)))
    const named = found.filter(({ provider }) => provider.name === name)
    if (named.length > 0) return register(named).get(name)
    const { providers, failures } = await this.all()
    const registry = register(providers)
    return withHint(() => registry.get(name), failures)
  }

  /**
   * All providers by name, and what is wrong with those that do not load.
   *
   * @param fits which of them; bundled ones that do not fit are not loaded
   */
  async all(fits: Fits = () => true): Promise<{ providers: FoundProvider[]; failures: KloudError[] }> {
    const candidates = (await this.#candidates()).filter(
      (candidate) => !('facts' in candidate) || fits(candidate.facts),
    )
    const results = await Promise.allSettled(candidates.map((candidate) => this.#load(candidate)))
    const found = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
    const failures = results.flatMap((result) => {
      if (result.status === 'fulfilled') return []
      if (result.reason instanceof KloudError) return [result.reason]
      throw result.reason
    })
    const providers = preferOwn(found).filter(({ provider }) => fits(provider))
    return {
      providers: providers.sort((left, right) => (left.provider.name < right.provider.name ? -1 : 1)),
      failures,
    }
  }

  #candidates(): Promise<readonly Candidate[]> {
    this.#found ??= findCandidates(this.#where)
    return this.#found
  }

  async #load(candidate: Candidate): Promise<FoundProvider> {
    const { origin, shown } = candidate
    const where = 'file' in candidate ? { origin, file: shown } : { origin }
    const loading = this.#loaded.get(candidate) ?? loadProvider(candidate).then((provider) => ({ provider, ...where }))
    this.#loaded.set(candidate, loading)
    return loading
  }
}

/** An unknown provider may be one of those that do not load. */
function withHint(get: () => Provider, failures: readonly KloudError[]): Provider {
  try {
    return get()
  } catch (error) {
    if (!(error instanceof KloudError) || failures.length === 0) throw error
    const { reason, message, fault, data } = error
    const hint = failures.map((failure) => failure.message).join('; ')
    throw new KloudError(reason, message, { fault, data, hint })
  }
}

/** @throws KloudError 405 for two of one name, of which none is bundled */
function register(found: readonly FoundProvider[]): ProviderRegistry {
  return new ProviderRegistry(preferOwn(found).map(({ provider }) => provider))
}

/** A bundled provider gives way to the user's own of the same name. */
function preferOwn(found: readonly FoundProvider[]): FoundProvider[] {
  const own = new Set(found.filter(({ origin }) => origin !== 'bundled').map(({ provider }) => provider.name))
  return found.filter(({ origin, provider }) => origin !== 'bundled' || !own.has(provider.name))
}
