// In: a provider's model. Out: its README.md: what it needs, what it fills in, what it makes, a first stack.
import type { BootstrapModel, ProviderModel } from '../model/model.js'
import { writeYaml } from '../spec/yaml/write.js'
import { article } from './article.js'
import { firstStack } from './first-stack.js'
import { methodRows, sandboxSentence, stateRows, toolSentence } from './readme/api.js'
import { fieldRows, longEnums, metadataRows } from './readme/fields.js'
import { inline, markdown } from './readme/markdown.js'
import { policyRows } from './readme/policy.js'
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
    credential: fieldRows(fields.credential, 'credential'),
    enums: longEnums(fields.credential),
    bootstrapAbout: aboutBootstrap(bootstrap),
    cost: bootstrap.cost === undefined ? '' : inline(bootstrap.cost),
    notes: model.notes === undefined ? '' : markdown(model.notes),
    resources: bootstrap.resources,
    outputs: fieldRows(fields.bootstrap, 'bootstrap').map((row) => ({
      ...row,
      variable: `\${var.${name}_${row.name}}`,
    })),
    machine: `${article(machine.resource)} \`${machine.resource}\``,
    always: machine.set.length > 0,
    policy: policyRows(model),
    metadata: metadataRows(model),
    metadataEnums: longEnums(fields.metadata),
    methods: methodRows(model),
    sandbox: sandboxSentence(model),
    states: stateRows(model),
    example: writeYaml(firstStack(model)),
  })
}

function aboutBootstrap({ sshKeyPair, resources, template }: BootstrapModel): string {
  const ssh = sshKeyPair ? 'An SSH key pair is made for each credential and kept encrypted. ' : ''
  if (resources.length > 0)
    return `${ssh}Once for each credential, and shared by all of its stacks, \`kloud bootstrap\` makes:`
  return ssh + (template ? 'Nothing is made; values are looked up.' : 'Nothing: this provider has no bootstrap.')
}
