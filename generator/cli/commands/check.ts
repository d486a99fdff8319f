// `kloud-gen check`: is the code what the specs give? Nothing is written.
import { defineCommand } from '../../../runtime/cli/command.js'
import { findProject } from '../../project.js'
import { survey } from '../../survey.js'
import { folderOptions, formatOptions } from '../options.js'
import { reportDiagnostics, reportProblems } from '../report.js'

export const check = defineCommand({
  about: 'say whether the code is what the specs give: 1 if anything is stale, edited, missing or left over',
  words: '[NAME…]',
  count: [0, 1000],
  options: { ...folderOptions, ...formatOptions },
  examples: [
    ['kloud-gen check', 'in CI: fails where someone forgot to generate'],
    ['kloud-gen check acme', 'one provider'],
  ],
  async run({ options, words, cwd, output, program }) {
    const project = await findProject(cwd, options)
    const found = survey(project, words)
    if (found.work.length === 0 && !found.leftOver) {
      if (options.json) output.out(`${JSON.stringify({ ok: true, findings: [], diagnostics: [] })}\n`)
      else
        output.out(
          `${found.fresh.length} ${found.fresh.length === 1 ? 'provider is' : 'providers are'} what the specs give\n`,
        )
      return 0
    }
    const { planRun } = await import('../../plan-run.js')
    const { checkPlan, formatJudgement } = await import('../../output/check.js')
    const { plan, diagnostics } = await planRun(found)
    const flags = [options.specs && `--specs ${options.specs}`, options.out && `--out ${options.out}`].filter(Boolean)
    const judgement = await checkPlan(plan, { command: [`npx ${program}`, ...flags].join(' ') })
    if (options.json) {
      const { diagnosticsJson } = await import('../../spec/format.js')
      const findings = judgement.findings.map(({ path, difference, diff, mend }) => ({ path, difference, diff, mend }))
      output.out(
        `${JSON.stringify({ ok: judgement.ok && diagnostics.length === 0, findings, diagnostics: diagnosticsJson(diagnostics) })}\n`,
      )
      await reportDiagnostics(diagnostics, { output, cwd, format: options.format, json: true })
    } else {
      await reportDiagnostics(diagnostics, { output, cwd, format: options.format })
      output.out(formatJudgement(judgement))
    }
    const exit = reportProblems(plan.problems, output)
    if (diagnostics.some(({ severity }) => severity === 'error')) return 2
    if (exit !== 0) return exit
    if (judgement.ok && !options.json) output.out('everything is what the specs give\n')
    return judgement.ok ? 0 : 1
  },
})
