// In: a provider's model. Out: its README.md: what it needs, what it fills in, what it makes, a first stack.
import type { BootstrapModel, ProviderModel } from '../model/model.js'
import { article } from './article.js'
import { firstStackYaml } from './first-stack.js'
import { methodsTable, sandboxSentence, statesTable, toolSentence } from './readme/api.js'
import { credentialTable, longEnums, metadataTable, outputsTable } from './readme/fields.js'
import { inline, markdown, table } from './readme/markdown.js'
import { policyTable } from './readme/policy.js'
import { render } from './template.js'

export function emitReadme(model: ProviderModel, path: string): string {
  const { title, name, terraform, bootstrap, machine, homepage, description, fields } = model
  return render('README.md', {
    path,
    specFile: model.specFile,
    title: inline(title),
    name,
    about: inline(description ?? `${title}, as kloud knows it.`) + (homepage ? ` More at <${homepage}>.` : ''),
    source: terraform.source,
    version: terraform.version ?? '',
    tool: toolSentence(model.api),
    credential: credentialTable(fields.credential),
    enums: longEnums(fields.credential),
    bootstrapAbout: aboutBootstrap(bootstrap),
    cost: bootstrap.cost === undefined ? '' : inline(bootstrap.cost),
    notes: model.notes === undefined ? '' : markdown(model.notes),
    resources: table(
      ['resource', 'name'],
      bootstrap.resources.map(({ type, name }) => [`\`${type}\``, `\`${name}\``]),
    ),
    outputs: outputsTable(model),
    machine: `${article(machine.resource)} \`${machine.resource}\``,
    always: machine.set.length > 0,
    policy: policyTable(model),
    metadata: metadataTable(model),
    metadataEnums: longEnums(fields.metadata),
    methods: methodsTable(model),
    sandbox: sandboxSentence(model),
    states: statesTable(model),
    example: firstStackYaml(model),
  })
}

function aboutBootstrap({ sshKeyPair, resources, template }: BootstrapModel): string {
  const ssh = sshKeyPair ? 'An SSH key pair is made for each credential and kept encrypted. ' : ''
  if (resources.length > 0)
    return `${ssh}Once for each credential, and shared by all of its stacks, \`kloud bootstrap\` makes:`
  return ssh + (template ? 'Nothing is made; values are looked up.' : 'Nothing: this provider has no bootstrap.')
}
