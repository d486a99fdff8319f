// `kloud-gen watch`: generates at once, then after every change of a spec.
import { defineCommand, type ExitCode } from '../../../runtime/cli/command.js'
import { findProject } from '../../project.js'
import { watchSpecs } from '../../watch.js'
import { folderOptions } from '../options.js'
import { reportGenerated } from './generate.js'

export const watchCommand = defineCommand({
  about: 'generate at once, then after every change of a spec, only what changed; Ctrl-C ends it',
  options: { ...folderOptions },
  examples: [['kloud-gen watch', 'leave it running beside your editor']],
  async run({ options, cwd, output, signal, program }): Promise<ExitCode> {
    const project = await findProject(cwd, options)
    await watchSpecs(project, {
      signal,
      onReady: () => output.err(`watching ${project.specs} (Ctrl-C ends it)\n`),
      onError: (error) => output.err(`error: ${error instanceof Error ? error.message : String(error)}\n`),
      onGenerated: async (generated, first) => {
        const quiet =
          generated.diagnostics.length === 0 && generated.files.every(({ action }) => action === 'unchanged')
        if (first || !quiet) await reportGenerated(generated, { output, cwd, json: options.json ?? false })
      },
    })
    output.err(`${program} ends\n`)
    return 0
  },
})
