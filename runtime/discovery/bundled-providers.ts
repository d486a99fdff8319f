// The providers that come with kloud-gen. This module is the repository's; in the package, the bundler puts a table in its place:
// see build/bundled-providers.ts.
import { fileURLToPath } from 'node:url'

/** The folder they are in, or what loads each, by name. */
export const bundledProviders: string | Readonly<Record<string, () => Promise<unknown>>> = fileURLToPath(
  new URL('../../generated', import.meta.url),
)
