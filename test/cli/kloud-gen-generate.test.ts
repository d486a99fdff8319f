import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { Project, specNamed } from './kloud-gen.js'

const files = [
  '.kloud-gen.json',
  'README.md',
  'index.ts',
  'life.gen.test.ts',
  'machine.gen.ts',
  'machine.ts',
  'schema.gen.ts',
  'schema.json',
  'stack.gen.ts',
  'stack.ts',
]

describe('generate', () => {
  test('writes every provider, says so a line each, and sums up', async () => {
    const project = new Project({ 'specs/acme.yaml': specNamed('acme'), 'specs/beta.yml': specNamed('beta') })
    const { code, out, err } = await project.run('generate')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const lines = out.trimEnd().split('\n')
    expect(lines.slice(0, -1)).toEqual(
      ['acme', 'beta'].flatMap((name) =>
        files.filter((file) => !file.startsWith('.')).map((file) => `written  generated/${name}/${file}`),
      ),
    )
    expect(lines.at(-1)).toBe('2 providers, 18 files: 18 written, 0 unchanged, 0 deleted')
    expect(project.files('generated')).toEqual(
      ['acme', 'beta'].flatMap((name) => files.map((file) => `generated/${name}/${file}`)),
    )
  })

  test('a second time writes nothing, and says only that', async () => {
    const project = new Project({ 'specs/acme.yaml': specNamed('acme') })
    await project.run('generate')
    expect(await project.run('generate')).toEqual({
      code: 0,
      out: '1 provider, 9 files: 0 written, 9 unchanged, 0 deleted\n',
      err: '',
    })
  })

  test('remembers beside the packages what it found, and check reads that alone', async () => {
    const project = new Project({ 'specs/acme.yaml': specNamed('acme'), 'node_modules/other/index.js': '' })
    await project.run('generate')
    await sleep(3100)
    expect((await project.run('check')).code).toBe(0)
    expect(project.files('node_modules')).toEqual(['node_modules/other/index.js'])
    expect((await project.run('generate')).out).toMatch('9 unchanged')
    expect(project.files('node_modules')).toHaveLength(2)
    project.write('generated/acme/index.ts', 'edited\n')
    expect((await project.run('check')).code).toBe(1)
    expect((await project.run('generate')).code).toBe(1)
  })

  test('takes names, and knows those that are near', async () => {
    const project = new Project({ 'specs/acme.yaml': specNamed('acme'), 'specs/beta.yaml': specNamed('beta') })
    expect((await project.run('generate', 'beta')).out).toMatch(/^1 provider, 9 files: 9 written/m)
    expect(project.has('generated/acme')).toBe(false)
    await project.run('generate')
    const unknown = await project.run('generate', 'acem')
    expect(unknown).toMatchObject({ code: 2, out: '' })
    expect(unknown.err).toBe(
      'error: no spec is named acem: did you mean acme?\n  "kloud-gen new provider acem" begins one\n',
    )
    expect((await project.run('generate', 'other')).err).toContain('no spec is named other: there are acme, beta')
  })

  test('says that there is no spec of a name, though another is broken; not where that may be the one', async () => {
    const project = new Project({ 'specs/acme.yaml': specNamed('acme', 'titel: x') })
    for (const command of ['generate', 'check'])
      expect((await project.run(command, 'other')).err).toContain('error: no spec is named other: there are acme\n')
    expect((await project.run('generate', 'acme')).err).toContain('KG020')
    project.write('specs/beta.yaml', specNamed('beta'))
    await project.run('generate', 'beta')
    for (const command of ['generate', 'check']) {
      expect((await project.run(command, 'other')).err).toContain('no spec is named other: there are acme, beta\n')
      expect((await project.run(command, 'betta')).err).toContain('no spec is named betta: did you mean beta?\n')
    }
    project.write('specs/acme.yaml', 'name: "other')
    expect((await project.run('generate', 'other')).err).toContain('KG006')
  })

  test('writes a new className into the authors’ files, or tells of it where someone edited them', async () => {
    const project = new Project({ 'specs/acme.yaml': specNamed('acme') })
    await project.run('generate')
    const stack = project.read('generated/acme/stack.ts')
    project.write('generated/acme/machine.ts', `${project.read('generated/acme/machine.ts')}// mine\n`)
    project.write('specs/acme.yaml', specNamed('acme', 'className: New'))
    const { code, err } = await project.run('generate')
    expect({ code, err }).toEqual({
      code: 0,
      err: 'generated/acme/machine.ts: specs/acme.yaml now calls the class NewMachine: write that where it says AcmeMachine, then generate\n',
    })
    expect(project.read('generated/acme/stack.ts')).toBe(stack.replaceAll('AcmeStack', 'NewStack'))
    expect((await project.run('check')).code).toBe(1)
  })

  test('keeps files that someone edited, shows how, and answers no until --force', async () => {
    const project = new Project({ 'specs/acme.yaml': specNamed('acme') })
    await project.run('generate')
    const index = 'generated/acme/index.ts'
    const text = project.read(index)
    project.write(index, `${text}// mine\n`)
    const kept = await project.run('generate')
    expect(kept.code).toBe(1)
    expect(kept.out).toBe(`edited   ${index}\n1 provider, 9 files: 0 written, 8 unchanged, 0 deleted, 1 edited\n`)
    expect(kept.err).toContain(`${index}: `)
    expect(project.read(index)).toBe(`${text}// mine\n`)
    expect(await project.run('generate', '--force')).toMatchObject({
      code: 0,
      out: expect.stringContaining(`written  ${index}`),
    })
    expect(project.read(index)).toBe(text)
  })

  test('a broken spec is reported with exit 2, and keeps none of the others from being written', async () => {
    const project = new Project({
      'specs/acme.yaml': specNamed('acme', 'titel: x'),
      'specs/beta.yaml': specNamed('beta'),
    })
    const { code, out, err } = await project.run('generate')
    expect(code).toBe(2)
    expect(out).toMatch(/^1 provider, 9 files: 9 written/m)
    expect(err).toBe(
      'specs/acme.yaml:2:1 error KG020 unknown key titel\n   2 | titel: x\n     | ^^^^^\n  suggestion: title\n',
    )
  })

  test('a warning is told, and keeps nothing from being written', async () => {
    const fragment = "machine:\n  resource: acme_server\n  defaults: { a: '${{ team.slug | public }}' }"
    const project = new Project({ 'specs/acme.yaml': specNamed('acme', fragment) })
    const { code, out, err } = await project.run('generate')
    expect(code).toBe(0)
    expect(out).toContain('9 written')
    expect(err).toContain('warning KG078')
  })

  test('the code of a spec that is gone goes too, but for what is the author’s', async () => {
    const project = new Project({ 'specs/acme.yaml': specNamed('acme'), 'specs/beta.yaml': specNamed('beta') })
    await project.run('generate')
    project.write('specs/beta.yaml', specNamed('gamma'))
    const { code, out } = await project.run('generate')
    expect(code).toBe(0)
    expect(out).toContain('deleted  generated/beta/index.ts')
    expect(project.files('generated/beta')).toEqual(
      expect.arrayContaining(['generated/beta/machine.ts', 'generated/beta/stack.ts']),
    )
    expect(project.has('generated/gamma/index.ts')).toBe(true)
  })

  test('--json prints providers, files with actions, and how long it took, and nothing else', async () => {
    const project = new Project({ 'specs/acme.yaml': specNamed('acme'), 'specs/beta.yaml': specNamed('beta') })
    await project.run('generate', 'acme')
    project.write('generated/acme/README.md', 'mine\n')
    const { code, out, err } = await project.run('generate', '--json')
    expect(code).toBe(1)
    const answer = JSON.parse(out)
    expect(Object.keys(answer)).toEqual(['providers', 'files', 'durationMs'])
    expect(answer.providers).toEqual(['acme', 'beta'])
    expect(answer.durationMs).toEqual(expect.any(Number))
    expect(answer.files).toHaveLength(18)
    expect(answer.files[0]).toEqual({ path: 'generated/acme/README.md', action: 'edited' })
    expect(new Set(answer.files.map(({ action }: { action: string }) => action))).toEqual(
      new Set(['edited', 'unchanged', 'written']),
    )
    expect(err).toContain('generated/acme/README.md: ')
  })

  test('--json keeps diagnostics on stderr, in whatever format', async () => {
    const project = new Project({ 'specs/acme.yaml': specNamed('acme', 'titel: x') })
    for (const format of [[], ['--format', 'github']]) {
      const { code, out, err } = await project.run('generate', '--json', ...format)
      expect(code).toBe(2)
      expect(JSON.parse(out)).toMatchObject({ providers: [], files: [], diagnostics: [{ code: 'KG020' }] })
      expect(err).toMatch(
        format.length === 0 ? /^specs\/acme.yaml:2:1 error KG020/ : /^::error file=specs\/acme.yaml,line=2/,
      )
    }
  })

  test.each(['.', '..', '/', '/tmp/..', '~', 'specs', 'link', 'repo', 'file'])(
    'refuses to write into %s',
    async (out) => {
      const project = new Project({ 'specs/acme.yaml': specNamed('acme'), 'repo/.git/HEAD': '', file: '' })
      const { symlinkSync } = await import('node:fs')
      symlinkSync('/tmp', join(project.folder, 'link'))
      const before = project.files()
      const home = out === '~' ? (process.env.HOME ?? '/root') : out
      const { code, err } = await project.run('generate', '--out', home)
      expect(code).toBe(2)
      expect(err).toMatch(/^error: .* cannot be the output folder: .*\n {2}give a folder of its own/)
      expect(project.files()).toEqual(before)
    },
  )
})

