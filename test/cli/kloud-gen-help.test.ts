import { expect, test } from 'vitest'
import { kloudGen } from '../../generator/cli/main.js'
import { runKloudGen } from './kloud-gen.js'

const commands = Object.keys(kloudGen.commands)

test('the commands are those of the contract', () => {
  expect(commands).toEqual(['new provider', 'generate', 'check', 'diff', 'watch', 'validate', 'explain', 'schema'])
})

test('help lists every command, wherever it is asked for', async () => {
  const help = await runKloudGen('--help')
  expect(help).toMatchObject({ code: 0, err: '' })
  for (const command of commands) expect(help.out).toContain(`\n  ${command} `)
  expect(await runKloudGen('-h')).toEqual(help)
  expect(await runKloudGen('help')).toEqual(help)
  expect(await runKloudGen()).toEqual({ code: 2, out: '', err: help.out })
})

test.each(commands)('%s has help, with an example that its own options allow', async (command) => {
  const { code, out, err } = await runKloudGen(...command.split(' '), '--help')
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(await runKloudGen('help', ...command.split(' '))).toEqual({ code, out, err })
  const examples = out
    .slice(out.indexOf('\nExamples:\n'))
    .split('\n')
    .filter((line) => line.includes(`kloud-gen ${command}`))
  expect(examples.length).toBeGreaterThan(0)
  const options = new Set(
    [...out.slice(0, out.indexOf('\nExamples:')).matchAll(/--[a-z-]+/g)].map(([option]) => option),
  )
  for (const common of ['--help', '--json', '--cwd']) expect(options).toContain(common)
  for (const [option] of examples.join('\n').matchAll(/--[a-z-]+/g)) expect(options).toContain(option)
})

test('a word that commands begin with has help, which lists them', async () => {
  const help = await runKloudGen('new', '--help')
  expect(help).toMatchObject({ code: 0, err: '', out: expect.stringContaining('\n  new provider  write a spec') })
  expect(help.out).not.toContain('\n  generate ')
  expect(await runKloudGen('new', '-h')).toEqual(help)
  expect(await runKloudGen('help', 'new')).toEqual(help)
})

test('the version is the package’s', async () => {
  const { code, out } = await runKloudGen('--version')
  expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) })
  expect((await runKloudGen('-v')).out).toBe(out)
})

test.each([
  [['genrate'], 'there is no command genrate: did you mean kloud-gen generate?'],
  [['frobnicate'], 'there is no command frobnicate: see kloud-gen --help'],
  [['--json', 'check'], 'options come behind the command: kloud-gen COMMAND --json'],
  [['--cwd=there', 'check'], 'options come behind the command: kloud-gen COMMAND --cwd'],
  [['new'], 'kloud-gen new needs another word: say one of provider'],
  [['new', 'provder', 'x'], 'kloud-gen new: there is no provder: did you mean kloud-gen new provider?'],
  [['new', 'provider'], 'kloud-gen new provider needs more: kloud-gen new provider NAME'],
  [['generate', '--froce'], 'kloud-gen generate has no option --froce: did you mean --force?'],
  [['check', '--xyzzy'], 'kloud-gen check has no option --xyzzy: see kloud-gen check --help'],
  [['check', '--force'], 'kloud-gen check has no option --force'],
  [['validate', '--format', 'xml'], '--format must be terminal or github, not xml'],
  [['generate', '--specs'], "option '--specs <value>' argument missing"],
  [['explain'], 'kloud-gen explain needs more: kloud-gen explain CODE'],
  [['explain', 'KG001', 'KG002'], '"KG002" is one word too many: kloud-gen explain CODE'],
  [['schema', 'x'], '"x" is one word too many: kloud-gen schema'],
  [['generate', '--cwd', '/nowhere/at/all'], '--cwd /nowhere/at/all is not a folder'],
])('a mistake in the command line is one line, and exit 2: %j', async (words, message) => {
  const { code, out, err } = await runKloudGen(...words)
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err.split('\n')[0]).toContain(`error: ${message}`)
  expect(err).not.toMatch(/\n {4}at /)
})
