// In: the name of a machine's resource, and its count or for_each once they are known. Out: one label for each machine, and how Terraform tells them apart.

import { keyStep } from '../template/key-step.js'
import { quoteText } from '../template/references.js'
import { inBytes } from './constant/constant.js'

/** The machines that one resource is. */
export interface Instances {
  readonly kind: 'one' | 'count' | 'each'
  /** What tells each apart in the map of kite.keys: an index as text, or a key. */
  readonly keys: readonly string[]
  /** The label of each, in the order of `keys`. */
  readonly labels: readonly string[]
  /** The label as a template text, for inside the resource. */
  readonly labelText: string
  readonly indexText: string | number
  readonly keyText: string
  /** The key as an expression, to look something up by. */
  readonly keyExpression: string
  /** What follows a resource's name to mean the same instance of another resource. */
  readonly indexStep: string
  /** The same for one key, as an address in Terraform's state has it. */
  readonly addressStep: (key: string) => string
}

/** A resource without count or for_each. */
export function oneInstance(name: string): Instances {
  return {
    ...{ kind: 'one', keys: ['0'], labels: [name] },
    ...{ labelText: name, indexText: 0, keyText: '0', keyExpression: '0', indexStep: '', addressStep: () => '' },
  }
}

/** A resource with a count: `web.0`, `web.1`. */
export function countedInstances(name: string, count: number): Instances {
  const keys = Array.from({ length: count }, (_, index) => String(index))
  return {
    ...{ kind: 'count', keys, labels: count === 1 ? [name] : keys.map((key) => `${name}.${key}`) },
    ...{
      labelText: count === 1 ? name : `${name}.\${count.index}`,
      indexText: '${count.index}',
      keyText: '${count.index}',
    },
    ...{ keyExpression: 'count.index', indexStep: '[count.index]', addressStep: (key) => `[${key}]` },
  }
}

/** A resource with for_each: `web["eu"]`, `web["us"]`; keys in the order in which Terraform has them. */
export function keyedInstances(name: string, unsorted: readonly string[]): Instances {
  const keys = unsorted.toSorted(inBytes)
  return {
    ...{ kind: 'each', keys, labels: keys.map((key) => name + keyStep(key)) },
    ...{
      labelText: `${name}["\${each.key}"]`,
      keyText: '${each.key}',
      keyExpression: 'each.key',
      indexStep: '[each.key]',
    },
    addressStep: keyStep,
    indexText: `\${index([${keys.map(quoteText).join(', ')}], each.key)}`,
  }
}
