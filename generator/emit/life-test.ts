// In: a provider's model. Out: life.gen.test.ts, which takes a first stack of it through its whole life in the sandbox.
import type { ApiModel } from '../model/api/model.js'
import type { ProviderModel } from '../model/model.js'
import { data } from './code.js'
import { firstStack } from './first-stack.js'
import { print } from './print.js'
import { render } from './template.js'

export function emitLifeTest(model: ProviderModel, path: string): string {
  return render('life.gen.test.ts', {
    path,
    specFile: model.specFile,
    template: print(data(firstStack(model)), 0, 'const template = '.length),
    states: print(data(statesSeen(model.api)), 4, 4 + 'states: '.length),
  })
}

/** The states that the machine is seen in: after a stop and after a start, where it can do those. */
function statesSeen({ methods }: ApiModel): string[] {
  return [...(methods.stop ? ['Stopped'] : []), ...(methods.start ? ['Running'] : [])]
}
