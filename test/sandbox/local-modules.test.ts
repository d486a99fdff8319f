import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { localModules } from '../../runtime/sandbox/local-modules.js'
import { temporaryFolder } from './sandboxed.js'

test('local modules are read, and those that they call; a circle, and what cannot be read, ends nothing', async () => {
  const folder = await temporaryFolder()
  const write = async (path: string, text: string) => {
    await mkdir(join(folder, path), { recursive: true })
    await writeFile(join(folder, path, 'm.tf'), text)
  }
  await write('a', 'module "b" { source = "../b" }\nresource "acme_vm" "a" {}')
  await write('b', 'module "a" { source = "../a" }\nresource "acme_vm" "b" {}')
  await write('broken', 'resource {')
  const sources = ['./a', './broken', './none', 'acme/vm/acme', 'git::https://acme.example/vm.git']
  const module = Object.fromEntries(sources.map((source, index) => [`m${index}`, { source }]))
  const found = await localModules({ module }, folder)
  expect(found.map(({ resource }) => resource)).toEqual([{ acme_vm: { a: {} } }, { acme_vm: { b: {} } }])
  expect(await localModules({}, folder)).toEqual([])
})
