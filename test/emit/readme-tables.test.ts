import { describe, expect, test } from 'vitest'
import { emitReadme } from '../../generator/emit/readme.js'
import { resolveModel } from '../../generator/model/resolve.js'
import { read, smallestWith } from '../spec/smallest.js'

/** The README of the smallest spec with a fragment. */
function readme(fragment: string): string {
  const { loaded, diagnostics } = read(smallestWith(fragment))
  if (!loaded) throw new Error(diagnostics.map(({ message }) => message).join('\n'))
  return emitReadme(resolveModel(loaded), 'generated/acme/README.md')
}

/** The rows of its table under a heading, without the head. */
function rows(text: string, heading: string): string[] {
  const [, section = ''] = text.split(`## ${heading}\n`)
  const [own = ''] = section.split('\n## ')
  return own.split('\n').filter((line) => /^\| `/.test(line))
}

function machine(policy: string): string[] {
  return rows(readme(`machine:\n  resource: acme_server\n${policy}`), 'What is filled in')
}

describe('what is filled in', () => {
  test('is told with the words of the spec, expressions without their braces', () => {
    const policy = [
      '  require: [name]',
      '  defaults: { size: small, zone: "${{ machine.name }}-a", tags: { by: "${{ machine.label }}" }, id: "${{ machine.name | lower }}" }',
      '  set: { backups: false }',
      '  append: { keys: [k, "${{ user.username }}"] }',
      '  forbid: { args: use cmd }',
    ]
    expect(machine(policy.join('\n'))).toEqual([
      '| `name` | must be set |',
      '| `size` | `small` where it is not set |',
      '| `zone` | `${{ machine.name }}-a` where it is not set |',
      '| `tags` | `{by: machine.label}` where it is not set |',
      '| `id` | `machine.name \\| lower` where it is not set |',
      '| `backups` | always `false` |',
      '| `keys` | `[k, user.username]` is added to it |',
      '| `args` | must not be set: use cmd |',
    ])
  })

  test('tells when things come together', () => {
    const policy = [
      '  with:',
      '    - { unless: [net, nic], defaults: { net: n } }',
      "    - { when: '${{ user.email }}', resource: { acme_mail: { box: { name: b } } }, defaults: { mail: m } }",
    ]
    expect(machine(policy.join('\n'))).toEqual([
      '| `net` | `n` where it is not set, unless `nic` is set |',
      '| `acme_mail` | an `acme_mail` is made beside each machine, when there is `user.email` |',
      '| `mail` | `m` where it is not set, when there is `user.email` |',
    ])
  })

  test('tells how much user data a cloud takes', () => {
    expect(machine('  userData: { field: data, limit: 16KiB, unless: [data_base64] }')).toEqual([
      '| `data` | cloud-init data that installs Klient, merged with your own; at most 16 KiB; not where `data_base64` is set |',
    ])
  })
})

describe('what it needs', () => {
  test('has the words of an enum with their titles, many of them below the table', () => {
    const many = Array.from({ length: 7 }, (_, index) => `z${index}: Zone ${index}`).join(', ')
    const text = readme(`credential:\n  place: { enum: { eu: Europe, us: US } }\n  zone: { enum: { ${many} } }`)
    expect(rows(text, 'What it needs')).toEqual([
      '| `place` | Place. | one of `eu` (Europe), `us` (US) | yes |  |',
      '| `zone` | Zone. | one of those below | yes |  |',
    ])
    expect(text).toContain('\n`zone`: `z0` Zone 0 · `z1` Zone 1 · ')
  })

  test('has the parts of a file, where a value is found, and how it must look', () => {
    const key =
      "{ type: file, secret: true, help: 'https://acme.example/keys', json: { id: {}, key: { secret: true } } }"
    const text = readme(`credential:\n  key: ${key}\n  token: { pattern: ^t$, message: must be t, help: On the page. }`)
    expect(rows(text, 'What it needs')).toEqual([
      '| `key` | Key. Found at <https://acme.example/keys>. | file of JSON with `id` and `key`, secret | yes |  |',
      '| `token` | Token. It must be t. On the page. | string | yes |  |',
    ])
  })

  test.each([
    ['api:\n  exec: { program: acme }\n  verify: { run: [--version] }', 'through the program `acme`.'],
    ['api:\n  sdk: { package: "@acme/sdk", client: Acme }\n  verify: { call: Ask }', '`npm install @acme/sdk`.'],
  ])('names what must be there beside Terraform: %j', (api, expected) => {
    expect(readme(api)).toContain(expected)
  })
})

describe('a first stack', () => {
  const stack = (policy: string) =>
    /```yaml\n([\s\S]*?)```/
      .exec(readme(`machine:\n  resource: acme_server\n${policy}`))?.[1]
      ?.split('\n')
      .slice(3, -1)

  test('has what is required, with the values of the example, and user data', () => {
    const policy = [
      '  require: [name, cmd, "nic[0].net", disk.image, zone]',
      '  example: { cmd: run it, disk.image: "linux:1", "nic[0].net": n }',
      '  userData: { field: meta.data }',
    ]
    expect(stack(policy.join('\n'))).toEqual([
      '      name: web',
      '      cmd: run it',
      '      nic:',
      '        - net: n',
      '      disk:',
      '        image: linux:1',
      '      zone: …',
      '      meta:',
      '        data: |',
      '          #!/bin/sh',
      '          echo "Hello, ${var.koding_user_username}" > /tmp/hello',
    ])
  })
})
