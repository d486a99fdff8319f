// In: a provider's model and the stubs that it needs. Out: the author's file as it is first written.
import type { ProviderModel } from '../model/model.js'
import type { BaseClass, Stub } from '../output/output-file.js'
import { Imports } from './imports.js'
import { indented } from './indent.js'
import { joined } from './member.js'
import { render } from './template.js'

/** The generated class that the class in an author's file extends. */
export function baseClassOf(file: 'stack.ts' | 'machine.ts', { className }: ProviderModel): BaseClass {
  const ending = file === 'stack.ts' ? 'Stack' : 'Machine'
  return { name: className + ending, ending, from: `./${ending.toLowerCase()}.gen.js` }
}

/** The first text of `stack.ts` or `machine.ts`. */
export function emitAuthorFile(
  file: 'stack.ts' | 'machine.ts',
  model: ProviderModel,
  path: string,
  stubs: readonly Stub[],
): string {
  const imports = new Imports()
  const base = baseClassOf(file, model)
  imports.value(base.name, base.from)
  for (const { name, from, typeOnly } of stubs.flatMap((stub) => stub.imports)) {
    if (typeOnly) imports.type(name, from)
    else imports.value(name, from)
  }
  return render(file, {
    path,
    className: model.className,
    imports: imports.text(),
    stubs: joined(stubs.map(({ text }) => indented(text))),
  })
}
