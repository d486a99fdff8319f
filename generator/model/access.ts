// How generated code reaches what expressions name, by the class that the code stands in.
import type { Access } from './compile.js'

/** `this.credential.token` and the like: the root is a member of the class. */
const member =
  (code: string): Access =>
  () => ({ code, taken: 0 })

const bootstrap: Access = (steps) =>
  steps[0]?.key === 'name' ? { code: 'this.bootstrapName', taken: 1 } : { code: 'this.bootstrap', taken: 0 }

const credential: Access = (steps) =>
  steps[0]?.key === 'identifier' ? { code: 'this.identifier', taken: 1 } : { code: 'this.credential', taken: 0 }

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
      return { code: `${noun}.${first.key}`, taken: 1 }
    if (first?.key === 'user') return { code: 'this.machineUser', taken: 1 }
    const path = steps.map(({ key }) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('')
    return { code: `${noun}.get('${path.replace(/^\./, '')}')`, taken: steps.length }
  }
}

/** In a Machine. */
export const machineAccess: Readonly<Record<string, Access>> = {
  credential,
  bootstrap: member('this.bootstrap'),
  ssh: member('this.ssh'),
  metadata: member('this.metadata'),
  response: member('response'),
  headers: member('response.headers'),
}
