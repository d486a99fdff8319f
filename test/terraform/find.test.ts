import { chmod, readdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { terraformEnvironment } from '../../runtime/terraform/environment.js'
import { findTerraform, isAtLeast } from '../../runtime/terraform/find.js'
import { temporaryFolder } from '../sandbox/sandboxed.js'

/** A program that says it is Terraform of a version, and counts how often it is asked. */
async function pretend(folder: string, name: string, version: string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, `#!/bin/sh\necho asked >> "${folder}/asked-$$"\necho '{"terraform_version":"${version}"}'\n`)
  await chmod(path, 0o755)
  return path
}

async function timesAsked(folder: string): Promise<number> {
  return (await readdir(folder)).filter((name) => name.startsWith('asked')).length
}

test('the flag comes before the environment, and the environment before the PATH', async () => {
  const [one, two, three] = [await temporaryFolder(), await temporaryFolder(), await temporaryFolder()]
  const path = await pretend(one, 'terraform', '1.5.0')
  const said = await pretend(two, 'mine', '1.6.0')
  const flag = await pretend(three, 'other', '1.7.0')
  const environment = { PATH: one, KLOUD_TERRAFORM: said }
  expect(await findTerraform({ flag, environment })).toEqual({ path: flag, product: 'terraform', version: '1.7.0' })
  expect(await findTerraform({ flag: './other', cwd: three, environment })).toMatchObject({ path: flag })
  expect(await findTerraform({ environment })).toMatchObject({ path: said })
  expect(await findTerraform({ environment: { PATH: one } })).toMatchObject({ path })
})

test('OpenTofu does where there is no Terraform, also by another name', async () => {
  const folder = await temporaryFolder()
  const tofu = await pretend(folder, 'tofu', '1.9.0')
  expect(await findTerraform({ environment: { PATH: folder } })).toEqual({
    path: tofu,
    product: 'tofu',
    version: '1.9.0',
  })
  await symlink(tofu, join(folder, 'terraform'))
  expect(await findTerraform({ environment: { PATH: folder } })).toMatchObject({
    path: join(folder, 'terraform'),
    product: 'tofu',
  })
})

test('none at all, one that is too old, one that is named and missing, and one that is something else say how to get one', async () => {
  const folder = await temporaryFolder()
  const hint = expect.stringContaining('https://developer.hashicorp.com/terraform/install')
  const environment = { PATH: folder }
  await expect(findTerraform({ environment })).rejects.toMatchObject({
    message: 'neither terraform nor tofu is on the PATH',
    fault: 'world',
    hint,
  })
  await expect(findTerraform({ flag: '/no/where', environment })).rejects.toMatchObject({
    message: expect.stringContaining('--terraform names /no/where'),
    fault: 'input',
    hint,
  })
  const old = await pretend(folder, 'terraform', '1.4.7')
  await expect(findTerraform({ environment })).rejects.toMatchObject({
    message: `${old} is version 1.4.7; Kloud needs 1.5.0 or later`,
    hint,
  })
  await writeFile(old, '#!/bin/sh\necho hello\n')
  await expect(findTerraform({ environment })).rejects.toMatchObject({
    message: expect.stringContaining('cannot be used as Terraform'),
    hint,
  })
})

test('a binary is asked for its version once, until it changes', async () => {
  const folder = await temporaryFolder()
  const options = { environment: { PATH: folder }, cacheFolder: join(folder, 'cache') }
  await pretend(folder, 'terraform', '1.8.0')
  await findTerraform(options)
  expect(await findTerraform(options)).toMatchObject({ version: '1.8.0' })
  expect(await timesAsked(folder)).toBe(1)
  await pretend(folder, 'terraform', '1.10.10')
  expect(await findTerraform(options)).toMatchObject({ version: '1.10.10' })
})

test.each([
  ['1.10.0', '1.9.0', true],
  ['1.5.0', '1.5.0', true],
  ['1.4.99', '1.5.0', false],
  ['2.0.0', '1.5.0', true],
  ['1.12.0-beta1', '1.12.0', true],
])('%s is at least %s: %s', (version, least, expected) => {
  expect(isAtLeast(version, least)).toBe(expected)
})

test('Terraform gets of the environment what it needs, and nothing that could steer it or holds a secret', () => {
  const from = {
    PATH: '/bin',
    HTTPS_PROXY: 'http://proxy',
    AWS_SECRET_ACCESS_KEY: 'x',
    TF_LOG: 'trace',
    TF_CLI_ARGS: '-x',
    TF_VAR_a: 'x',
    TF_TOKEN_example_com: 't',
    HOME: '/home',
  }
  expect(terraformEnvironment({ from, pluginCache: '/cache', extra: { TF_VAR_b: 'y' } })).toEqual({
    PATH: '/bin',
    HTTPS_PROXY: 'http://proxy',
    TF_TOKEN_example_com: 't',
    HOME: '/home',
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
    CHECKPOINT_DISABLE: '1',
    TF_CLI_CONFIG_FILE: '/dev/null',
    TF_PLUGIN_CACHE_DIR: '/cache',
    TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: '1',
    TF_VAR_b: 'y',
  })
})
