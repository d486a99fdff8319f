// Builds the package where the build is older than what it is made of: `npx kloud` in a clone asks for a build each first time.
import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const sources = ['generator', 'runtime', 'generated', 'build', 'tsdown.config.ts', 'package.json']

/** When the newest file of a folder was changed, in milliseconds. */
function newest(path) {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (!stats?.isDirectory()) return stats?.mtimeMs ?? 0
  return Math.max(0, ...readdirSync(path).map((name) => newest(`${path}/${name}`)))
}

const built = statSync(`${root}dist/kloud.cjs`, { throwIfNoEntry: false })?.mtimeMs ?? 0
if (built < Math.max(...sources.map((source) => newest(root + source)))) {
  const { status } = spawnSync('npx --no-install tsdown --logLevel error && node build/code-cache.mjs', {
    cwd: root,
    stdio: 'inherit',
    shell: true,
  })
  process.exitCode = status ?? 1
}
