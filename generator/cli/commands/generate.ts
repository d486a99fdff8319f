// `kloud-gen generate`: specs to code.
import { defineCommand, type ExitCode, type Output } from '../../../runtime/cli/command.js'
import { type Generated, generate } from '../../generate.js'
import { findProject } from '../../project.js'
import { folderOptions, formatOptions } from '../options.js'
import { reportDiagnostics, reportProblems } from '../report.js'

export const generateCommand = defineCommand({
  about: 'turn specs into code; files that someone edited are kept, and reported',
  words: '[NAME…]',
  count: [0, 1000],
  options: {
    ...folderOptions,
    ...formatOptions,
    force: { type: 'boolean', about: 'replace generated files that were edited' },
  },
  examples: [
    ['kloud-gen generate', 'every spec in specs/'],
    ['kloud-gen generate acme', 'one provider'],
    ['kloud-gen generate --force', 'generated files that were edited, too'],
  ],
  async run({ options, words, cwd, output }) {
    const project = await findProject(cwd, options)
    const generated = await generate(project, {
      names: words,
      force: options.force ?? false,
      onWait: (message) => output.err(`${message}\n`),
    })
    return reportGenerated(generated, { output, cwd, format: options.format, json: options.json ?? false })
  },
})

/** Prints what became of each file, and says how it went. */
export async function reportGenerated(
  generated: Generated,
  { output, cwd, format, json }: { output: Output; cwd: string; format?: string | undefined; json: boolean },
): Promise<ExitCode> {
  const { providers, files, diagnostics, problems, durationMs } = generated
  if (json) {
    const listed = files.map(({ path, action }) => ({ path, action }))
    const found =
      diagnostics.length > 0 ? { diagnostics: (await import('../../spec/format.js')).diagnosticsJson(diagnostics) } : {}
    output.out(`${JSON.stringify({ providers, files: listed, durationMs, ...found })}\n`)
    await reportDiagnostics(diagnostics, { output, cwd, format, json })
  } else {
    await reportDiagnostics(diagnostics, { output, cwd, format })
    const changed = files.filter(({ action }) => action !== 'unchanged')
    const lines = changed.map(({ path, action }) => `${action.padEnd(8)} ${path}\n`)
    output.out(`${lines.join('')}${summary(generated)}\n`)
  }
  for (const { path, reason, snippet, toWrite } of files) {
    if (toWrite) output.err(`${path}: yours to write: ${toWrite.map((method) => `${method}()`).join(', ')}\n`)
    if (reason) output.err(`${path}: ${reason}\n`)
    if (snippet) output.err(`${snippet.replace(/^(?=.)/gm, '    ')}\n`)
  }
  const exit = reportProblems(problems, output)
  if (diagnostics.some(({ severity }) => severity === 'error')) return 2
  if (exit !== 0) return exit
  return files.some(({ refused }) => refused) ? 1 : 0
}

/** `3 providers, 24 files: 2 written, 22 unchanged, 0 deleted` */
function summary({ providers, files }: Generated): string {
  const count = (action: string) => files.filter((file) => file.action === action).length
  const rest = (['kept', 'edited'] as const).flatMap((action) =>
    count(action) > 0 ? [`, ${count(action)} ${action}`] : [],
  )
  const what = `${plural(providers.length, 'provider')}, ${plural(files.length, 'file')}`
  return `${what}: ${count('written')} written, ${count('unchanged')} unchanged, ${count('deleted')} deleted${rest.join('')}`
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
