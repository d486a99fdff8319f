// A Stack as a test makes it: for nobody in particular.
import type { Wire } from '../../runtime/machine/wire.js'

const nobody = { username: 'ada', email: 'ada@example.com', nickname: 'ada', firstName: '', lastName: '', hash: '' }

/** What a Stack is made with, for verifying a credential. */
export function stackContext<Credential>(credential: Credential, wire: Omit<Wire, 'secrets'>) {
  return {
    credential,
    wire,
    identifier: 'c-1',
    user: nobody,
    team: { slug: 'acme', title: 'Acme' },
    stack: { id: 's-1', templateId: 't-1', title: 'Web' },
  }
}
