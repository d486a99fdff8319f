// test/api/generated/program/stack.gen.ts: from test/api/specs/program.yaml. Edit the spec, not this file.
import { BaseStack } from 'kloud-gen/runtime'
import { connect } from './machine.gen.js'
import type { Bootstrap, Credential } from './schema.gen.js'

/** How a stack is put together on Program. Extend it in `stack.ts`. */
export class ProgramStack extends BaseStack<Credential, Bootstrap> {
  /** Runs `acme-ctl login`; the credential works if that does. */
  override async verifyCredential(signal: AbortSignal): Promise<void> {
    await connect(this.credential, this.wire).run(['login'], {
      stdin: this.credential.password,
      expect: "contains(@, 'welcome')",
      signal,
    })
  }
}
