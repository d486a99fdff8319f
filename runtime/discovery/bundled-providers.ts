// The providers that come with kloud-gen. This module is the repository's; in the package, the bundler puts a table in its place:
// see build/bundled-providers.ts.
import { fileURLToPath } from 'node:url'
import type { BundledProvider } from './candidate.js'

/** The folder they are in, or each. */
export const bundledProviders: string | readonly BundledProvider[] = fileURLToPath(
  new URL('../../generated', import.meta.url),
)
