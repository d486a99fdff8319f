// A second provider, with nothing to fill but its provider block.
import { BaseMachine, BaseStack, defineProvider, type MachineInfo, type Secret, schemaClass } from 'kloud-gen/runtime'
import type { ProviderBlock } from '../../../runtime/compose/provider-block.js'

class Credential extends schemaClass<{ password: Secret }>('credential', {
  password: { type: 'string', label: 'Password', secret: true },
}) {}
class Bootstrap extends schemaClass<object>('bootstrap', {}) {}
class Metadata extends schemaClass<object>('metadata', {}) {}
class Machine extends BaseMachine<Credential, Bootstrap, Metadata> {
  override async info(): Promise<MachineInfo<Metadata>> {
    return { state: 'Running' }
  }
}

class Stack extends BaseStack<Credential, Bootstrap> {
  override fillProvider(provider: ProviderBlock): void {
    provider.default('password', this.credential.password)
  }
}

export default defineProvider({
  name: 'beta',
  title: 'Beta',
  terraform: { source: 'beta/betacloud' },
  machine: {
    resource: 'betacloud_server',
    userData: { field: 'metadata.user-data', format: 'cloudConfig', encoding: ['base64'], unless: [] },
  },
  Credential,
  Bootstrap,
  Metadata,
  Stack,
  Machine,
})
