import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { handlebarsTemplates } from './build/handlebars.ts'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

export default defineConfig({
  plugins: [handlebarsTemplates()],
  resolve: {
    alias: [
      { find: /^kloud-gen\/runtime$/, replacement: path('./runtime/index.ts') },
      { find: /^kloud-gen$/, replacement: path('./generator/index.ts') },
    ],
  },
  test: {
    include: ['test/**/*.test.ts', 'generated/**/*.test.ts'],
    testTimeout: 30_000,
    pool: 'threads',
    // Many tests wait for programs that they start.
    maxWorkers: 3,
    setupFiles: ['test/same-numbers.ts'],
  },
})
