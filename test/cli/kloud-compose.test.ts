import { randomBytes } from 'node:crypto'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { JsonObject, JsonValue } from '../../runtime/json.js'
import { folderWith, runKloud } from './kloud.js'

const token = 'a1'.repeat(32)
const stack = { resource: { digitalocean_droplet: { web: { name: 'web', count: 2 } } } }

const droplet = (more: JsonObject) => ({ resource: { digitalocean_droplet: { web: { name: 'web', ...more } } } })

async function composeIn(files: Record<string, JsonValue | Uint8Array>, ...words: string[]) {
  const folder = await folderWith({ 'do.json': { access_token: token }, 'stack.json': stack, ...files })
  const usual = ['--provider', 'digitalocean', '--credential', 'do.json', '--template', 'stack.json']
  const said = await runKloud(
    'compose',
    '--cwd',
    folder,
    '--providers',
    join(process.cwd(), 'generated'),
    ...(words[0]?.startsWith('--provider') ? words : [...usual, ...words]),
  )
  return { folder, ...said }
}

describe('kloud compose', () => {
  it('prints the template that Terraform gets, and nothing else', async () => {
    const bootstrap = { key_id: '12', key_name: 'k', key_fingerprint: 'f' }
    const { code, out, err } = await composeIn({ 'b.json': bootstrap }, '--bootstrap', 'b.json')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(Object.keys(JSON.parse(out))).toEqual(['terraform', 'provider', 'variable', 'resource'])
  })

  it('prints machines, variables and warnings too with --json', async () => {
    const { code, out } = await composeIn({}, '--json')
    const answer = JSON.parse(out)
    expect(code).toBe(0)
    expect(Object.keys(answer)).toEqual(['template', 'machines', 'variables', 'warnings'])
    expect(answer.machines).toEqual([
      { provider: 'digitalocean', label: 'web.0', resource: 'digitalocean_droplet.web', kiteId: expect.any(String) },
      { provider: 'digitalocean', label: 'web.1', resource: 'digitalocean_droplet.web', kiteId: expect.any(String) },
    ])
    expect(answer.variables).toEqual({ digitalocean_access_token: { secret: true }, kitekeys_web: { secret: true } })
  })

  it('takes bootstrap values, also as terraform output prints them', async () => {
    const plain = { key_id: '12', key_name: 'k', key_fingerprint: 'f' }
    const outputs = Object.fromEntries(
      Object.entries(plain).map(([name, value]) => [name, { value, type: 'string', sensitive: false }]),
    )
    for (const bootstrap of [plain, outputs]) {
      const { out } = await composeIn({ 'b.json': bootstrap }, '--bootstrap', 'b.json')
      expect(JSON.parse(out).resource.digitalocean_droplet.web.ssh_keys).toEqual(['12'])
    }
  })

  it("takes values from the var files of the template's folder, where the context has none", async () => {
    const bytes = (text: string) => new TextEncoder().encode(text)
    const files = {
      'main.tf': bytes(
        'variable "size" {}\nresource "digitalocean_droplet" "web" {\n  size = var.size\n  name = var.custom_n\n}\n',
      ),
      'terraform.tfvars': bytes('size = "from-terraform"\nn = "web"\n'),
      'context.json': { variables: { size: 'from-context' } },
    }
    const usual = ['--provider=digitalocean', '--credential', 'do.json', '--template', '.']
    const { out } = await composeIn(files, ...usual)
    expect(JSON.parse(out).variable).toMatchObject({
      size: { default: 'from-terraform' },
      custom_n: { default: 'web' },
    })
    const { out: other } = await composeIn(files, ...usual, '--context', 'context.json')
    expect(JSON.parse(other).variable).toMatchObject({ size: { default: 'from-context' } })
  })

  it('takes a context', async () => {
    const { out } = await composeIn({ 'context.yaml': 'user:\n  nickname: ada\n' }, '--context', 'context.yaml')
    expect(JSON.parse(out).resource.digitalocean_droplet.web.user_data).toContain('- name: ada\n')
  })

  it('writes the secrets for Terraform where they are asked for, for the owner alone', async () => {
    const { folder, out } = await composeIn({}, '--secrets', 's.tfvars.json')
    const file = join(folder, 's.tfvars.json')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    const secrets = JSON.parse(await readFile(file, 'utf8'))
    expect(secrets.digitalocean_access_token).toBe(token)
    expect(Object.keys(secrets.kitekeys_web)).toEqual(['0', '1'])
    expect(out).not.toContain(token)
  })

  it('replaces an older file of secrets that others could read', async () => {
    const folder = await folderWith({ 'do.json': { access_token: token }, 'stack.json': stack, 's.tfvars.json': '{}' })
    await writeFile(join(folder, 's.tfvars.json'), 'old', { mode: 0o644 })
    const words = [
      '--provider',
      'digitalocean',
      '--credential',
      'do.json',
      '--template',
      'stack.json',
      '--secrets',
      's.tfvars.json',
    ]
    await runKloud('compose', '--cwd', folder, '--providers', join(process.cwd(), 'generated'), ...words)
    expect((await stat(join(folder, 's.tfvars.json'))).mode & 0o777).toBe(0o600)
  })

  it('composes for several providers', async () => {
    const both = { resource: { ...stack.resource, hcloud_server: { db: { name: 'db' } } } }
    const files = { 'both.json': both, 'h.json': { token: 'A'.repeat(64) } }
    const { code, out, err } = await composeIn(
      files,
      ...[
        '--providers',
        join(process.cwd(), 'generated'),
        '--credential',
        'digitalocean=do.json',
        '--credential',
        'hetzner=h.json',
      ],
      ...['--template', 'both.json', '--json'],
    )
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(
      JSON.parse(out).machines.map(({ provider, label }: Record<string, string>) => `${provider} ${label}`),
    ).toEqual(['digitalocean web.0', 'digitalocean web.1', 'hetzner db'])
  })

  it('warns on stderr of machines that no credential is given for, and of what is not bootstrapped', async () => {
    const both = { resource: { ...stack.resource, hcloud_server: { db: { name: 'db' } } } }
    const { err } = await composeIn({ 'stack.json': both })
    expect(err).toBe(
      'warning: hcloud_server.db: there is no credential for hetzner, so it gets no Klient\n' +
        'warning: digitalocean is not bootstrapped: what needs its key_name, key_id, key_fingerprint is left out\n',
    )
  })

  it('gives the same bytes with the same seed and time', async () => {
    const context = { seed: 7, now: '2026-01-01T00:00:00Z' }
    const [first, second] = await Promise.all([
      composeIn({ 'c.json': context }, '--context', 'c.json', '--json'),
      composeIn({ 'c.json': context }, '--context', 'c.json', '--json'),
    ])
    expect(second.out).toBe(first.out)
  })

  it('gives the same secrets with the same seed and time, and others with another', async () => {
    const secrets = async (seed: number) => {
      const context = { 'c.json': { seed, now: '2026-01-01T00:00:00Z' } }
      const { folder } = await composeIn(context, '--context', 'c.json', '--secrets', 's.json')
      return readFile(join(folder, 's.json'), 'utf8')
    }
    const [first, second, other] = await Promise.all([secrets(7), secrets(7), secrets(8)])
    expect(second).toBe(first)
    expect(other).not.toBe(first)
  })

  it('warns of what can read the secrets where Terraform runs', async () => {
    const template = {
      resource: {
        digitalocean_droplet: {
          web: { name: 'web', provisioner: [{ 'local-exec': { command: 'env' } }] },
          db: { name: '${trimspace(file("/proc/self/environ"))}', tags: ['local-exec', '/proc/self/environ'] },
        },
      },
      data: { external: { all: { program: ['env'] } } },
    }
    const { out } = await composeIn({ 'stack.json': template }, '--json')
    const reach = 'where Terraform runs, and can read its secrets: apply it only if you trust who wrote it'
    expect(JSON.parse(out).warnings.filter((warning: string) => warning.endsWith(reach))).toEqual([
      `data.external.all runs a program ${reach}`,
      `resource.digitalocean_droplet.web.provisioner[0].local-exec runs a program ${reach}`,
      `resource.digitalocean_droplet.db.name reads a file of /proc ${reach}`,
    ])
  })
})

