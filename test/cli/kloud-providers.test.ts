import { cp, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { folderWith, runKloud } from './kloud.js'

const generated = join(process.cwd(), 'generated')

describe('kloud providers', () => {
  it('lists the providers, one a line', async () => {
    const { code, out } = await runKloud('providers')
    expect(code).toBe(0)
    expect(out.split('\n')[2]).toMatch(/^digitalocean +DigitalOcean +digitalocean_droplet +/)
  })

  it('finds those of a folder and of installed packages, in TypeScript and JavaScript', async () => {
    const folder = await folderWith({ 'package.json': { dependencies: { 'kloud-acme': '1' } } })
    await cp(join(generated, 'example'), join(folder, 'clouds/mine'), { recursive: true })
    const index = join(folder, 'clouds/mine/index.ts')
    const { readFile } = await import('node:fs/promises')
    await writeFile(index, (await readFile(index, 'utf8')).replace("name: 'example'", "name: 'mine'"))
    const packaged = join(folder, 'node_modules/kloud-acme')
    await mkdir(packaged, { recursive: true })
    await writeFile(
      join(packaged, 'package.json'),
      JSON.stringify({ name: 'kloud-acme', type: 'module', kloud: { providers: ['./acme.js'] } }),
    )
    await writeFile(join(packaged, 'acme.js'), packagedProvider)
    const { code, out } = await runKloud('providers', '--cwd', folder, '--providers', 'clouds', '--json')
    const found = JSON.parse(out).providers.filter(({ origin }: { origin: string }) => origin !== 'bundled')
    expect(code).toBe(0)
    expect(found).toEqual([
      expect.objectContaining({ name: 'acme', origin: 'package', file: 'kloud-acme/./acme.js', machine: 'acme_vm' }),
      expect.objectContaining({
        name: 'mine',
        origin: 'own',
        file: 'clouds/mine/index.ts',
        machine: 'example_instance',
      }),
    ])
    const described = await runKloud('describe', 'acme', '--cwd', folder)
    expect(described.out).toContain('token  Token  string  secret')
  })

  it('finds those in the folder that kloud-gen.config.yaml names', async () => {
    const folder = await folderWith({ 'kloud-gen.config.yaml': 'specs: clouds\nout: ./src/clouds/\n' })
    await cp(join(generated, 'example'), join(folder, 'src/clouds/example'), { recursive: true })
    const { code, out } = await runKloud('providers', '--cwd', folder)
    expect(code).toBe(0)
    expect(out).toMatch(/^example .* your own: src\/clouds\/example\/index\.ts$/m)

    const broken = await folderWith({ 'kloud-gen.config.yaml': 'out: [' })
    expect(await runKloud('providers', '--cwd', broken)).toMatchObject({
      code: 2,
      err: 'error: kloud-gen.config.yaml is not YAML (415)\n',
    })
  })

  it('lists the others where one does not load, and says why it does not', async () => {
    const folder = await folderWith({})
    await mkdir(join(folder, 'generated/broken'), { recursive: true })
    await writeFile(join(folder, 'generated/broken/index.ts'), 'export default { name: 1 }')
    await mkdir(join(folder, 'generated/worse'), { recursive: true })
    await writeFile(join(folder, 'generated/worse/index.ts'), 'import "./gone.js"')
    const { code, out, err } = await runKloud('providers', '--cwd', folder)
    expect(code).toBe(0)
    expect(out).toContain('digitalocean')
    expect(err).toMatch(
      /^warning: generated\/broken\/index\.ts is no provider \(410\)\nwarning: the provider in generated\/worse\/index\.ts cannot be loaded: .*gone/,
    )
    const all = await runKloud('describe', '--cwd', folder)
    expect(all).toMatchObject({ code: 0, out: expect.stringContaining('(vagrant)\n'), err })
    expect(await runKloud('describe', 'nope', '--cwd', folder)).toMatchObject({
      code: 2,
      err: expect.stringMatching(
        /^error: unknown provider nope: known are aws, .* \(401\)\n {2}generated\/broken.*gone/,
      ),
    })
    expect((await runKloud('describe', 'worse', '--cwd', folder)).err).toMatch(
      /^error: the provider in generated\/worse/,
    )
  })

  it('lets a provider of your own stand before a bundled one, and two of your own not', async () => {
    const folder = await folderWith({ 'package.json': { dependencies: { 'kloud-acme': '1' } } })
    await cp(join(generated, 'aws'), join(folder, 'generated/aws'), { recursive: true })
    const { out } = await runKloud('providers', '--cwd', folder, '--json')
    const aws = JSON.parse(out).providers.filter(({ name }: { name: string }) => name === 'aws')
    expect(aws).toMatchObject([{ origin: 'own' }])

    const packaged = join(folder, 'node_modules/kloud-acme')
    await mkdir(packaged, { recursive: true })
    await writeFile(join(packaged, 'package.json'), JSON.stringify({ kloud: { providers: ['aws.js'] } }))
    await writeFile(join(packaged, 'aws.js'), packagedProvider.replace("'acme'", "'aws'"))
    const twice = await runKloud('describe', 'aws', '--cwd', folder)
    expect(twice).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^error: there is already a provider aws \(405\)\n/),
    })
  })

  it('refuses a folder that is not there, and a package that points outside itself', async () => {
    expect(await runKloud('providers', '--providers', 'gone')).toMatchObject({
      code: 2,
      err: 'error: --providers: there is no folder gone (415)\n',
    })
    const folder = await folderWith({ 'package.json': { dependencies: { 'kloud-acme': '1' } } })
    const packaged = join(folder, 'node_modules/kloud-acme')
    await mkdir(packaged, { recursive: true })
    await writeFile(join(packaged, 'package.json'), JSON.stringify({ kloud: { providers: ['../../package.json'] } }))
    expect((await runKloud('providers', '--cwd', folder)).err).toContain('there is no such file in the package')
  })
})

