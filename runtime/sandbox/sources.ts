// In: a template, its modules, and whose it is. Out: the sources of the providers to serve for it.
import type { JsonObject } from '../json.js'
import type { SandboxCloud } from './cloud.js'
import { providerSources } from './plugin/addresses.js'

/** Those that the template has, and those that an earlier one of the same owner had: its resources may still be there. */
export async function sourcesOf(
  template: JsonObject,
  owner: string,
  cloud: SandboxCloud,
  modules: readonly JsonObject[] = [],
): Promise<string[]> {
  const named = [template, ...modules].flatMap((of) => [...providerSources(of).values()])
  return [...new Set([...(await cloud.schemas(owner)).keys(), ...named])]
}