describe('folders', () => {
  test.each([
    ['flags', ['--specs', 'cloud/specs', '--out', 'code'], {}],
    ['flags with more to them', ['--specs', './cloud/../cloud/specs/', '--out', 'code/'], {}],
    ['the settings', [], { 'kloud-gen.config.yaml': 'specs: ./cloud/specs\nout: code\n' }],
    ['a flag over the settings', ['--out', 'code'], { 'kloud-gen.config.yaml': 'specs: cloud/specs\nout: other\n' }],
  ])('come from %s, and code is the same however they were named', async (_, words, more) => {
    const project = new Project({ 'cloud/specs/acme.yaml': specNamed('acme'), ...more })
    expect(await project.run('generate', ...words)).toMatchObject({ code: 0 })
    expect(project.read('code/acme/index.ts')).toMatch(/^\/\/ code\/acme\/index.ts: from cloud\/specs\/acme.yaml\. /)
  })

  test('named absolutely leave no absolute path in the code', async () => {
    const project = new Project({ 'cloud/acme.yaml': specNamed('acme') })
    const words = ['--specs', join(project.folder, 'cloud'), '--out', join(project.folder, 'code')]
    expect(await project.run('generate', ...words)).toMatchObject({ code: 0 })
    for (const file of project.files('code')) expect(project.read(file), file).not.toContain(project.folder)
    expect(await project.run('check', '--specs', 'cloud', '--out', 'code')).toMatchObject({ code: 0 })
  })

  test('the project itself can hold the specs', async () => {
    const project = new Project({ 'acme.yaml': specNamed('acme') })
    expect(await project.run('generate', '--specs', '.')).toMatchObject({ code: 0 })
    expect(project.read('generated/acme/index.ts')).toContain('from acme.yaml.')
  })

  test.each([
    ['sepcs: x', 'kloud-gen.config.yaml has an unknown key sepcs: did you mean specs?'],
    ['specs: [x]', 'specs in kloud-gen.config.yaml must be the path of a folder'],
    ['tests: sometimes', 'tests in kloud-gen.config.yaml must be true or false'],
    ['- x', 'kloud-gen.config.yaml must be a map with specs, out and tests'],
    ['a: [', 'kloud-gen.config.yaml cannot be read: '],
  ])('settings that are wrong are one line, and exit 2: %j', async (text, message) => {
    const project = new Project({ 'kloud-gen.config.yaml': text })
    const { code, err } = await project.run('generate')
    expect(code).toBe(2)
    expect(err).toContain(`error: ${message}`)
  })

  test('"tests: false" leaves the tests out, also those that were there, and true brings them back', async () => {
    const project = new Project({ 'specs/acme.yaml': specNamed('acme') })
    await project.run('generate')
    project.write('kloud-gen.config.yaml', 'tests: false\n')
    expect((await project.run('check')).code).toBe(1)
    const { out } = await project.run('generate')
    expect(out).toBe(
      'deleted  generated/acme/life.gen.test.ts\n1 provider, 9 files: 0 written, 8 unchanged, 1 deleted\n',
    )
    expect((await project.run('check')).code).toBe(0)
    project.write('kloud-gen.config.yaml', 'tests: true\n')
    expect((await project.run('generate')).out).toMatch(/^written {2}generated\/acme\/life\.gen\.test\.ts\n1 provider/)
  })

  test('a folder of specs that is not there is told with what to do', async () => {
    const { code, err } = await new Project().run('generate')
    expect({ code, err }).toEqual({
      code: 2,
      err: 'error: there is no folder specs\n  begin with "kloud-gen new provider NAME", or say --specs DIR\n',
    })
  })

  test('a spec that others extend is no provider, and never work to do', async () => {
    const project = new Project({
      'specs/base.yaml': specNamed('x').replace(/^name: .*$/m, ''),
      'specs/acme.yaml': 'extends: ./base.yaml\nname: acme\n',
    })
    for (let run = 0; run < 2; run++)
      expect(await project.run('generate')).toMatchObject({
        code: 0,
        out: expect.stringMatching(/^1 provider, 9 files/m),
      })
    expect((await project.run('check')).code).toBe(0)
    project.write('specs/base.yaml', project.read('specs/base.yaml').replace('title: Acme', 'title: Acme Two'))
    expect((await project.run('check')).code).toBe(1)
    expect((await project.run('generate')).out).toContain('written  generated/acme/index.ts')
  })
})
