import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { keepState, mendState } from '../../runtime/terraform/state-keeper.js'
import { temporaryFolder } from '../sandbox/sandboxed.js'

const state = (serial: number) => `${JSON.stringify({ version: 4, serial, resources: [{ a: 1 }] }, null, 2)}\n`

async function folderWith(files: Record<string, string>): Promise<string> {
  const folder = await temporaryFolder()
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text)))
  return folder
}

const stateIn = (folder: string) => readFile(join(folder, 'terraform.tfstate'), 'utf8')

test('a state that is whole stays, and the copy of it goes', async () => {
  const folder = await folderWith({ 'terraform.tfstate': state(2), 'terraform.tfstate.kept': state(1) })
  expect(await mendState(folder)).toBe(false)
  expect(await stateIn(folder)).toBe(state(2))
  expect(await readdir(folder)).toEqual(['terraform.tfstate'])
})

test.each([
  ['emptied', ''],
  ['cut', state(3).slice(0, 40)],
  ['cut behind an inner brace', `${state(3).slice(0, state(3).indexOf('}'))}}\n`],
])('a state that was %s is replaced by the last whole one', async (_, broken) => {
  const folder = await folderWith({
    'terraform.tfstate': broken,
    'terraform.tfstate.kept': state(2),
    'terraform.tfstate.backup': state(1),
  })
  expect(await mendState(folder)).toBe(true)
  expect(await stateIn(folder)).toBe(state(2))
})

test("without a copy, Terraform's own of the state before has to do", async () => {
  const folder = await folderWith({ 'terraform.tfstate': '', 'terraform.tfstate.backup': state(1) })
  expect(await mendState(folder)).toBe(true)
  expect(await stateIn(folder)).toBe(state(1))
})

test('a state that is there and cannot be read is not replaced', async () => {
  const folder = await folderWith({ 'terraform.tfstate.kept': state(2) })
  await mkdir(join(folder, 'terraform.tfstate'))
  await expect(mendState(folder)).rejects.toThrow('EISDIR')
  expect(await readdir(folder)).toEqual(['terraform.tfstate', 'terraform.tfstate.kept'])
})

test('where there never was a state there is none afterwards, nor the empty file that a lock leaves', async () => {
  expect(await mendState(await folderWith({}))).toBe(false)
  const locked = await folderWith({ 'terraform.tfstate': '' })
  expect(await mendState(locked)).toBe(false)
  expect(await readdir(locked)).toEqual([])
})

test('a state in one line, as OpenTofu writes it, is whole when it can be read', async () => {
  const line = JSON.stringify({ version: 4 })
  const whole = await folderWith({ 'terraform.tfstate': line, 'terraform.tfstate.kept': state(1) })
  expect(await mendState(whole)).toBe(false)
  const cut = await folderWith({ 'terraform.tfstate': line.slice(0, -1), 'terraform.tfstate.kept': state(1) })
  expect(await mendState(cut)).toBe(true)
})

test('while Terraform writes, the last whole state is kept, and put back if it was the last', async () => {
  const folder = await folderWith({ 'terraform.tfstate': state(0) })
  const keeper = await keepState(folder)
  for (let serial = 1; serial <= 20; serial += 1) {
    await writeFile(join(folder, 'terraform.tfstate'), state(serial))
    await sleep(5)
  }
  await expect.poll(() => readFile(join(folder, 'terraform.tfstate.kept'), 'utf8')).toBe(state(20))
  await writeFile(join(folder, 'terraform.tfstate'), '')
  await keeper.stop()
  expect(await stateIn(folder)).toBe(state(20))
  expect(await readdir(folder)).toEqual(['terraform.tfstate'])
})
