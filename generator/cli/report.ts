// In: diagnostics and problems of a run. Out: the same on stderr, as the command line asked for them.
import type { Output } from '../../runtime/cli/command.js'
import { GeneratorError } from '../errors.js'
import type { Diagnostic } from '../spec/diagnostic.js'

export interface ReportOptions {
  output: Output
  cwd: string
  format?: string | undefined
  /** Whether stdout is for JSON alone. */
  json?: boolean | undefined
}

/** Prints diagnostics, if there are any; what formats them is loaded only then. */
export async function reportDiagnostics(
  diagnostics: readonly Diagnostic[],
  { output, cwd, format, json = false }: ReportOptions,
): Promise<void> {
  if (diagnostics.length === 0) return
  const { formatDiagnostics } = await import('../spec/format.js')
  const text = formatDiagnostics(diagnostics, {
    format: format === 'github' ? 'github' : 'terminal',
    colour: output.colour,
    cwd,
  })
  output[format === 'github' && !json ? 'out' : 'err'](text)
}

/** Prints what kept providers from being written, a line each. Returns the exit code that they mean. */
export function reportProblems(problems: readonly Error[], output: Output): 0 | 1 | 2 | 3 {
  let exit: 0 | 1 | 2 | 3 = 0
  for (const problem of problems) {
    output.err(`error: ${problem.message}\n`)
    if (problem instanceof GeneratorError) {
      if (problem.hint) output.err(`  ${problem.hint}\n`)
      exit = exit > problem.exit ? exit : problem.exit
    } else exit = 3
  }
  return exit
}
