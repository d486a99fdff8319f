// In: a provider's model. Out: index.ts, which registers the provider.
import type { ProviderModel } from '../model/model.js'
import { arrow, type Code, call, data, raw } from './code.js'
import { docText } from './doc.js'
import { print } from './print.js'
import { render } from './template.js'

export function emitIndex(model: ProviderModel, path: string): string {
  const { name, title, description, homepage, terraform, machine, bootstrap } = model
  const { userData } = machine
  const facts = data({
    name,
    title,
    description,
    homepage,
    terraform: { source: terraform.source, version: terraform.version, fixed: terraform.fixed },
    machine: {
      resource: machine.resource,
      userData: userData && {
        field: userData.field,
        format: userData.format,
        encoding: userData.encoding,
        limit: userData.limit,
        unless: userData.unless,
      },
    },
    sshKeyPair: bootstrap.sshKeyPair,
  })
  const classes = ['Credential', 'Bootstrap', 'Metadata', 'Stack', 'Machine'].map((word) => [word, raw(word)] as const)
  const described =
    model.api.played.description && ([['api', arrow('() =>', call('import', data('./api.gen.js')))]] as const)
  const definition: Code = {
    kind: 'object',
    entries: [...(facts.kind === 'object' ? facts.entries : []), ...classes, ...(described ?? [])],
  }
  return render('index.ts', {
    path,
    specFile: model.specFile,
    doc: docText(description ?? `${title}, as kloud knows it.`),
    definition: print(definition, 0, 200),
  })
}
