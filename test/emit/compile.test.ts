import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { emit } from '../../generator/emit/emit.js'
import { resolveModel } from '../../generator/model/resolve.js'
import { read, smallestWith } from '../spec/smallest.js'
import { compile } from './compile.js'
import { hostileTexts, hostileYaml } from './hostile.js'

/** Specs that are made differently from ours: nothing in them, everything by hand, every type of field, hostile texts. */
const others = {
  smallest: smallestWith(),
  manual: smallestWith(
    'api: { verify: manual, info: manual, start: manual, stop: manual, restart: manual, destroy: manual }\nhooks: { machine: true }',
  ),
  types: smallestWith(`credential:
  string: {}
  integer: { type: integer, required: false }
  number: { type: number, default: 1.5 }
  boolean: { type: boolean, default: true }
  enum: { enum: { a: A, "b'c": B, 'd"e': '' } }
  duration: { type: duration, default: 2m, min: 60 }
  file: { type: file, secret: true }
  json: { type: file, json: { a: { secret: true }, b: { type: integer, required: false } } }
  object: { type: object, fields: { class: {}, list: { type: list, items: { secret: true } } } }
  any: { type: object, required: false }
  map: { type: map, items: { type: list, items: { enum: [x, y] } } }
  list: { type: list, items: { type: object, fields: { default: { default: x }, deep: { type: object, fields: { er: {} } } } }, required: false }
  things: { type: list, required: false }
  secret: { secret: true, required: false, deprecated: Use token. }
machine:
  resource: acme_text
  defaults: { a: '\${{ machine.name | lower }}-\${{ credential.integer | default(1) }}', b: '\${{ credential.json.b }}', c: '\${{ machine["x-y"].z[0] }}' }
  metadata: { id: { type: integer, required: true }, list: { type: list, items: {} }, when: { value: '\${{ credential.duration }}' } }`),
  expressions: smallestWith(`credential:
  token: { secret: true }
  port: { type: integer, required: false }
  zone: { required: false }
  zones: { type: list, items: { type: object, fields: { id: {} } }, required: false }
  flag: { type: boolean, default: false }
  tags: { type: map, required: false }
  key: { type: file, secret: true, required: false, json: { id: {}, secret: { secret: true } } }
terraform:
  source: acme/acme
  config: { a: '\${{ credential.token | base64 }}', b: '\${{ credential.key }}', c: '\${{ credential.key.secret }}', d: 'x \${{ credential.token }}' }
bootstrap:
  sshKeyPair: true
  resource: { acme_key: { kloud: { a: '\${{ ssh.public_key }}', b: 'x \${{ ssh.name }} y', c: '\${{ credential.port }}', d: '\${{ credential.zones }}' } } }
  outputs: { id: { value: '\${acme_key.kloud.id}', type: integer }, list: { value: '\${acme_key.kloud.list}', type: list, items: {} } }
machine:
  resource: acme_truncate
  defaults:
    a: '\${{ machine.label | upper | truncate(3) }}-\${{ machine.index }}-\${{ machine.key }}-\${{ machine.user }}'
    b: '\${{ credential.port | default(22) | int }}'
    c: '\${{ credential.zones[0].id | default("none") | lower }}'
    d: '\${{ credential.zones | json | base64 }}'
    e: '\${{ credential.flag }}'
    f: 'x \${{ credential.flag }} \${{ credential.port }} \${{ bootstrap.id }} \${{ bootstrap.list[0] }}'
    g: '\${{ bootstrap.list }}'
    h: '\${{ credential.key.id | slug }}'
    i: '\${{ credential.token | truncate(4) | public }}'
    j: '\${{ machine.disk[0].size }} \${{ machine.tags["a b"] | default("") }}'
    k: ['\${{ credential.tags.one }} x', '\${{ credential.tags }}']
    l: { deep: ['\${{ user.nickname | hostname }}', { deeper: '\${{ team.slug | slug(20) }}' }] }
    m: '\${{ stack.id }}\${{ stack.title }}\${{ stack.templateId }}'
    n: '\${{ credential.identifier }}'
  with:
    - when: '\${{ credential.flag }}'
      unless: [a, b]
      defaults: { o: '\${{ credential.zone }}' }
    - when: '\${{ credential.port }}'
      resource: { acme_nic: { nic: { name: '\${{ machine.name }}-nic', on: '\${{ machine.zone }}' } } }
  append: { keys: ['\${{ bootstrap.id }}'], lines: 'x \${{ credential.zone | default("y") }}', things: { by: name, items: [{ name: '\${{ machine.name }}' }] } }
  metadata: { kept: { value: '\${{ credential.port }}', type: integer }, list: { type: list, value: '\${{ bootstrap.list }}' }, who: { value: '\${{ user.username }}' } }
hooks: { machine: true }`),
  parts: smallestWith(`credential:
  key: { type: object, fields: { accessKeyId: {}, secretAccessKey: { secret: true } } }
api:
  sdk:
    package: '@aws-sdk/client-ec2'
    client: EC2Client
    config: { region: eu, credentials: '\${{ credential.key }}' }
  verify: { call: DescribeRegions }`),
  optional: smallestWith(`credential:
  spare: { type: object, required: false, fields: { accessKeyId: {}, secretAccessKey: { secret: true } } }
api:
  sdk: { package: '@aws-sdk/client-ec2', client: EC2Client, config: { credentials: '\${{ credential.spare }}' } }
  verify: { call: DescribeRegions }`),
  links: smallestWith(`api:
  http: { baseUrl: https://api.acme.example }
  verify:
    - call: GET /session
    - call: GET \${{ response.href }}
    - call: GET \${{ response.href | path }}
    - call: GET \${{ headers.location | path }}`),
  hostile: hostileYaml('hostile', Object.values(hostileTexts).join(' ')),
}

test('what is generated compiles under the strictest settings: the committed providers, and specs unlike them', async () => {
  const models = Object.entries(others).map(([name, text]) => {
    const { loaded, diagnostics } = read(text.replace(/^name: .*$/m, `name: ${name}`))
    if (!loaded) throw new Error(`${name}: ${JSON.stringify(diagnostics)}`)
    return resolveModel(loaded)
  })
  const files = new Map<string, string | undefined>()
  for (const [index, emitted] of (await emit(models)).entries())
    for (const { path, text } of emitted) files.set(resolve('generated', models[index]?.name ?? '', path), text)
  for (const provider of readdirSync('generated'))
    for (const file of readdirSync(resolve('generated', provider)))
      if (file.endsWith('.ts')) files.set(resolve('generated', provider, file), undefined)
  expect(compile(files)).toEqual([])
}, 120_000)

test('an author’s method takes the place of a generated one, whatever it gives back', () => {
  const text = `import type { MetadataPatch } from 'kloud-gen/runtime'
import { HetznerMachine } from './machine.gen.js'
import type { Metadata } from './schema.gen.js'

export class Machine extends HetznerMachine {
  override async start(signal: AbortSignal): Promise<void> {
    await super.start(signal)
  }
  override async stop(signal: AbortSignal): Promise<MetadataPatch<Metadata>> {
    await super.stop(signal)
    return {}
  }
}
`
  expect(compile(new Map([[resolve('generated/hetzner/mine.ts'), text]]))).toEqual([])
}, 120_000)
