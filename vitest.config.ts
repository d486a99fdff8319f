import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { handlebarsTemplates } from './build/handlebars.ts'
import { builtHost } from './test/programs.ts'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

/** Whoever watches has the code of the host, and of the programs that tests start, as it is now. */
const runsOnce = process.argv.includes('run')

export default defineConfig({
  plugins: [handlebarsTemplates(), ...(runsOnce ? [builtHost()] : [])],
  resolve: {
    alias: [
      { find: /^kloud-gen\/runtime$/, replacement: path('./runtime/index.ts') },
      { find: /^kloud-gen$/, replacement: path('./generator/index.ts') },
    ],
  },
  test: {
    include: ['test/**/*.test.ts', 'generated/**/*.test.ts'],
    // What hangs is to be found, and not how slow a machine is.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
    // One process for many files: what they import is loaded three times, not two hundred times.
    pool: 'forks',
    isolate: false,
    // Many tests wait for programs that they start.
    maxWorkers: 3,
    setupFiles: ['test/same-numbers.ts'],
    ...(runsOnce ? { globalSetup: ['test/programs.ts'] } : {}),
  },
})
