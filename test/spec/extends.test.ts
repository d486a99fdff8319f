import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { loadSpecs } from '../../generator/load.js'
import type { LoadedSpec } from '../../generator/spec/spec.js'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

interface Loaded {
  specs: LoadedSpec[]
  faults: string[]
}

/** Loads the files named, or all of them, of a folder made of texts by path. */
function load(files: Readonly<Record<string, string>>, ...names: string[]): Loaded {
  const folder = mkdtempSync(join(tmpdir(), 'kloud-gen-extends-'))
  folders.push(folder)
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  const wanted = names.length > 0 ? names : Object.keys(files)
  const { specs, diagnostics } = loadSpecs(wanted.map((file) => ({ path: join(folder, file), file })))
  const faults = diagnostics.map(
    ({ file, line, column, code, message }) => `${file}:${line}:${column} ${code} ${message}`,
  )
  return { specs, faults }
}

const base = `spec: kloud/v1
title: Base
homepage: https://base.example
terraform: { source: acme/acme, config: { token: '\${{ credential.token }}', zone: '\${{ credential.zone }}' } }
credential:
  token: { secret: true, label: Token, min: 8 }
  zone: { enum: [a, b] }
machine: { resource: acme_server, require: [name, image] }
`

test('scalars and lists replace, maps merge, null takes away, and a spec’s own keys come first', () => {
  const acme = `extends: ./shared/base.yaml
name: acme
title: Acme
homepage: null
credential:
  region: {}
  token: { min: 16, label: null }
  zone: null
machine: { require: [label] }
terraform: { config: { zone: null } }
`
  const { specs, faults } = load({ 'acme.yaml': acme, 'shared/base.yaml': base }, 'acme.yaml')
  expect(faults).toEqual([])
  const spec = { ...specs[0]?.spec }
  expect(spec).toEqual({
    spec: 'kloud/v1',
    name: 'acme',
    title: 'Acme',
    terraform: { source: 'acme/acme', config: { token: '${{ credential.token }}' } },
    credential: { region: {}, token: { secret: true, min: 16 } },
    machine: { resource: 'acme_server', require: ['label'] },
  })
  expect(Object.keys(spec.credential ?? {})).toEqual(['region', 'token'])
})

test('a chain of specs is followed, each path from the file that says it', () => {
  const { specs, faults } = load(
    {
      'acme.yaml': 'extends: shared/one.yaml\nname: acme\n',
      'shared/one.yaml': 'extends: ./deep/two.yaml\ntitle: One\n',
      'shared/deep/two.yaml': 'extends: ../../base.yaml\ntitle: Two\nhomepage: https://two.example\n',
      'base.yaml': base,
    },
    'acme.yaml',
  )
  expect(faults).toEqual([])
  expect(specs[0]?.spec).toMatchObject({ title: 'One', homepage: 'https://two.example' })
  expect(specs[0]?.inputs.map(({ path }) => path)).toEqual([
    'acme.yaml',
    'shared/one.yaml',
    'shared/deep/two.yaml',
    'base.yaml',
  ])
})

test('an error is placed in the file that says it', () => {
  const { faults } = load(
    {
      'acme.yaml': "extends: ./base.yaml\nname: acme\ncredential: { token: { pattern: '[' } }\n",
      'base.yaml': base.replace('credential.zone', 'credential.zoen').replace('title: Base', 'titel: Base\ntitle: x'),
    },
    'acme.yaml',
  )
  expect(faults).toEqual([
    'acme.yaml:3:33 KG055 this regular expression cannot be read: /[/: Unterminated character class',
    'base.yaml:2:1 KG020 unknown key titel',
    'base.yaml:5:99 KG072 credential has no zoen: it has token, zone, identifier',
  ])
})

test('a file that is named in full is named from the project where it is in it, and otherwise in full', () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'kloud gen-elsewhere-'))
  const project = mkdtempSync(join(tmpdir(), 'kloud-gen-extends-'))
  folders.push(elsewhere, project)
  mkdirSync(join(project, 'specs'))
  const filesOf = (base: string) => {
    writeFileSync(base, 'titel: x\n')
    writeFileSync(join(project, 'specs/acme.yaml'), `extends: ${JSON.stringify(base)}\nname: acme\n`)
    const { diagnostics } = loadSpecs([{ path: join(project, 'specs/acme.yaml'), file: 'specs/acme.yaml' }])
    return diagnostics.filter(({ code }) => code === 'KG020').map(({ file }) => file)
  }
  expect(filesOf(join(elsewhere, 'base.yaml'))).toEqual([join(elsewhere, 'base.yaml')])
  expect(filesOf(join(project, 'base.yaml'))).toEqual(['base.yaml'])
})

test('what is wrong in a file that several extend is reported once', () => {
  const { faults } = load({
    'acme.yaml': 'extends: ./base.yaml\nname: acme\n',
    'beta.yaml': 'extends: ./base.yaml\nname: beta\n',
    'base.yaml': base.replace('enum: [a, b]', 'enum: [a, a]'),
  })
  expect(faults).toEqual(['base.yaml:7:21 KG061 a is in the list twice'])
})

