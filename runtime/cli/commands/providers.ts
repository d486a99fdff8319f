// `kloud providers`: what providers are there, and where do they come from?

import { ProviderFinder } from '../../discovery/find-providers.js'
import { defineCommand, type ExitCode } from '../command.js'
import { warnOf } from '../error-text.js'
import { providerOptions } from '../provider-options.js'
import { table } from '../table.js'

export const providers = defineCommand({
  about: 'list the providers that there are: bundled, your own, and those of installed packages',
  options: providerOptions,
  examples: [
    ['kloud providers', 'one a line'],
    ['kloud providers --providers ./clouds --json', 'with those in ./clouds, for a program'],
  ],
  async run({ options, cwd, output }): Promise<ExitCode> {
    const { providers, failures } = await new ProviderFinder({ cwd, folder: options.providers }).all()
    if (options.json) {
      const list = providers.map(({ provider, origin, file }) => {
        const { name, title, homepage, terraform, machine } = provider
        return { name, title, homepage, source: terraform.source, machine: machine.resource, origin, file }
      })
      output.out(`${JSON.stringify({ providers: list }, null, 2)}\n`)
    } else {
      const origins = { bundled: 'bundled', own: 'your own', package: 'package' }
      const rows = providers.map(({ provider: { name, title, machine }, origin, file }) => {
        return [name, title, machine.resource, origin === 'bundled' ? origins.bundled : `${origins[origin]}: ${file}`]
      })
      output.out(table(rows))
    }
    warnOf(failures, output)
    return 0
  },
})
