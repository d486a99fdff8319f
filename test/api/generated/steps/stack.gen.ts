// test/api/generated/steps/stack.gen.ts: from test/api/specs/steps.yaml. Edit the spec, not this file.
import { BaseStack, type BootstrapTemplate, path } from 'kloud-gen/runtime'
import { connect } from './machine.gen.js'
import type { Bootstrap, Credential } from './schema.gen.js'

/** How a stack is put together on Steps. Extend it in `stack.ts`. */
export class StepsStack extends BaseStack<Credential, Bootstrap> {
  /** Makes `steps_network`, once for each Steps credential. */
  override bootstrapTemplate(): BootstrapTemplate {
    return {
      resource: { steps_network: { kloud: { name: this.bootstrapName } } },
      output: { network: '${steps_network.kloud.id}' },
    }
  }

  /** Opens a session and asks who it is for. */
  override async verifyCredential(signal: AbortSignal): Promise<void> {
    const api = connect(this.credential, this.wire)
    const answer = await api.get('/session', { signal })
    await api.get(path`/users/${answer.require('user.id')}`, {
      query: { fields: ['id', 'name'], session: answer.text('session') },
      signal,
    })
  }
}