test('a file without a name is no provider where others extend it, and an error where none does', () => {
  const files = { 'acme.yaml': 'extends: ./base.yaml\nname: acme\n', 'base.yaml': base }
  const together = load(files)
  expect(together.faults).toEqual([])
  expect(together.specs.map(({ spec }) => spec.name)).toEqual(['acme'])
  expect(load({ 'base.yaml': base }).faults).toEqual(['base.yaml:1:1 KG021 missing key name: text'])
})

test('a file with a name can be a provider and extended by others', () => {
  const { specs, faults } = load({
    'acme.yaml': 'extends: ./base.yaml\nname: acme\n',
    'base.yaml': `name: beta\n${base}`,
  })
  expect(faults).toEqual([])
  expect(specs.map(({ spec }) => spec.name)).toEqual(['acme', 'beta'])
})

test('a file that is extended can be taken for known, where what extends it has not changed', () => {
  const { diagnostics } = loadSpecs([{ path: 'specs/nothing.yaml', file: 'specs/nothing.yaml' }], {
    names: new Map([['acme', 'specs/acme.yaml']]),
    extended: ['specs/base.yaml'],
  })
  expect(diagnostics.map(({ code }) => code)).toEqual(['KG001'])
})

test.each([
  ['is not there', './nowhere.yaml', 'nowhere.yaml does not exist: extends is a path from the file that says it'],
  ['is a folder', './folder', 'folder is not a file: extends names the YAML file itself'],
  ['has no path', '""', 'extends names no file'],
])('a base that %s is an error at extends, and the rest is checked as far as can be', (_, path, message) => {
  const { faults } = load({ 'acme.yaml': `name: acme\nextends: ${path}\ntitel: x\n`, 'folder/x.yaml': '' }, 'acme.yaml')
  expect(faults).toEqual([`acme.yaml:2:10 KG030 ${message}`, 'acme.yaml:3:1 KG020 unknown key titel'])
})

test('a base that is broken is reported in its own file', () => {
  const { faults } = load({ 'acme.yaml': 'extends: ./base.yaml\nname: acme\n', 'base.yaml': 'title: "x' }, 'acme.yaml')
  expect(faults).toEqual(['base.yaml:1:8 KG006 this quote does not end'])
})

test.each([
  ['that is a list', '- a\n- b\n', ['base.yaml:1:1 KG022 the spec must be a map, not a list']],
  [
    'whose own extends is no text',
    'title: Base\nextends: [./x.yaml]\n',
    ['base.yaml:2:10 KG022 extends must be text, not a list'],
  ],
])('a base %s is reported in its own file, and nothing is said to be missing', (_, text, expected) => {
  expect(load({ 'acme.yaml': 'extends: ./base.yaml\nname: acme\n', 'base.yaml': text }, 'acme.yaml').faults).toEqual(
    expected,
  )
})

test('where extends is no text, what is not there may be in what was meant', () => {
  expect(load({ 'acme.yaml': 'extends: 5\nname: acme\n' }).faults).toEqual([
    'acme.yaml:1:10 KG022 extends must be text, not a number',
  ])
})

test.each([
  ['itself', { 'acme.yaml': 'extends: ./acme.yaml\n' }, ['acme.yaml:1:10 KG031 acme.yaml extends itself']],
  [
    'itself through another',
    { 'acme.yaml': 'extends: ./b.yaml\n', 'b.yaml': 'name: b\nextends: ./acme.yaml\n' },
    ['b.yaml:2:10 KG031 acme.yaml extends itself through b.yaml'],
  ],
])('a spec that extends %s is refused', (_, files, expected) => {
  expect(load(files, 'acme.yaml').faults).toEqual(expected)
})

test('two specs of one name are an error, with both places', () => {
  const { faults, specs } = load({ 'a.yaml': `name: acme\n${base}`, 'b.yaml': `${base}name: acme\n` })
  expect(faults).toEqual(['b.yaml:9:7 KG044 a.yaml is named acme too: two providers cannot have one name'])
  expect(specs.map(({ file }) => file)).toEqual(['a.yaml'])
})

test('a key without a value is an error where there is nothing that it could take away', () => {
  const acme = `extends: ./shared/base.yaml
name: acme
title:
terraform: { config: { zone: null } }
anchors-of-nobody:
credential:
  zone:
  region:
  old: &old { label: Old, secret: true }
  new: { <<: *old, label: null }
machine: { resource: acme_server, defaults: { size small, zone: '\${{ credential.region }}' } }
`
  const { faults } = load({ 'acme.yaml': acme, 'shared/base.yaml': base }, 'acme.yaml')
  const nothing = 'has no value, and nothing that it could take away: give it one ({} is a map with nothing in it)'
  expect(faults).toEqual([
    'acme.yaml:3:1 KG021 title has no value: it must be text',
    `acme.yaml:5:1 KG021 anchors-of-nobody ${nothing}`,
    `acme.yaml:8:3 KG021 credential.region ${nothing}`,
    `acme.yaml:11:47 KG021 machine.defaults.size small ${nothing}`,
  ])
})
