// How generated code reaches what expressions name, by the class that the code stands in.
import { type AnswerOf, raw } from '../emit/code.js'
import { stringLiteral } from '../emit/literal.js'
import type { Step } from '../spec/expression/parse.js'
import type { Access } from './compile.js'

/** `this.credential.token` and the like: the root is a member of the class. */
const member =
  (code: string): Access =>
  () => ({ code: raw(code), taken: 0 })

const bootstrap: Access = (steps) =>
  steps[0]?.key === 'name' ? { code: raw('this.bootstrapName'), taken: 1 } : { code: raw('this.bootstrap'), taken: 0 }

const credential: Access = (steps) =>
  steps[0]?.key === 'identifier'
    ? { code: raw('this.identifier'), taken: 1 }
    : { code: raw('this.credential'), taken: 0 }

/** In a Stack. `noun` is the variable that holds the machine's resource. */
export function stackAccess(noun: string): Readonly<Record<string, Access>> {
  return {
    credential,
    bootstrap,
    ssh: member('this.ssh'),
    user: member('this.user'),
    team: member('this.team'),
    stack: member('this.stack'),
    machine: machineAttribute(noun),
  }
}

/** A machine's own words are members of its resource; everything else is an attribute, asked for by its path. */
function machineAttribute(noun: string): Access {
  return (steps) => {
    const [first] = steps
    if (first && ['label', 'name', 'index', 'key'].includes(String(first.key)))
      return { code: raw(`${noun}.${first.key}`), taken: 1 }
    if (first?.key === 'user') return { code: raw('this.machineUser'), taken: 1 }
    const path = steps
      .map(({ key }) => attributeStep(key))
      .join('')
      .replace(/^\./, '')
    return { code: raw(`${noun}.get(${stringLiteral(path)})`), taken: steps.length }
  }
}

/** One step of an attribute's path, as the runtime reads it. */
function attributeStep(key: string | number): string {
  if (typeof key === 'number') return `[${key}]`
  return /^[A-Za-z_][A-Za-z0-9_-]*$/.test(key) ? `.${key}` : `["${key}"]`
}

/** In a Machine. */
export const machineAccess: Readonly<Record<string, Access>> = {
  credential: member('this.credential'),
  bootstrap: member('this.bootstrap'),
  metadata: member('this.metadata'),
}

/** In a function that is given the credential. */
export const functionAccess: Readonly<Record<string, Access>> = { credential: member('credential') }

/** How an answer is asked for a value: for a text that must be there, one that may be, or whatever there is. */
export type Asking = 'require' | 'text' | 'value'

/** An answer of ours, which is asked by JMESPath. */
export function answerAccess(of: AnswerOf, asking: Asking): Readonly<Record<string, Access>> {
  return {
    response: (steps) => ({
      code: { kind: 'answer', of, text: asked(asking, jmespathOf(steps)) },
      taken: steps.length,
    }),
    headers: (steps) => {
      const text = `.header(${stringLiteral(String(steps[0]?.key ?? ''))})`
      return { code: { kind: 'answer', of, text }, taken: steps.length }
    },
  }
}

/** An answer of a cloud's own client, which has members of its own. */
export function outputAccess(of: AnswerOf): Readonly<Record<string, Access>> {
  return { response: () => ({ code: { kind: 'answer', of, text: '' }, taken: 0 }) }
}

/** A link that the cloud gave, to be called: in a header, or in the answer. */
export function linkAccess(of: AnswerOf): Readonly<Record<string, Access>> {
  return {
    ...answerAccess(of, 'require'),
    headers: (steps) => {
      const text = `.link(${stringLiteral(String(steps[0]?.key ?? ''))})`
      return { code: { kind: 'answer', of, text }, taken: steps.length }
    },
  }
}

/** Where a value is absent its key is left out, so that null is no value. */
function asked(asking: Asking, path: string): string {
  const argument = stringLiteral(path)
  return asking === 'value' ? `.value(${argument}) ?? undefined` : `.${asking}(${argument})`
}

/** Steps into an answer as JMESPath. */
export function jmespathOf(steps: readonly Step[]): string {
  const path = steps.map(({ key }) => {
    if (typeof key === 'number') return `[${key}]`
    return /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) ? `.${key}` : `.${JSON.stringify(key)}`
  })
  return path.join('').replace(/^\./, '') || '@'
}
