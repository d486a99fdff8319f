import { execFileSync } from 'node:child_process'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeWithTerraform } from '../terraform.js'
import { type BuiltKloud, buildKloud } from './built.js'
import { startKloud } from './processes.js'
import { sandboxedKloud } from './sandboxed-kloud.js'

let built: BuiltKloud
beforeAll(async () => {
  built = await buildKloud(['digitalocean'])
})
afterAll(() => built.remove())

const token = `dop_v1_${'ca9a47'.repeat(10)}cafe`
const password = 'canary-of-a-password-7f3a'

describeWithTerraform('secrets', () => {
  test('of a credential, of the user and of Kontrol are in no file, output, event or process list', async () => {
    const { folder, kloud } = await sandboxedKloud({ latency: { create: 100 } })
    await kloud.credentials.add({ provider: 'digitalocean', data: { access_token: token } })
    await writeFile(join(folder, 'vars.json'), JSON.stringify({ password: { value: password, secret: true } }))
    const script = '#!/bin/sh\necho ${var.custom_password} > /root/password\n'
    const web = { name: 'web', user_data: script }
    await writeFile(join(folder, 'web.tf.json'), JSON.stringify({ resource: { digitalocean_droplet: { web } } }))
    const run = startKloud(
      built.program,
      folder,
      'apply',
      'web.tf.json',
      '--sandbox',
      '--var-file',
      'vars.json',
      '--fault',
      'slow-create=1500',
    )
    const seen: string[] = []
    const looking = setInterval(() => seen.push(execFileSync('ps', ['axww', '-o', 'args']).toString()), 150)
    const { code, out, err } = await run.ended
    clearInterval(looking)
    expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' })
    await writeFile(join(folder, 'vars.json'), '')

    const [machine] = await kloud.machines()
    const kiteKey = machine?.identity?.kiteKey.reveal() ?? ''
    expect(kiteKey).toMatch(/^ey/)
    const privateKey = (await kloud.credentials.sshKey((await kloud.credentials.list())[0]?.identifier ?? '')).reveal()
    const canaries = [token, password, kiteKey, privateKey.split('\n')[2] ?? 'none']
    const events = JSON.stringify(await kloud.events())
    const files = await filesIn(join(folder, '.kloud'))
    for (const canary of canaries) {
      const forms = [canary, Buffer.from(canary).toString('base64').slice(0, 40)]
      const found = [
        ...files,
        { name: 'stdout', text: out },
        { name: 'stderr', text: err },
        { name: 'events', text: events },
        ...seen.map((text) => ({ name: 'ps', text })),
      ]
      // The pretended cloud itself knows what its machines were given, as a real one would.
      const leaks = found.filter(
        ({ name, text }) => !name.includes('cloud.db') && forms.some((form) => text.includes(form)),
      )
      expect(leaks.map(({ name }) => name)).toEqual([])
    }
  }, 60_000)
})

async function filesIn(folder: string): Promise<{ name: string; text: string }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  return Promise.all(files.map(async (name) => ({ name, text: await readFile(name, 'latin1') })))
}
