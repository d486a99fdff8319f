// Output folders and provider names that would do harm.
import { mkdirSync, symlinkSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { refuseOutputFolder, refuseProviderName } from '../../generator/output/safety.js'
import { acme, Workspace } from './workspace.js'

describe('an output folder', () => {
  const refused = (work: Workspace, root: string, specs = 'specs') =>
    refuseOutputFolder({ project: work.project, root, specs })

  it.each([
    ['.', '. cannot be the output folder: it is the project itself'],
    ['', '. cannot be the output folder: it is the project itself'],
    ['..', '.. cannot be the output folder: the project is in it'],
    ['/', 'it is the root of the disk'],
    ['/home', 'it is a home'],
    ['/home/someone', 'it is a home'],
    ['/Users/someone', 'it is a home'],
    [homedir(), 'it is'],
    ['specs', 'specs cannot be the output folder: it holds the specs'],
    ['file', 'file cannot be the output folder: it is a file'],
    ['repository', 'repository cannot be the output folder: it holds a git repository'],
    ['repository/.git/x', 'it holds a git repository'],
    ['linked', 'linked cannot be the output folder: it is a symbolic link out of the project'],
    ['linked/inner', 'it is a symbolic link out of the project'],
    ['nowhere', 'it is a symbolic link that leads nowhere'],
    ['itself', 'it is the project itself'],
  ])('is refused: %s', (root, why) => {
    using work = new Workspace()
    using outside = new Workspace()
    work.write('file', '')
    work.write('repository/.git/HEAD', '')
    symlinkSync(outside.project, work.path('linked'))
    symlinkSync(join(work.project, 'gone'), work.path('nowhere'))
    symlinkSync(work.project, work.path('itself'))
    expect(refused(work, root)).toMatchObject({
      exit: 2,
      message: expect.stringContaining(why),
      hint: expect.any(String),
    })
  })

  it('is refused where the specs are in it', () => {
    using work = new Workspace()
    expect(refused(work, 'src', 'src/specs')?.message).toBe('src cannot be the output folder: it holds the specs')
  })

  it.each(['generated', 'src/generated', './generated/', 'inside', join(tmpdir(), 'kloud-gen-none')])(
    'is taken: %s',
    (root) => {
      using work = new Workspace()
      mkdirSync(work.path('src/real'), { recursive: true })
      symlinkSync(work.path('src/real'), work.path('inside'))
      expect(refused(work, root)).toBeUndefined()
    },
  )

  it('that is refused is not planned in', async () => {
    using work = new Workspace()
    const plan = await work.plan([acme('1')], { root: '.' })
    expect(plan).toMatchObject({ providers: [], entries: [], problems: [{ exit: 2 }] })
  })
})

describe('a provider’s name', () => {
  const names = [
    '../x',
    'con',
    'nul',
    'com1',
    'lpt9',
    'index',
    '.git',
    'node_modules',
    '',
    'A',
    'a b',
    'a/b',
    'a.b',
    '1a',
    '-a',
    'é',
    'a'.repeat(64),
    'a\n',
    '__proto__',
  ]

  it.each(names)('is refused: %j', async (name) => {
    expect(refuseProviderName(name)).toMatchObject({
      exit: 2,
      message: expect.stringMatching(/^a provider cannot be named "/),
    })
    using work = new Workspace()
    expect((await work.plan([{ ...acme('1'), name }])).problems).toHaveLength(1)
  })

  it.each(['a', 'digitalocean', 'my-cloud_2', 'con1', 'com'])('is taken: %s', (name) => {
    expect(refuseProviderName(name)).toBeUndefined()
  })
})