describe('kloud compose on bad input', () => {
  const deep = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`
  const cases: [string, Record<string, JsonValue | Uint8Array>, string[], RegExp][] = [
    [
      'a template that is not JSON',
      { 'stack.json': '{ "resource": ' },
      [],
      /^error: .*stack\.json:1:\d+: .* \(415\)\n$/,
    ],
    ['a template that is a list', { 'stack.json': [] }, [], /^error: .*stack\.json:1:1: A template must be an object/],
    [
      'a template without a machine',
      { 'stack.json': { output: { o: { value: 1 } } } },
      [],
      /stack\.json.*: the template has no machine: add a resource of type digitalocean_droplet/,
    ],
    [
      'a machine that is a text',
      { 'stack.json': { resource: { digitalocean_droplet: { web: 'x' } } } },
      [],
      /stack\.json:1:\d+: resource\.digitalocean_droplet\.web must be an object/,
    ],
    [
      'a provider block that is a list of texts',
      { 'stack.json': { ...stack, provider: ['digitalocean'] } },
      [],
      /stack\.json:1:\d+: provider\[0\] must be an object/,
    ],
    [
      'two provider blocks without an alias',
      { 'stack.json': { ...stack, provider: { digitalocean: [{}, {}] } } },
      [],
      /provider\.digitalocean is declared twice/,
    ],
    [
      'a template that nests too deep',
      { 'stack.json': deep },
      [],
      /stack\.json:1:\d+: .*nested more than 500 levels deep/,
    ],
    [
      'a template with a __proto__ key',
      { 'stack.json': '{"resource":{"__proto__":{"a":{}}}}' },
      [],
      /stack\.json:1:\d+: .*__proto__/,
    ],
    [
      'a template of 20 MB',
      { 'stack.json': `{"//":"${'x'.repeat(20_000_000)}"}` },
      [],
      /stack\.json: A template may have 10 MiB/,
    ],
    ['a template that is not there', {}, ['--template', 'gone.json'], /gone\.json/],
    [
      'a credential that is not there',
      {},
      ['--provider', 'digitalocean', '--credential', 'gone.json', '--template', 'stack.json'],
      /gone\.json: the credential cannot be read: there is no such file/,
    ],
    [
      'a credential that does not match',
      { 'do.json': { access_token: 'short', regoin: 'x' } },
      [],
      /do\.json: digitalocean credential: access_token \(Access Token\) must be 64 hexadecimal digits, after dop_v1_ in newer tokens; has no field regoin/,
    ],
    [
      'a credential that is not JSON',
      { 'do.json': `{"access_token": "${token}" oops` },
      [],
      /do\.json:1:\d+: the credential is not JSON: expected /,
    ],
    [
      'a context that nests too deep',
      { 'c.json': deep },
      ['--context', 'c.json'],
      /c\.json:1:\d+: the context is not JSON: nested more than 500 levels deep/,
    ],
    [
      'a credential that is not YAML',
      { 'do.yaml': `access_token: "${token}\n  x: [` },
      ['--provider', 'digitalocean', '--credential', 'do.yaml', '--template', 'stack.json'],
      /do\.yaml:\d+:\d+: the credential is not YAML from here on/,
    ],
    [
      'a bootstrap that does not match',
      { 'b.json': { key_id: 'twelve' } },
      ['--bootstrap', 'b.json'],
      /b\.json: digitalocean bootstrap: key_name \(Key Name\) is missing; key_id \(Key Id\) must match/,
    ],
    [
      'an unknown provider',
      {},
      ['--provider', 'digitlocean', '--credential', 'do.json', '--template', 'stack.json'],
      /unknown provider digitlocean: known are aws, .*; did you mean digitalocean\? \(401\)/,
    ],
    [
      'a context with a bad key',
      { 'c.json': { usr: {} } },
      ['--context', 'c.json'],
      /c\.json: context: has no field usr; did you mean user\?/,
    ],
    [
      'a credential for nobody',
      {},
      ['--provider', 'digitalocean', '--template', 'stack.json'],
      /digitalocean needs its credential: --credential FILE/,
    ],
    [
      'no template',
      {},
      ['--provider', 'digitalocean', '--credential', 'do.json'],
      /say which template: --template PATH/,
    ],
    [
      'an option that does not exist',
      {},
      ['--tempalte', 'x'],
      /kloud compose has no option --tempalte: did you mean --template\?/,
    ],
    [
      'user data that conflicts with ours',
      {
        'stack.yaml': `resource:\n  digitalocean_droplet:\n    web:\n      name: web\n      user_data: |\n        #cloud-config\n        hostname: other\n`,
      },
      ['--provider', 'digitalocean', '--credential', 'do.json', '--template', 'stack.yaml'],
      /stack\.yaml:5:\d+: digitalocean_droplet\.web: user data: hostname conflicts with what Kloud sets there/,
    ],
    [
      'user data that nests too deep',
      { 'stack.json': droplet({ user_data: `#cloud-config\na: ${'['.repeat(10_000)}${']'.repeat(10_000)}\n` }) },
      [],
      /stack\.json:1:\d+: digitalocean_droplet\.web: user data: not YAML at line 2, column \d+: it is nested too deeply/,
    ],
    [
      'user data that is too large',
      { 'stack.json': droplet({ user_data: `#!/bin/sh\n# ${randomBytes(60_000).toString('hex')}\n` }) },
      [],
      /stack\.json:1:\d+: digitalocean_droplet\.web: user data: it has [\d,]+ bytes, [\d,]+ more than the 65,536/,
    ],
    [
      'a template that never ends',
      {},
      ['--provider', 'digitalocean', '--credential', 'do.json', '--template', '/dev/zero'],
      /A template is a \.tf, \.tf\.json, \.json, \.yaml or \.yml file/,
    ],
    [
      'a credential that never ends',
      {},
      ['--provider', 'digitalocean', '--credential', '/dev/zero', '--template', 'stack.json'],
      /\/dev\/zero: this credential has more than 10 MiB/,
    ],
    [
      'a credential of 20 MB',
      { 'do.json': { access_token: 'a'.repeat(20_000_000) } },
      [],
      /do\.json: this credential has more than 10 MiB/,
    ],
    [
      'a key of Kontrol that is none',
      { 'c.json': { kontrol: { privateKey: `-----BEGIN PRIVATE KEY-----\n${token}\n-----END PRIVATE KEY-----` } } },
      ['--context', 'c.json'],
      /c\.json: context: kontrol\.privateKey is not a private key in PEM/,
    ],
    [
      'a variable that is to be secret, wrongly said',
      { 'c.json': { variables: { password: { value: token, secret: 'yes' } } } },
      ['--context', 'c.json'],
      /c\.json: context: variables\.password must have value, and secret: true or false, and nothing else/,
    ],
    [
      'secrets in the place of the credential',
      {},
      ['--secrets', './do.json'],
      /\.\/do\.json: --secrets is a file that is read: it would be lost/,
    ],
    [
      'a variable that nothing provides',
      { 'stack.json': { ...stack, output: { o: { value: '${var.digitalocean_acess_token}' } } } },
      [],
      /stack\.json:1:\d+: output\.o\.value: nothing provides var\.digitalocean_acess_token; did you mean digitalocean_access_token\?/,
    ],
  ]

  it.each(cases)('%s: one line with the place, exit 2, no secret', async (_what, files, words, line) => {
    const { code, out, err } = await composeIn(files, ...words)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(line)
    expect(err).toMatch(/^error: [^\n]*\n(?: {2}[^\n]*\n)?$/)
    expect(err).not.toContain(token)
    expect(err).not.toContain('    at ')
  })
})
