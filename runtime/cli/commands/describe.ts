// `kloud describe`: what must a user enter for a provider?
import { ProviderFinder } from '../../discovery/find-providers.js'
import type { Provider } from '../../provider.js'
import { describeProvider } from '../../schema/describe-provider.js'
import { defineCommand, type ExitCode, type Output } from '../command.js'
import { warnOf } from '../error-text.js'
import { providerOptions } from '../provider-options.js'
import { table } from '../table.js'

export const describe = defineCommand({
  about: 'say what a user must enter for a provider, or for each',
  words: '[PROVIDER]',
  count: [0, 1],
  options: providerOptions,
  examples: [
    ['kloud describe digitalocean', 'the fields of a DigitalOcean credential'],
    ['kloud describe digitalocean --json', 'the answer of credential.describe'],
  ],
  async run({ options, words, cwd, output }): Promise<ExitCode> {
    const finder = new ProviderFinder({ cwd, folder: options.providers })
    const [name] = words
    const found = name === undefined ? await everyProvider(finder, output) : [await finder.get(name)]
    if (options.json) {
      const descriptions = found.map(describeProvider)
      output.out(`${JSON.stringify(name === undefined ? descriptions : descriptions[0], null, 2)}\n`)
    } else output.out(found.map(describeInWords).join('\n'))
    return 0
  },
})

async function everyProvider(finder: ProviderFinder, output: Output): Promise<Provider[]> {
  const { providers, failures } = await finder.all()
  warnOf(failures, output)
  return providers.map(({ provider }) => provider)
}

function describeInWords(provider: Provider): string {
  const rows = Object.entries(provider.Credential.fields).map(([name, field]) => {
    const needed =
      field.default === undefined ? (field.required === false ? 'optional' : '') : `default ${String(field.default)}`
    return [`  ${name}`, field.label, field.type, field.secret ? 'secret' : '', needed, field.help ?? '']
  })
  const values = Object.keys(provider.Bootstrap.fields)
  const bootstrap = values.length === 0 ? [] : [`  once bootstrapped, also: ${values.join(', ')}\n`]
  return [`${provider.title} (${provider.name})\n`, table(rows), ...bootstrap].join('')
}
