import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { ensureFolder } from '../runtime/ensure-folder.js'

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kloud-folder-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

test('a folder is made with those above it, for whom the mode says, and only once', () => {
  const folder = join(temporary(), 'a', 'b')
  expect(ensureFolder(folder, 0o700)).toBe(true)
  expect(ensureFolder(folder)).toBe(false)
  expect(statSync(folder).mode & 0o777).toBe(0o700)
  expect(statSync(join(folder, '..')).mode & 0o777).toBe(0o700)
})

test('where a file stands, or above, there is an error and no folder', () => {
  const file = join(temporary(), 'file')
  writeFileSync(file, 'mine')
  expect(() => ensureFolder(file)).toThrow('EEXIST')
  expect(() => ensureFolder(join(file, 'in', 'it'))).toThrow('ENOTDIR')
  expect(statSync(file).isFile()).toBe(true)
})

test.runIf(existsSync('/proc/self'))('where no folder can be made, it is said', () => {
  expect(() => ensureFolder('/proc/no/such')).toThrow('ENOENT')
})
