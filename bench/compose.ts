// Measures composing 1, 100, 1,000 and 10,000 machines against signing as many kite.keys in a loop, and against `node -e 0`.
// Run it with: npm run bench
import { execFileSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { importPKCS8, SignJWT } from 'jose'
import type { ComposeInput } from '../runtime/index.js'
import { measure } from './measure.js'

const sizes = [1, 100, 1000, 10_000]
const runtime: typeof import('../runtime/index.js') = await import(new URL('../dist/runtime.js', import.meta.url).href)
const folder = mkdtempSync(join(tmpdir(), 'kloud-bench-'))
const kloud = await runtime.openKloud({ cwd: folder })
const provider = await kloud.provider('digitalocean')
await kloud.close()
rmSync(folder, { recursive: true })
const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
})

interface Shape {
  /** Keys are given, and none is signed. */
  readonly signed: boolean
  /** Each machine has a script of its own; otherwise all have the same. */
  readonly ownScripts?: boolean
}

/** A stack of machines, each a resource of its own. */
function stackOf(count: number, { signed, ownScripts = false }: Shape): ComposeInput {
  const names = Array.from({ length: count }, (_, index) => `m${index}`)
  const machines = names.map((name) => [name, { name, user_data: `#!/bin/sh\necho ${ownScripts ? name : 'hello'}\n` }])
  const identities = Object.fromEntries(names.map((name) => [name, { kiteKey: 'k'.repeat(1000) }]))
  return {
    template: { blocks: { resource: { digitalocean_droplet: Object.fromEntries(machines) } } },
    providers: [{ provider, credential: provider.Credential.parse({ access_token: 'a'.repeat(64) }) }],
    context: runtime.parseContext({ kontrol: { privateKey }, ...(signed ? { identities } : {}) }),
  }
}

/** Keys signed one after the other with a key that is read once. */
async function sign(count: number): Promise<void> {
  const key = await importPKCS8(privateKey, 'RS256')
  const claims = {
    iss: 'koding',
    sub: 'ada',
    kontrolURL: 'https://koding.com/kontrol/kite',
    kontrolKey: 'k'.repeat(450),
  }
  for (let index = 0; index < count; index++) {
    await new SignJWT({ ...claims, jti: String(index) }).setProtectedHeader({ alg: 'RS256', typ: 'JWT' }).sign(key)
  }
}

/** The best of several runs, in milliseconds. */
async function best(work: () => Promise<unknown>, runs: number): Promise<number> {
  let fastest = Number.POSITIVE_INFINITY
  for (let run = 0; run < runs; run++) {
    const start = performance.now()
    await work()
    fastest = Math.min(fastest, performance.now() - start)
  }
  return fastest
}

/** What a process that composes has in memory at most, in MiB. */
function memoryOf(count: number): number {
  const [, here = ''] = process.argv
  const words = ['--import', 'jiti/register', here, 'once', String(count)]
  return Number(execFileSync(process.execPath, words, { encoding: 'utf8' }))
}

if (process.argv[2] === 'once') {
  await runtime.compose(stackOf(Number(process.argv[3]), { signed: true }))
  console.log(Math.round(process.resourceUsage().maxRSS / 1024))
} else {
  const nothing = measure([])[0]?.best ?? 1
  await runtime.compose(stackOf(100, { signed: false }))
  await sign(1)
  console.log('To reach: composed within 1.3 of signed in a loop; keys given, 10,000 within 40 times node -e 0.\n')
  console.log('machines  composed  signed in a loop  ratio  keys given  in node -e 0  and own scripts  memory')
  for (const count of sizes) {
    const runs = Math.max(3, Math.min(200, 1000 / count))
    const compose = (shape: Shape) => {
      const stack = stackOf(count, shape)
      return best(() => runtime.compose(stack), runs)
    }
    const signing = await best(() => sign(count), runs)
    const composing = await compose({ signed: false })
    const unsigned = await compose({ signed: true })
    const ownScripts = await compose({ signed: true, ownScripts: true })
    const cells = [count, milliseconds(composing), milliseconds(signing), (composing / signing).toFixed(2)]
    cells.push(
      milliseconds(unsigned),
      `${(unsigned / nothing).toFixed(1)} x`,
      milliseconds(ownScripts),
      `${memoryOf(count)} MiB`,
    )
    console.log([8, 10, 18, 7, 12, 14, 17, 9].map((width, column) => String(cells[column]).padStart(width)).join(''))
  }
}

function milliseconds(time: number): string {
  return `${time.toFixed(time < 10 ? 1 : 0)} ms`
}
