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
  defaults: { a: '\${{ machine.name | lower }}-\${{ credential.integer | default("1") }}', b: '\${{ credential.json.b }}', c: '\${{ machine["x-y"].z[0] }}' }
  metadata: { id: { type: integer, required: true }, list: { type: list, items: {} }, when: { value: '\${{ credential.duration }}' } }`),
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
