// `kloud-gen validate`: what is wrong in specs. Nothing is written.
import { relative, resolve } from 'node:path'
import { defineCommand } from '../../../runtime/cli/command.js'
import { loadSpecs } from '../../load.js'
import { findProject } from '../../project.js'
import { hasErrors } from '../../spec/diagnostic.js'
import { countDiagnostics, diagnosticsJson } from '../../spec/format.js'
import { findSpecFiles } from '../../spec-files.js'
import { folderOptions, formatOptions } from '../options.js'
import { reportDiagnostics } from '../report.js'

export const validate = defineCommand({
  about: 'check specs, and write nothing',
  words: '[FILE…]',
  count: [0, 1000],
  options: { ...folderOptions, ...formatOptions },
  examples: [
    ['kloud-gen validate', 'every spec in specs/'],
    ['kloud-gen validate specs/acme.yaml', 'one file'],
    ['kloud-gen validate --format github', 'annotations for a workflow on GitHub'],
  ],
  async run({ options, words, cwd, output }) {
    const paths =
      words.length > 0
        ? words.map((word) => ({
            path: resolve(cwd, word),
            file: (relative(cwd, resolve(cwd, word)) || word).replaceAll('\\', '/'),
          }))
        : findSpecFiles(await findProject(cwd, options))
    const { diagnostics, specs, shared } = loadSpecs(paths)
    if (options.json) output.out(`${JSON.stringify({ diagnostics: diagnosticsJson(diagnostics) })}\n`)
    else {
      await reportDiagnostics(diagnostics, { output, cwd, format: options.format })
      const files = paths.length - shared.length
      if (!options.format)
        output.err(
          `${files} ${files === 1 ? 'spec' : 'specs'}, ${specs.length} right: ${countDiagnostics(diagnostics)}\n`,
        )
    }
    return hasErrors(diagnostics) ? 2 : 0
  },
})
