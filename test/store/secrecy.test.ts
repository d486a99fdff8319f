import { chmodSync, copyFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Libsql from 'libsql'
import { describe, expect, it } from 'vitest'
import { fillStore, readWhole } from './filled-store.js'
import { storeWithStack, tamper, temporaryFolder, temporaryStore } from './temporary-store.js'

const canary = 'CANARY-5f1e0b7c'
const disguises = (['utf8', 'utf16le'] as const).map((encoding) => Buffer.from(canary, encoding))
const base64 = Buffer.from(canary).toString('base64').slice(2, -4)
const hex = Buffer.from(canary).toString('hex')

function filesWithCanary(folder: string): string[] {
  return readdirSync(folder).filter((name) => {
    const content = readFileSync(join(folder, name))
    const text = content.toString('latin1')
    return (
      disguises.some((bytes) => content.includes(bytes)) || text.includes(base64) || text.toLowerCase().includes(hex)
    )
  })
}

function sealedContent(folder: string): Buffer {
  const database = new Libsql(join(folder, 'store.db'), { timeout: 5000 })
  const row = database.prepare<[]>('SELECT content FROM files').get() as { content: Buffer }
  database.close()
  return row.content
}

describe("a store's folder", () => {
  it('holds no secret in clear in any file: while open, after changes and removals, and when closed', async () => {
    const folder = temporaryFolder()
    const store = await temporaryStore(folder)
    await fillStore(store, canary)
    expect(await readWhole(store)).toContain(canary)
    expect(readdirSync(folder)).toEqual(['.gitignore', 'key', 'store.db', 'store.db-shm', 'store.db-wal'])
    expect(filesWithCanary(folder)).toEqual([])

    await store.rotate()
    const lease = await store.locks.acquire('stack:web')
    await store.stacks.remove('web', lease)
    await store.close()
    expect(filesWithCanary(folder)).toEqual([])
  })

  it('has all of it in one file once nobody works on it', async () => {
    const folder = temporaryFolder()
    const store = await temporaryStore(folder)
    await fillStore(store, canary)
    const whole = await readWhole(store)
    await store.close()
    const copy = temporaryFolder()
    mkdirSync(copy)
    for (const name of ['store.db', 'key']) copyFileSync(join(folder, name), join(copy, name))
    expect(await readWhole(await temporaryStore(copy))).toEqual(whole)
  })

  it('holds nothing of what was removed, not even encrypted', async () => {
    const folder = temporaryFolder()
    const store = await temporaryStore(folder)
    const { lease } = await storeWithStack(store)
    await store.files.write(lease, 'state', Buffer.alloc(50_000, canary))
    const stored = sealedContent(folder)
    const pieces = [0, 10_000, 40_000].map((start) => stored.subarray(start, start + 64))
    const found = () => {
      tamper(folder, 'PRAGMA wal_checkpoint(TRUNCATE)')
      const content = readFileSync(join(folder, 'store.db'))
      return pieces.map((piece) => content.includes(piece))
    }
    expect(found()).toEqual([true, true, true])
    await store.stacks.remove('web', lease)
    expect(found()).toEqual([false, false, false])
  })

  it('can be read by its owner only, and so can everything in it', async () => {
    const folder = temporaryFolder()
    const store = await temporaryStore(folder)
    await fillStore(store, canary)
    const mode = (name: string) => (statSync(join(folder, name)).mode & 0o777).toString(8)
    expect(mode('.')).toBe('700')
    for (const name of readdirSync(folder)) expect([name, mode(name)]).toEqual([name, '600'])
  })

  it('is narrowed when it was wider before', async () => {
    const folder = temporaryFolder()
    mkdirSync(folder)
    chmodSync(folder, 0o777)
    writeFileSync(join(folder, 'store.db'), '')
    chmodSync(join(folder, 'store.db'), 0o666)
    await temporaryStore(folder)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(statSync(join(folder, 'store.db')).mode & 0o777).toBe(0o600)
  })

  it('is kept out of git, unless its user decides otherwise', async () => {
    const folder = temporaryFolder()
    await (await temporaryStore(folder)).close()
    const ignore = join(folder, '.gitignore')
    expect(readFileSync(ignore, 'utf8')).toBe('*\n')
    writeFileSync(ignore, '# mine\n')
    await temporaryStore(folder)
    expect(readFileSync(ignore, 'utf8')).toBe('# mine\n')
  })

  it('that cannot be made is an error that says why', async () => {
    const folder = temporaryFolder()
    writeFileSync(folder, 'a file')
    await expect(temporaryStore(folder)).rejects.toThrow(`${folder}`)
  })
})
