// In: the package's `dist`, built. Out: beside each chunk, what V8 makes of it in runs that are to be fast.
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url))
const preloaded = ['jiti/register', './record-caches.ts'].map((module) => `--import ${import.meta.resolve(module)}`)
const env = { ...process.env, NODE_OPTIONS: preloaded.join(' ') }
const folder = mkdtempSync(join(tmpdir(), 'kloud-gen-build-'))

function run(program, ...words) {
  execFileSync(process.execPath, [path(`../dist/${program}.cjs`), ...words], {
    cwd: folder,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
}

/** The life of a stack, which takes Terraform. The package is whole without the caches: whoever builds it and has none is told. */
function liveWithTerraform() {
  const stack = join(folder, 'stack.yaml')
  writeFileSync(stack, 'resource: { digitalocean_droplet: { web: { name: web }, db: { name: db } } }\n')
  const lives = [
    ['apply', stack, '--yes'],
    ['apply', stack, '--yes'],
    ['machine', 'stop', 'web'],
    ['machine', 'info', 'web'],
    ['destroy', 'stack', '--yes'],
  ]
  try {
    for (const words of lives) run('kloud', ...words, '--sandbox')
  } catch (error) {
    console.error(`kloud will start slower from this build: ${String(error.stderr).split('\n')[0]}`)
  }
}

try {
  mkdirSync(join(folder, 'specs'))
  copyFileSync(path('../specs/example.yaml'), join(folder, 'specs', 'spec.yaml'))
  run('kloud-gen', 'generate')
  run('kloud-gen', 'generate')
  run('kloud-gen', 'new', 'provider', 'acme', '--yes')
  rmSync(join(folder, 'generated'), { recursive: true })
  liveWithTerraform()
} finally {
  rmSync(folder, { recursive: true, force: true })
}
