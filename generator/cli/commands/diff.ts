// `kloud-gen diff`: what generate would change, as one unified diff. Nothing is written.
import { defineCommand } from '../../../runtime/cli/command.js'
import { findProject } from '../../project.js'
import { survey } from '../../survey.js'
import { folderOptions, formatOptions } from '../options.js'
import { reportDiagnostics, reportProblems } from '../report.js'

export const diff = defineCommand({
  about: 'show what generate would change, as a unified diff: 1 if there is anything',
  words: '[NAME…]',
  count: [0, 1000],
  options: { ...folderOptions, ...formatOptions, force: { type: 'boolean', about: 'as generate --force would do' } },
  examples: [
    ['kloud-gen diff', 'every spec in specs/'],
    ['kloud-gen diff acme | less', 'one provider, a page at a time'],
  ],
  async run({ options, words, cwd, output }) {
    const project = await findProject(cwd, options)
    const found = survey(project, words, { all: options.force ?? false })
    if (found.work.length === 0 && !found.leftOver) {
      if (options.json) output.out(`${JSON.stringify({ files: [], diagnostics: [] })}\n`)
      return 0
    }
    const { planRun } = await import('../../plan-run.js')
    const { diffEntry, diffPlan } = await import('../../output/diff.js')
    const { plan, diagnostics } = await planRun(found, { force: options.force ?? false })
    if (options.json) {
      const changed = plan.entries.filter(({ action }) => action !== 'unchanged')
      const files = await Promise.all(
        changed.map(async (entry) => ({ path: entry.path, action: entry.action, diff: await diffEntry(entry) })),
      )
      const { diagnosticsJson } = await import('../../spec/format.js')
      output.out(`${JSON.stringify({ files, diagnostics: diagnosticsJson(diagnostics) })}\n`)
    } else output.out(await diffPlan(plan))
    await reportDiagnostics(diagnostics, { output, cwd, format: options.format, json: options.json })
    const exit = reportProblems(plan.problems, output)
    if (diagnostics.some(({ severity }) => severity === 'error')) return 2
    if (exit !== 0) return exit
    return plan.entries.some(({ action }) => action !== 'unchanged') ? 1 : 0
  },
})
