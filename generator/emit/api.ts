// In: a provider's model. Out: api.gen.ts, how the cloud's API is called, where the sandbox can play that; nothing where it cannot.
import type { ProviderModel } from '../model/model.js'
import type { OutputFile } from '../output/output-file.js'
import { type Code, data, raw } from './code.js'
import { docText } from './doc.js'
import { Imports } from './imports.js'
import { print } from './print.js'
import { render } from './template.js'

export function emitApi(model: ProviderModel, path: string): OutputFile[] {
  const { description } = model.api.played
  if (!description) return []
  const imports = new Imports()
  imports.type('ApiDescription')
  if (description.info) imports.value('states', './machine.gen.js')
  const text = render('api.gen.ts', {
    path,
    specFile: model.specFile,
    imports: imports.text(),
    doc: docText(`How the API of ${model.title} is called: for the sandbox, which answers in its place.`),
    description: print(withStates(data(description)), 0, 'export default '.length, ' satisfies ApiDescription'.length),
  })
  return [{ path: 'api.gen.ts', owner: 'generated', text }]
}

/** The states stand in machine.gen.ts already. */
function withStates(code: Code): Code {
  if (code.kind !== 'object') return code
  const entries = code.entries.map(([name, value]) => {
    if (name === 'states') return [name, raw('states')] as const
    return [name, name === 'info' ? withStates(value) : value] as const
  })
  return { ...code, entries }
}
