import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LanguageClient } from '../spec/language-client.js'
import { Project } from './kloud-gen.js'

let client: LanguageClient
beforeAll(async () => {
  client = await LanguageClient.start()
})
afterAll(() => client.stop())

const kinds = [
  ['with --yes', ['--yes']],
  ['where nobody can be asked', []],
  ['with an API over HTTP', ['--transport', 'http', '--field', 'token:secret']],
  [
    'with all that can be said',
    [
      '--title',
      'Beta\'s: "Cloud" & Co\n#1 {{x}} ${y}',
      '--source',
      'registry.acme.example/acme/beta',
      '--resource',
      'beta_vm_small',
    ].concat(['--field', 'api_key:secret,region', '--field', 'project', '--base-url', 'http://localhost:8080/v2']),
  ],
  ['without a credential', ['--field', '']],
] as const

describe.each(kinds)('new provider, %s,', (_, words) => {
  test('writes a spec that is right, to an editor too, and its code', async () => {
    const project = new Project()
    const { code, out, err } = await project.run('new', 'provider', 'acme', ...words)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(
      /^written {2}specs\/acme\.yaml\n(written {2}generated\/acme\/\S+\n){9,10}\nNext:\n {2}edit specs\/acme\.yaml: /,
    )
    expect(await project.run('validate')).toMatchObject({ code: 0 })
    expect(await project.run('check')).toMatchObject({ code: 0 })
    expect(project.read('specs/acme.yaml')).toMatch(/^# yaml-language-server: \$schema=\.\/kloud-v1\.schema\.json\n/)
    expect(await client.open(`${project.folder}/specs/acme.yaml`, project.read('specs/acme.yaml'))).toEqual([])
  })

  test('shows keys in comments that are right as they stand', async () => {
    const project = new Project()
    await project.run('new', 'provider', 'acme', ...words)
    const [, , ...lines] = project.read('specs/acme.yaml').split('\n')
    const whole = lines.map((line) => line.replace(/^( *)# /, '$1')).join('\n')
    expect(whole).not.toBe(lines.join('\n'))
    project.write('specs/acme.yaml', whole)
    expect(await project.run('validate')).toEqual({ code: 0, out: '', err: '1 spec, 1 right: no errors\n' })
  })
})

test('what was said stands in the spec', async () => {
  const project = new Project()
  const words = [
    '--title',
    'Beta: Cloud',
    '--source',
    'acme/beta',
    '--resource',
    'beta_vm',
    '--field',
    'key:secret',
    '--field',
    'region',
  ]
  await project.run('new', 'provider', 'beta', ...words, '--base-url', 'https://api.beta.example')
  const spec = project.read('specs/beta.yaml')
  for (const line of [
    'title: "Beta: Cloud"',
    'source: acme/beta ',
    'resource: beta_vm ',
    'region: ${{ credential.region }}',
    "auth: { bearer: '${{ credential.key }}' }",
    'baseUrl: https://api.beta.example\n',
  ])
    expect(spec).toContain(line)
  expect(spec.match(/secret: true/g)).toHaveLength(1)
})

test('--json prints the provider and its files, and nothing else', async () => {
  const { code, out, err } = await new Project().run('new', 'provider', 'acme', '--json')
  expect({ code, err }).toEqual({ code: 0, err: '' })
  const answer = JSON.parse(out)
  expect(Object.keys(answer)).toEqual(['provider', 'files'])
  expect(answer.provider).toBe('acme')
  expect(answer.files).toHaveLength(10)
})

test('folders are those of the flags and settings', async () => {
  const project = new Project({ 'kloud-gen.config.yaml': 'specs: clouds' })
  await project.run('new', 'provider', 'acme', '--out', 'code')
  expect(project.files()).toEqual(expect.arrayContaining(['clouds/acme.yaml', 'code/acme/index.ts']))
  expect(project.has('generated')).toBe(false)
})

test.each(['../x', 'con', 'index', '.git', 'class', 'Acme', 'a b', '', '-', '1x', 'a'.repeat(64)])(
  'a provider named %j is refused, and nothing written',
  async (name) => {
    const project = new Project()
    const { code, err } = await project.run('new', 'provider', '--', name)
    expect(code).toBe(2)
    expect(err).toMatch(/^error: ".*" cannot be a provider's name: .*\n$/)
    expect(project.files()).toEqual([])
  },
)

test.each([
  [['--source', 'acme'], '"acme" is no address in the Terraform registry: write NAMESPACE/NAME'],
  [['--resource', 'server'], '"server" is no resource type: write it whole, such as acme_instance'],
  [['--base-url', 'acme'], '"acme" is no URL: begin with https://'],
  [['--title', ' '], 'the title is empty'],
  [['--title', '${{ x }}'], 'a title cannot hold ${{, with which an expression begins'],
  [['--base-url', 'https://a.b/?x'], 'an API has an address without parameters and passwords'],
  [['--base-url', 'http://acme.example'], 'an API is called with https://, or with http:// on this machine'],
  [['--field', 'a-b'], '"a-b" cannot be the name of a field: use letters, digits and _'],
  [['--field', 'toString'], '"toString" cannot be the name of a field: every generated class has a member of it'],
  [['--field', 'a:open'], '"a:open" is no field: write NAME or NAME:secret'],
  [['--field', 'a', '--field', 'a'], 'the field a is given twice'],
  [['--field', 'api_key,apiKey'], 'the fields api_key and apiKey become the same name'],
  [['--transport', 'ftp'], '--transport must be http or manual, not ftp'],
  [['--out', '.'], '. cannot be the output folder: it is the project itself'],
])('an answer that cannot be is refused, and nothing written: %j', async (words, message) => {
  const project = new Project()
  const { code, err } = await project.run('new', 'provider', 'acme', ...words)
  expect(code).toBe(2)
  expect(err.split('\n')[0]).toBe(`error: ${message}`)
  expect(project.files()).toEqual([])
})

test.each(['specs/acme.yaml', 'specs/acme.yml'])('%s that is there already is left as it is', async (file) => {
  const project = new Project({ [file]: '# mine\n' })
  const { code, err } = await project.run('new', 'provider', 'acme')
  expect(code).toBe(2)
  expect(err).toContain('is there already')
  expect(project.read(file)).toBe('# mine\n')
  expect(project.files()).toEqual([file])
})
