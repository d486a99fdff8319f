// `kloud compose`: what would Terraform get? Pure: no network, no Terraform, no state.
import { relative, resolve } from 'node:path'
import type { Composition } from '../../compose/composition.js'
import { ProviderFinder } from '../../discovery/find-providers.js'
import { inputError } from '../../errors.js'
import type { JsonObject } from '../../json.js'
import { readTemplate } from '../../template/read.js'
import { renderTemplate } from '../../template/render.js'
import { readVarFiles } from '../../template/var-files.js'
import { defineCommand, type ExitCode } from '../command.js'
import { otherProviders, readProviders } from '../compose-files.js'
import { providerOptions } from '../provider-options.js'
import { readDataFile, readPublicKey } from '../read-data.js'

export const composeCommand = defineCommand({
  about: 'print the one Terraform template that would be applied: no network, no Terraform, no state',
  options: {
    provider: { type: 'string', value: 'P', about: 'the provider that --credential and --bootstrap are for' },
    credential: { type: 'string', multiple: true, value: '[P=]FILE', about: 'the credential, as JSON or YAML' },
    bootstrap: { type: 'string', multiple: true, value: '[P=]FILE', about: 'the outputs of the bootstrap' },
    context: { type: 'string', value: 'FILE', about: 'for whom and for what: user, team, stack, variables' },
    template: {
      type: 'string',
      multiple: true,
      value: 'PATH',
      about: 'the stack: a .tf, .json or .yaml file, or a folder',
    },
    secrets: { type: 'string', value: 'FILE', about: 'write the secret variables there, for terraform -var-file' },
    'ssh-key': {
      type: 'string',
      value: 'FILE',
      about: 'the public SSH key of machines, for one derived from the credential',
    },
    ...providerOptions,
  },
  examples: [
    ['kloud compose --provider digitalocean --credential do.json --template stack.yaml', 'the template, as JSON'],
    ['kloud compose --credential aws=a.json --credential google=g.json --template ./stack', 'a stack on two clouds'],
  ],
  async run({ options, cwd, output }): Promise<ExitCode> {
    if (options.template === undefined) throw inputError('say which template: --template PATH')
    if (options.secrets !== undefined) {
      const { keepApart } = await import('../write-secrets.js')
      const { context: given, 'ssh-key': key, credential = [], bootstrap = [], template } = options
      const inputs = [...template, ...credential, ...bootstrap, given, key].filter((path) => path !== undefined)
      await keepApart(options.secrets, inputs, cwd)
    }
    const [{ compose }, { parseContext, withVarFiles }] = await Promise.all([
      import('../../compose/compose.js'),
      import('../../compose/context.js'),
    ])
    const contextData = options.context === undefined ? {} : await readDataFile(cwd, options.context, 'context')
    const paths = options.template.map((path) => relative('', resolve(cwd, path)) || '.')
    const context = withVarFiles(parseContext(contextData, options.context), await readVarFiles(paths))
    const publicKey = options['ssh-key'] === undefined ? undefined : await readPublicKey(cwd, options['ssh-key'])
    const finder = new ProviderFinder({ cwd, folder: options.providers })
    const { provider, credential, bootstrap } = options
    const providers = await readProviders(finder, { provider, credential, bootstrap, publicKey }, { cwd, context })
    const template = await readTemplate(paths)
    const others = await otherProviders(finder, template.blocks, providers)
    const composition = await compose({ template, providers, context, others })

    if (options.secrets !== undefined) {
      const { writeSecrets } = await import('../write-secrets.js')
      await writeSecrets(resolve(cwd, options.secrets), composition.secrets)
    }
    if (options.json) output.out(`${JSON.stringify(asJson(composition), null, 2)}\n`)
    else {
      for (const warning of composition.warnings) output.err(`warning: ${warning}\n`)
      output.out(renderTemplate(composition.template))
    }
    return 0
  },
})

function asJson({ template, machines, variables, warnings }: Composition): JsonObject {
  return {
    template,
    machines: machines.map(({ provider, label, resource, kiteId }) => ({ provider, label, resource, kiteId })),
    variables: Object.fromEntries(Object.entries(variables).map(([name, { secret }]) => [name, { secret }])),
    warnings: [...warnings],
  }
}
