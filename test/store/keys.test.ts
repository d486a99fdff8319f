import { chmodSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { openStore } from '../../runtime/store/open-store.js'
import { temporaryFolder, temporaryStore } from './temporary-store.js'

const keyA = Buffer.alloc(32, 'a').toString('base64')
const keyB = Buffer.alloc(32, 'b').toString('base64')

/** A closed store with one credential. */
async function filledFolder(key?: string): Promise<{ folder: string; identifier: string }> {
  const folder = temporaryFolder()
  const store = await temporaryStore(folder, key)
  const { identifier } = await store.credentials.add({ provider: 'acme', data: { token: 'a token' } })
  await store.close()
  return { folder, identifier }
}

afterEach(() => vi.unstubAllEnvs())

describe("the store's key", () => {
  it('is made once, in a file that only its owner can read, and found again', async () => {
    const { folder, identifier } = await filledFolder()
    const key = readFileSync(join(folder, 'key'), 'utf8')
    expect(Buffer.from(key, 'base64')).toHaveLength(32)
    expect(statSync(join(folder, 'key')).mode & 0o777).toBe(0o600)

    const again = await temporaryStore(folder)
    expect((await again.credentials.get(identifier)).data.reveal()).toEqual({ token: 'a token' })
    expect(readFileSync(join(folder, 'key'), 'utf8')).toBe(key)
  })

  it('can come from KLOUD_KEY, and then is in no file', async () => {
    vi.stubEnv('KLOUD_KEY', keyA)
    const { folder, identifier } = await filledFolder()
    expect(existsSync(join(folder, 'key'))).toBe(false)
    vi.unstubAllEnvs()
    await expect(openStore({ folder })).rejects.toThrow(/its key file is gone/)
    const store = await temporaryStore(folder, keyA)
    expect((await store.credentials.get(identifier)).data.reveal()).toEqual({ token: 'a token' })
  })

  it('is refused when it is another, and both are named by their ids', async () => {
    const { folder } = await filledFolder(keyA)
    await expect(openStore({ folder, key: keyB })).rejects.toThrow(
      /^the store is encrypted with key [0-9a-f]{16}, but KLOUD_KEY holds [0-9a-f]{16}$/,
    )
  })

  it('is refused when others can read its file, with the command that mends it', async () => {
    const { folder } = await filledFolder()
    for (const mode of [0o640, 0o604, 0o660, 0o644]) {
      chmodSync(join(folder, 'key'), mode)
      await expect(openStore({ folder })).rejects.toMatchObject({
        message: `the key file ${join(folder, 'key')} can be read by others (mode 0${mode.toString(8)})`,
        hint: expect.stringContaining(`chmod 600 ${join(folder, 'key')}`),
      })
    }
    chmodSync(join(folder, 'key'), 0o400)
    await temporaryStore(folder)
  })

  it('is not replaced when its file is lost', async () => {
    const { folder } = await filledFolder()
    rmSync(join(folder, 'key'))
    await expect(openStore({ folder })).rejects.toThrow(/the store is encrypted with key .*, and its key file is gone/)
    expect(existsSync(join(folder, 'key'))).toBe(false)
  })

  it('is refused, unseen, when it is not 32 bytes of base64', async () => {
    const bad = [
      'short',
      keyA.slice(4),
      `${keyA}AAAA`,
      `${keyA.slice(0, 20)}!${keyA.slice(21)}`,
      `${keyA},oops!`,
      ' , \n ,',
    ]
    for (const key of bad) {
      const error: unknown = await openStore({ folder: temporaryFolder(), key }).catch((error) => error)
      expect(error).toMatchObject({
        fault: 'input',
        message: expect.stringMatching(/^KLOUD_KEY (is not a|holds no) key/),
      })
      expect(String(error)).not.toContain(key.slice(0, 5))
    }
    const folder = temporaryFolder()
    await (await temporaryStore(folder)).close()
    writeFileSync(join(folder, 'key'), 'nonsense\n')
    await expect(openStore({ folder })).rejects.toThrow(`${join(folder, 'key')} is not a key (word 1 of 1)`)
  })

  it('may be written in the URL alphabet of base64, too', async () => {
    const bytes = Buffer.alloc(32, 0xfb)
    const { folder } = await filledFolder(bytes.toString('base64'))
    await temporaryStore(folder, bytes.toString('base64url'))
  })
})
