import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { Block } from '../../runtime/compose/block/block.js'
import type { JsonObject, JsonValue } from '../../runtime/json.js'
import { describeWithTerraform } from '../terraform.js'

const variables: JsonObject = {
  options: { a: 1 },
  taken: { http: 'mine' },
  keys: ['mine', '12'],
  numbers: [12, 13],
  env: [{ name: 'A', value: 'theirs' }],
  nics: [{ id: 'n1' }, { id: 'n2', net: 'theirs' }],
  metadata: { 'ssh-keys': 'you:k', other: 'x' },
  text: 'you:k',
  p: true,
  nest: { list: ['mine'] },
  nested: { list: { name: 'A' } },
}

const theirs = [{ name: 'A', value: 'theirs' }]

/** What a user wrote as an expression, what is done with it, and what Terraform makes of the result. */
const cases: readonly [value: string, work: (block: Block) => void, worth: JsonValue][] = [
  ['${var.options}', (block) => block.default('x.http', 'ours'), { a: 1, http: 'ours' }],
  ['${var.taken}', (block) => block.default('x.http', 'ours'), { http: 'mine' }],
  ['${var.taken}', (block) => block.set('x.http', 'ours'), { http: 'ours' }],
  ['${var.options}', (block) => block.default('x.b.c', 'ours'), { a: 1, b: { c: 'ours' } }],
  ['${var.keys}', (block) => block.append('x', ['12', 'k']), ['mine', '12', 'k']],
  ['${var.numbers}', (block) => block.append('x', ['12', 'k']), ['12', '13', 'k']],
  ['${var.options}', (block) => block.append('x.list', ['k']), { a: 1, list: ['k'] }],
  [
    '${var.env}',
    (block) =>
      block.append(
        'x',
        [
          { name: 'A', value: 'ours' },
          { name: 'B', value: 'ours' },
        ],
        { by: 'name' },
      ),
    [
      { name: 'A', value: 'theirs' },
      { name: 'B', value: 'ours' },
    ],
  ],
  [
    '${var.nics}',
    (block) => block.set('x[*].net', 'ours'),
    [
      { id: 'n1', net: 'ours' },
      { id: 'n2', net: 'ours' },
    ],
  ],
  ['${var.metadata}', (block) => block.append('x.ssh-keys', 'me:"k"'), { 'ssh-keys': 'you:k\nme:"k"', other: 'x' }],
  ['${var.options}', (block) => block.append('x.ssh-keys', 'me:k'), { a: 1, 'ssh-keys': 'me:k' }],
  ['${var.text}', (block) => block.append('x', 'me:k'), 'you:k\nme:k'],
  [
    '${var.options}',
    (block) => block.set('x.note', 'a ${var.text}\n"b" \\ $${c} %%{d}'),
    { a: 1, note: 'a you:k\n"b" \\ ${c} %{d}' },
  ],
  [
    '${var.p ? { keys = "bob:k", a = { b = 1 } } : { keys = "eve:k", a = { b = 2 } }}',
    (block) => {
      block.append('x.keys', 'me:k')
      block.default('x.a.c', 'ours')
    },
    { keys: 'bob:k\nme:k', a: { b: 1, c: 'ours' } },
  ],
  ['${var.p ? var.nest : {}}', (block) => block.append('x.list', ['k']), { list: ['mine', 'k'] }],
  ['${var.p ? var.env : []}', (block) => block.append('x', [{ name: 'A' }], { by: 'name' }), [...theirs]],
  [
    '${[for item in [var.env] : { env = item }]}',
    (block) => block.append('x[*].env', [{ name: 'A' }], { by: 'name' }),
    [{ env: [...theirs] }],
  ],
  ['${[var.nested][*].list}', (block) => block.append('x', [{ name: 'A' }], { by: 'name' }), [{ name: 'A' }]],
  ['${var.options}', (block) => block.set('x.note', '${var.p\n ? 1\n : 2}'), { a: 1, note: 1 }],
  ['${var.options}', (block) => block.set('x.note', 'a\rb'), { a: 1, note: 'a\rb' }],
  ['${var.options}', (block) => block.set('x.note', '%{ if true }5$%{ endif }${var.text}'), { a: 1, note: '5$you:k' }],
]

describeWithTerraform('what is added to expressions', ({ path }) => {
  it('is worth in Terraform what the policy says', async () => {
    const value = cases.map(([x, work]) => {
      const body: JsonObject = { x }
      work(new Block({ path: [], where: 'acme_vm.web', body, reference: () => 'var.x', problems: [] }))
      return body.x ?? null
    })
    const folder = await mkdtemp(join(tmpdir(), 'kloud-expressions-'))
    const variable = Object.fromEntries(Object.entries(variables).map(([name, worth]) => [name, { default: worth }]))
    await writeFile(join(folder, 'main.tf.json'), JSON.stringify({ variable, output: { all: { value } } }))
    const run = async (...words: string[]) => (await promisify(execFile)(path, words, { cwd: folder })).stdout
    await run('apply', '-auto-approve', '-no-color')
    const all: unknown = JSON.parse(await run('output', '-json', 'all'))
    await rm(folder, { recursive: true })
    expect(all).toEqual(cases.map(([, , worth]) => worth))
  })
})
