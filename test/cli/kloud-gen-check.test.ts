import { describe, expect, test } from 'vitest'
import { Project, specNamed } from './kloud-gen.js'

async function generated(): Promise<Project> {
  const project = new Project({ 'specs/acme.yaml': specNamed('acme'), 'specs/beta.yaml': specNamed('beta') })
  await project.run('generate')
  return project
}

/** Every file with its content: what a command that writes nothing leaves as it was. */
function contents(project: Project): Record<string, string> {
  return Object.fromEntries(project.files().map((file) => [file, project.read(file)]))
}

describe('check', () => {
  test('says yes with exit 0', async () => {
    const project = await generated()
    expect(await project.run('check')).toEqual({ code: 0, out: '2 providers are what the specs give\n', err: '' })
    expect(await project.run('check', 'acme', '--json')).toEqual({
      code: 0,
      out: '{"ok":true,"findings":[],"diagnostics":[]}\n',
      err: '',
    })
  })

  test('says no with exit 1, a short diff, and the command that mends it; nothing is written', async () => {
    const project = await generated()
    project.write('specs/acme.yaml', specNamed('acme', 'description: New.'))
    project.write('generated/beta/schema.json', '{}\n')
    const { rmSync } = await import('node:fs')
    rmSync(`${project.folder}/generated/beta/index.ts`)
    const before = contents(project)
    const { code, out } = await project.run('check')
    expect(code).toBe(1)
    expect(out).toMatch(/generated\/acme\/index\.ts.*stale/)
    expect(out).toMatch(/generated\/beta\/schema\.json.*edited/)
    expect(out).toMatch(/generated\/beta\/index\.ts.*missing/)
    expect(out).toContain('npx kloud-gen generate acme')
    expect(out).toMatch(/^ *[-+].*New\./m)
    expect(contents(project)).toEqual(before)
  })

  test('finds what is left over of a spec that is gone', async () => {
    const project = await generated()
    const { rmSync } = await import('node:fs')
    rmSync(`${project.folder}/specs/beta.yaml`)
    const { code, out } = await project.run('check', '--json')
    expect(code).toBe(1)
    expect(JSON.parse(out).findings[0]).toMatchObject({
      path: expect.stringMatching(/^generated\/beta\//),
      difference: 'left over',
    })
  })

  test('finds the stubs that a spec no longer asks for, in methods and hooks', async () => {
    const http = 'http: { baseUrl: https://api.acme.com, auth: { bearer: x } }'
    const asking = `api: { ${http}, info: manual, stop: manual, verify: manual }\nhooks: { machine: true }`
    const project = new Project({ 'specs/acme.yaml': specNamed('acme', asking) })
    expect((await project.run('generate')).err).toBe(
      'generated/acme/machine.ts: yours to write: info(), stop()\ngenerated/acme/stack.ts: yours to write: verifyCredential(), machine()\n',
    )
    project.write('specs/acme.yaml', specNamed('acme', `api: { ${http}, info: manual, verify: GET /account }`))
    const said = await project.run('generate')
    expect([said.code, said.err]).toEqual([
      0,
      [
        'generated/acme/machine.ts: stop() in it is still an unwritten stub, and specs/acme.yaml does not ask for it any more: delete the method, then generate',
        'generated/acme/stack.ts: verifyCredential() in it is still an unwritten stub, and hides the one that specs/acme.yaml now gives: delete the method, then generate; machine() in it is still an unwritten stub, and specs/acme.yaml does not ask for it any more: delete the method, then generate',
        '',
      ].join('\n'),
    ])
    const { code, out } = await project.run('check')
    expect(code).toBe(1)
    expect(out).toContain('generated/acme/stack.ts is stale: verifyCredential() in it is still an unwritten stub')
  })

  test('a broken spec is exit 2', async () => {
    const project = await generated()
    project.write('specs/acme.yaml', 'titel: x')
    const { code, err } = await project.run('check')
    expect(code).toBe(2)
    expect(err).toContain('specs/acme.yaml:1:1 error KG020')
    expect(JSON.parse((await project.run('check', '--json')).out)).toMatchObject({
      ok: false,
      diagnostics: expect.arrayContaining([]),
    })
  })
})

describe('diff', () => {
  test('is empty, with exit 0, where there is nothing to do', async () => {
    const project = await generated()
    expect(await project.run('diff')).toEqual({ code: 0, out: '', err: '' })
    expect(await project.run('diff', '--json')).toEqual({ code: 0, out: '{"files":[],"diagnostics":[]}\n', err: '' })
  })

  test('is one unified diff that patch can apply, with exit 1; nothing is written', async () => {
    const project = await generated()
    const title = specNamed('acme', 'title: Acme Two')
    project.write('specs/acme.yaml', title)
    const before = contents(project)
    const { code, out } = await project.run('diff')
    expect(code).toBe(1)
    expect(out).toMatch(/^--- a\/generated\/acme\/README\.md\n\+\+\+ b\/generated\/acme\/README\.md\n@@ /m)
    expect(contents(project)).toEqual(before)
    const { spawnSync } = await import('node:child_process')
    const patched = spawnSync('patch', ['-p1'], { cwd: project.folder, input: out, encoding: 'utf8' })
    expect(patched.status, patched.stdout).toBe(0)
    const byPatch = contents(project)
    const again = new Project({ 'specs/acme.yaml': title, 'specs/beta.yaml': specNamed('beta') })
    await again.run('generate')
    for (const file of again.files('generated').filter((name) => !name.endsWith('.kloud-gen.json')))
      expect(byPatch[file], file).toBe(again.read(file))
  })

  test('takes names, --force and --json', async () => {
    const project = await generated()
    project.write('generated/acme/index.ts', '// mine\n')
    project.write('specs/beta.yaml', specNamed('beta', 'description: New.'))
    expect((await project.run('diff', 'beta')).out).not.toContain('generated/acme')
    const { code, out } = await project.run('diff', '--json', '--force')
    expect(code).toBe(1)
    const { files } = JSON.parse(out)
    expect(files.find(({ path }: { path: string }) => path === 'generated/acme/index.ts')).toMatchObject({
      action: 'written',
      diff: expect.stringContaining('-// mine'),
    })
  })
})

describe('validate', () => {
  test('says what is wrong in all specs, with exit 2, and sums up on stderr', async () => {
    const project = new Project({
      'specs/acme.yaml': specNamed('acme', 'titel: x'),
      'specs/beta.yaml': specNamed('beta'),
    })
    const { code, out, err } = await project.run('validate')
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toMatch(/^specs\/acme\.yaml:2:1 error KG020 .*\n[\s\S]*\n2 specs, 1 right: 1 error\n$/)
    expect(project.has('generated')).toBe(false)
  })

  test('takes files', async () => {
    const project = new Project({ 'a/acme.yaml': specNamed('acme') })
    expect(await project.run('validate', 'a/acme.yaml')).toEqual({
      code: 0,
      out: '',
      err: '1 spec, 1 right: no errors\n',
    })
    const wrong = await project.run('validate', 'a', 'b.yaml', 'a/acme.yaml')
    expect(wrong.code).toBe(2)
    expect(wrong.err).toMatch(/^a:1:1 error KG002 .*\nb\.yaml:1:1 error KG001 /)
  })

  test('--json prints the diagnostics of the contract, and nothing else', async () => {
    const project = new Project({ 'specs/acme.yaml': specNamed('acme', 'titel: x') })
    const { code, out, err } = await project.run('validate', '--json')
    expect({ code, err }).toEqual({ code: 2, err: '' })
    expect(JSON.parse(out)).toEqual({
      diagnostics: [
        {
          code: 'KG020',
          severity: 'error',
          message: 'unknown key titel',
          file: 'specs/acme.yaml',
          line: 2,
          column: 1,
          endLine: 2,
          endColumn: 6,
          suggestion: 'title',
        },
      ],
    })
  })

  test('--format github prints annotations on stdout, and nothing else', async () => {
    const project = new Project({ 'specs/acme.yaml': specNamed('acme', 'titel: x') })
    expect(await project.run('validate', '--format', 'github')).toEqual({
      code: 2,
      out: '::error file=specs/acme.yaml,line=2,col=1,endLine=2,endColumn=6,title=KG020::unknown key titel (suggestion: title)\n',
      err: '',
    })
  })

  test('a warning is exit 0', async () => {
    const fragment = "machine:\n  resource: acme_server\n  defaults: { a: '${{ team.slug | public }}' }"
    const project = new Project({ 'specs/acme.yaml': specNamed('acme', fragment) })
    expect(await project.run('validate')).toMatchObject({
      code: 0,
      err: expect.stringMatching(/KG078[\s\S]*1 warning\n$/),
    })
  })
})
