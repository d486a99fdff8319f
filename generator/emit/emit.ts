// In: providers' models. Out: their files, each with its path, its owner and its text. Nothing is read or written here.
import type { ProviderModel } from '../model/model.js'
import type { OutputFile } from '../output/output-file.js'
import { emitApi } from './api.js'
import { baseClassOf, emitAuthorFile } from './author.js'
import { emitIndex } from './index-file.js'
import { emitLifeTest } from './life-test.js'
import { emitMachine, machineStubs, unaskedMachineStubs } from './machine.js'
import { emitReadme } from './readme.js'
import { emitJsonSchema, emitSchema } from './schema.js'
import { emitStack, stackStubs, unaskedStackStubs } from './stack.js'
import { askTypes } from './types.js'

export interface EmitOptions {
  /** Whether each provider gets a test of its whole life; it does when not said. */
  readonly tests?: boolean
}

/**
 * Emits the files of providers.
 *
 * @param models the providers, in any order
 * @param folder what their folders stand in, as generated files name it: `generated`
 * @returns the files of each, in the order of the models, with paths relative to the provider's folder
 */
export async function emit(
  models: readonly ProviderModel[],
  folder = 'generated',
  { tests = true }: EmitOptions = {},
): Promise<OutputFile[][]> {
  await askTypes(models.flatMap(({ fields }) => Object.values(fields)))
  return models.map((model) => {
    const files = emitProvider(model, folder)
    return tests ? [...files, lifeTest(model, folder)] : files
  })
}

function emitProvider(model: ProviderModel, folder: string): OutputFile[] {
  const at = (file: string) => `${folder}/${model.name}/${file}`
  const stack = stackStubs(model)
  const machine = machineStubs(model)
  return [
    { path: 'index.ts', owner: 'generated', text: emitIndex(model, at('index.ts')) },
    { path: 'schema.gen.ts', owner: 'generated', text: emitSchema(model, at('schema.gen.ts')) },
    { path: 'stack.gen.ts', owner: 'generated', text: emitStack(model, at('stack.gen.ts'), stack.length > 0) },
    { path: 'machine.gen.ts', owner: 'generated', text: emitMachine(model, at('machine.gen.ts'), machine.length > 0) },
    ...emitApi(model, at('api.gen.ts')),
    {
      path: 'stack.ts',
      owner: 'author',
      text: emitAuthorFile('stack.ts', model, at('stack.ts'), stack),
      base: baseClassOf('stack.ts', model),
      stubs: stack,
      unasked: unaskedStackStubs(model),
    },
    {
      path: 'machine.ts',
      owner: 'author',
      text: emitAuthorFile('machine.ts', model, at('machine.ts'), machine),
      base: baseClassOf('machine.ts', model),
      stubs: machine,
      unasked: unaskedMachineStubs(model),
    },
    { path: 'schema.json', owner: 'generated', text: emitJsonSchema(model) },
    { path: 'README.md', owner: 'generated', text: emitReadme(model, at('README.md')) },
  ]
}

function lifeTest(model: ProviderModel, folder: string): OutputFile {
  const path = 'life.gen.test.ts'
  return { path, owner: 'generated', text: emitLifeTest(model, `${folder}/${model.name}/${path}`) }
}
