// Measures `kloud apply --sandbox` against the same Terraform commands by hand, on the same composed template and the same sandbox.
// Run it with: npm run bench:apply
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import provider from '../generated/digitalocean/index.js'
import { sandboxClouds } from '../runtime/sandbox/sandbox-clouds.js'
import { givenProviders } from '../runtime/stack/provider-source.js'
import { terraformEnvironment } from '../runtime/terraform/environment.js'

const sizes = [
  { machines: 1, runs: 30, goal: 1.25 },
  { machines: 100, runs: 6, goal: 1.05 },
]
const kloud = fileURLToPath(new URL('../dist/kloud.cjs', import.meta.url))
const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env
const folder = mkdtempSync(join(tmpdir(), 'kloud-bench-'))

function run(program: string, words: readonly string[], cwd: string, environment: NodeJS.ProcessEnv = env): string {
  const { status, stdout, stderr } = spawnSync(program, words, {
    cwd,
    env: environment,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  })
  if (status === 0) return stdout
  throw new Error(`${program} ${words.join(' ')} ended with ${status}: ${stderr.slice(-500)}`)
}

function timed(work: () => void): number {
  const start = performance.now()
  work()
  return performance.now() - start
}

/** A stack of machines, each a resource of its own. */
function writeStack(machines: number): string {
  const names = Array.from({ length: machines }, (_, index) => `m${index}`)
  const file = join(folder, `stack-${machines}.tf.json`)
  const droplets = Object.fromEntries(names.map((name) => [name, { name }]))
  writeFileSync(file, JSON.stringify({ resource: { digitalocean_droplet: droplets } }))
  return file
}

/** The composed template with the values of its secrets, in a folder as someone would have it who drives Terraform by hand. */
function composeByHand(stack: string, into: string): object {
  mkdirSync(into, { recursive: true })
  writeFileSync(join(folder, 'credential.json'), JSON.stringify({ access_token: 'a'.repeat(64) }))
  writeFileSync(
    join(folder, 'bootstrap.json'),
    JSON.stringify({ key_name: 'kloud', key_id: '12', key_fingerprint: 'a:b' }),
  )
  const words = [
    'compose',
    '--provider',
    'digitalocean',
    '--credential',
    'credential.json',
    '--bootstrap',
    'bootstrap.json',
  ]
  const secrets = join(into, 'secrets.auto.tfvars.json')
  const template = run(process.execPath, [kloud, ...words, '--template', stack, '--secrets', secrets], folder)
  writeFileSync(join(into, 'main.tf.json'), template)
  return JSON.parse(template)
}

const byHand = [
  ['plan', '-json', '-input=false', '-out=planned'],
  ['apply', '-json', '-input=false', 'planned'],
  ['show', '-json'],
]

const terraform = execFileSync('sh', ['-c', 'command -v terraform || command -v tofu'], { encoding: 'utf8' }).trim()
const clouds = await sandboxClouds(join(folder, 'sandbox-by-hand'), givenProviders([provider]))
try {
  // The credential is there and bootstrapped before anything is measured.
  const first = writeStack(1)
  run(process.execPath, [kloud, 'apply', first, '--sandbox', '--yes', '--name', 'first'], folder)
  console.log('machines  kloud apply  Terraform by hand  ratio  to reach')
  for (const { machines, runs, goal } of sizes) {
    const stack = writeStack(machines)
    let best = { kloud: Number.POSITIVE_INFINITY, hand: Number.POSITIVE_INFINITY }
    for (let index = 0; index < runs; index++) {
      const name = `s${machines}-${index}`
      const own = join(folder, name)
      const template = composeByHand(stack, own)
      const owner = `hand:${name}`
      const { environment, stop } = await clouds.serve({
        owner,
        template: JSON.parse(JSON.stringify(template)),
        folder: own,
        providers: [provider],
      })
      const handEnvironment = terraformEnvironment({ from: env, extra: environment })
      const hand = timed(() => {
        for (const words of byHand) run(terraform, words, own, handEnvironment)
      })
      await stop()
      const ours = timed(() => {
        run(process.execPath, [kloud, 'apply', stack, '--sandbox', '--yes', '--name', name], folder)
      })
      best = { kloud: Math.min(best.kloud, ours), hand: Math.min(best.hand, hand) }
    }
    const cells = [
      machines,
      `${best.kloud.toFixed(0)} ms`,
      `${best.hand.toFixed(0)} ms`,
      (best.kloud / best.hand).toFixed(2),
      goal,
    ]
    console.log([8, 13, 19, 7, 10].map((width, column) => String(cells[column]).padStart(width)).join(''))
  }
} finally {
  await clouds.close()
  rmSync(folder, { recursive: true, force: true })
}