describe('kloud describe', () => {
  it('answers as credential.describe does', async () => {
    const { out } = await runKloud('describe', 'digitalocean', '--json')
    expect(JSON.parse(out)).toEqual({
      provider: 'digitalocean',
      credential: [
        { name: 'access_token', type: 'string', label: 'Access Token', secret: true, readOnly: false, values: [] },
      ],
      bootstrap: [
        { name: 'key_name', type: 'string', label: 'Key Name', secret: false, readOnly: false, values: [] },
        { name: 'key_id', type: 'string', label: 'Key Id', secret: false, readOnly: false, values: [] },
        {
          name: 'key_fingerprint',
          type: 'string',
          label: 'Key Fingerprint',
          secret: false,
          readOnly: false,
          values: [],
        },
      ],
      userData: ['digitalocean_droplet', '*', 'user_data'],
      cloudInit: true,
    })
  })

  it('describes all of them', async () => {
    const { out } = await runKloud('describe', '--json')
    const described: { provider: string; cloudInit: boolean }[] = JSON.parse(out)
    expect(described.map(({ provider }) => provider)).toContain('vagrant')
    expect(described.find(({ provider }) => provider === 'vagrant')?.cloudInit).toBe(false)
  })

  it('says in words what to enter', async () => {
    const { out } = await runKloud('describe', 'digitalocean')
    expect(out).toBe(
      'DigitalOcean (digitalocean)\n' +
        '  access_token  Access Token  string  secret    https://cloud.digitalocean.com/account/api/tokens\n' +
        '  once bootstrapped, also: key_name, key_id, key_fingerprint\n',
    )
  })
})

/** A provider as a package holds it: JavaScript that imports the runtime. */
const packagedProvider = `
import { BaseMachine, BaseStack, defineProvider, schemaClass } from 'kloud-gen/runtime'
class Credential extends schemaClass('credential', { token: { type: 'string', label: 'Token', secret: true } }) {}
class Bootstrap extends schemaClass('bootstrap', {}) {}
class Metadata extends schemaClass('metadata', {}) {}
class Stack extends BaseStack {}
class Machine extends BaseMachine {}
export default defineProvider({
  name: 'acme', title: 'Acme', terraform: { source: 'acme/acme' }, machine: { resource: 'acme_vm' },
  Credential, Bootstrap, Metadata, Stack, Machine,
})
`
