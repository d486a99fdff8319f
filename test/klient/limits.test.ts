import { randomBytes } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { gzip } from '../../runtime/klient/expressions/encode.js'
import { readUserData } from '../../runtime/klient/read-user-data.js'
import { describeWithTerraform } from '../terraform.js'
import { fill } from './fill.js'
import { provision } from './machine.js'

/** What EC2 takes, counted before base64. */
const EC2 = 16_384
const script = (size: number) =>
  `#!/bin/sh\n${'# the same line again and again, which packs well\n'.repeat(Math.ceil(size / 50))}`
const noise = (size: number) => `#!/bin/sh\n: ${randomBytes(size).toString('hex')}\n`
const key = { kiteKey: 'h.c.s' }

describe('the size of user data', () => {
  it('is counted in bytes, with what is known filled in', async () => {
    const userData = '#!/bin/sh\n${var.word}\n'
    const sizeWith = async (word: string) => (await provision({ userData }, { resolve: () => word })).bytes()
    expect((await sizeWith('éé')) - (await sizeWith('x'))).toBe(3)
    const { value, bytes } = await provision({ ...key, userData: '#!/bin/sh\necho $${x} é\n' })
    expect(bytes()).toBe(Buffer.byteLength(value.replaceAll('$${', '${')))
  })

  it('is counted with a key as long as keys are, in all forms', async () => {
    const sizeWith = async (kiteKeyLength: number) => (await provision({ kiteKeyLength })).bytes()
    expect((await sizeWith(2_000)) - (await sizeWith(1_000))).toBe(1_000)
    const packed = async (kiteKeyLength: number) =>
      (await provision({ kiteKeyLength }, { encoding: ['gzip', 'base64'] })).bytes()
    expect((await packed(2_000)) - (await packed(1_000))).toBeGreaterThan(700)
  })

  it('is counted before base64, and after gzip', async () => {
    const { bytes } = await provision(key)
    expect((await provision(key, { encoding: ['base64'] })).bytes()).toBe(bytes())
    const { value, bytes: packed } = await provision(key, { encoding: ['gzip', 'base64'] })
    expect(packed()).toBe(Buffer.from(value, 'base64').length)
    expect(packed()).toBeLessThan(bytes() / 2)
  })
})

describe('where the cloud takes less', () => {
  it('nothing is packed that need not be', async () => {
    const { value } = await provision({ ...key, userData: script(5_000) }, { limit: EC2 })
    expect(value).not.toContain('gz+b64')
  })

  it('the largest file is packed first, and no more than needed', async () => {
    const userData = script(20_000)
    const { value, bytes } = await provision({ ...key, userData }, { limit: EC2 })
    expect(bytes()).toBeLessThanOrEqual(EC2)
    expect(value.match(/gz\+b64/g)).toHaveLength(1)
    expect(readUserData(value.replaceAll('$${', '${'))).toMatchObject({ scripts: [userData], kiteKey: 'h.c.s' })
  })

  it('files of a cloud-config are packed too, but not those that are packed already, nor metadata.json', async () => {
    const files = [
      { path: '/large', content: script(20_000) },
      { path: '/packed', content: gzip(script(20_000)).toString('base64'), encoding: 'gz+b64' },
    ]
    const userData = `#cloud-config\nwrite_files: ${JSON.stringify(files)}\n`
    const { value } = await provision({ ...key, userData }, { limit: 7_000 })
    const setup = readUserData(value.replaceAll('$${', '${'))
    expect(setup.files.get('/large')?.content).toBe(script(20_000))
    expect(setup.files.get('/packed')?.content).toBe(script(20_000))
    expect(value).toMatch(/metadata\.json\n {2}permissions: '0600'\n {2}owner: ada\n {2}defer: true\n {2}content: \|/)
  })

  it.each<[string, string, RegExp]>([
    [
      'a script',
      noise(20_000),
      /has 33,\d{3} bytes, 17,\d{3} more than the 16,384 that the cloud takes; \/var\/lib\/koding\/user-data\.sh takes 28,\d{3}/,
    ],
    [
      'a file',
      `#cloud-config\nwrite_files:\n- path: /x\n  content: ${noise(20_000).slice(12)}`,
      /; \/x takes 28,\d{3} of them/,
    ],
    ['a part', `#cloud-boothook\n${noise(20_000)}`, /; part 1 of the user data takes 40,\d{3} of them/],
  ])('and %s is too large for it even when packed, it is said by how much', async (_, userData, message) => {
    await expect(provision({ name: 'a.b', userData }, { limit: EC2 })).rejects.toThrow(
      expect.objectContaining({
        message: expect.stringMatching(message),
        fault: 'input',
        data: { bytes: expect.any(Number), limit: EC2 },
      }),
    )
  })

  it('a file that packing would make larger stays as it is', async () => {
    const content = randomBytes(9_000).toString('base64')
    const userData = `#cloud-config\nwrite_files:\n- path: /x\n  content: ${content}\n`
    const { value } = await provision({ ...key, userData }, { limit: EC2 })
    expect(value).toContain(`path: /x\n  content: ${content}`)
    expect(value.match(/gz\+b64/g)).toHaveLength(1)
  })

  it('a size that is exactly the limit is taken, and one more byte is not', async () => {
    const { bytes } = await provision({ ...key, userData: noise(10) }, { encoding: ['base64'] })
    const words = noise(10)
    const packedAway = { ...key, userData: words }
    expect((await provision(packedAway, { limit: bytes() })).value).not.toContain('gz+b64')
    expect((await provision(packedAway, { limit: bytes() - 1 })).value).toContain('gz+b64')
  })
})

it('what is packed here has the same bytes everywhere', () => {
  expect(gzip('kloud').subarray(0, 10).toString('hex')).toBe('1f8b08000000000002ff')
  expect(gunzipSync(gzip('kloud')).toString()).toBe('kloud')
})

describeWithTerraform('packed by Terraform', ({ path }) => {
  it('a script with expressions is what it would be unpacked, and its size is as counted', async () => {
    const userData = `${script(20_000)}echo "\${var.word}" $\${HOME}\n`
    const resolve = (expression: string) => (expression === 'var.word' ? 'wörd' : undefined)
    const { value, bytes } = await provision({ userData, kiteKeyLength: 1_400 }, { limit: EC2, resolve })
    expect(value).toContain('encoding: gz+b64\n  content: ${base64gzip("#!/bin/sh\\n')
    const kitekeys_web = { 0: 'k'.repeat(1_400) }
    const { composed } = fill(path, { composed: value }, { kitekeys_web, word: 'wörd' })
    expect(readUserData(composed).scripts).toEqual([`${script(20_000)}echo "wörd" $\{HOME}\n`])
    expect(Math.abs(Buffer.byteLength(composed) - bytes())).toBeLessThan(40)
  })
})
