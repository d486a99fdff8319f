// In: a script of this folder and its arguments. Out: a process that runs it, bundled: dozens of them are started and killed.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'tsdown'
import { afterAll, beforeAll } from 'vitest'
import { type Child, startChild } from '../../child.js'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** For a file of tests: starts `NAME.ts` of this folder. Its modules are those of the packages as they are, so that what is loaded when can be seen. */
export function children(): (name: string, ...values: string[]) => Child {
  let bundles = ''
  beforeAll(async () => {
    const cache = join(root, 'node_modules/.cache')
    mkdirSync(cache, { recursive: true })
    bundles = mkdtempSync(join(cache, 'kloud-store-'))
    const entry = ['count', 'hold', 'load', 'rotate-on', 'write-on'].map((name) =>
      join(root, `test/store/children/${name}.ts`),
    )
    await build({ config: false, cwd: root, entry, outDir: bundles, dts: false, clean: false, logLevel: 'silent' })
  })
  afterAll(() => rmSync(bundles, { recursive: true, force: true }))
  return (name, ...values) => startChild([join(bundles, `${name}.mjs`), ...values])
}
