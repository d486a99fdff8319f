// A provider as the generator would make it, with something of everything that composing can do.
import {
  BaseMachine,
  BaseStack,
  defineProvider,
  type Fields,
  type JsonFile,
  type MachineInfo,
  type Secret,
  schemaClass,
  text,
} from 'kloud-gen/runtime'
import type { MachineResource } from '../../../runtime/compose/machine-resource.js'
import type { ProviderBlock } from '../../../runtime/compose/provider-block.js'

interface CredentialFields {
  token: Secret
  region: string
  key?: JsonFile<{ project: string; password: Secret }>
  login?: { user: string; password: Secret }
}

const credentialFields = {
  token: { type: 'string', label: 'Token', secret: true },
  region: { type: 'string', label: 'Region', default: 'north' },
  key: {
    type: 'file',
    label: 'Key',
    secret: true,
    required: false,
    json: {
      project: { type: 'string', label: 'Project' },
      password: { type: 'string', label: 'Password', secret: true },
    },
  },
  login: {
    type: 'object',
    label: 'Login',
    required: false,
    fields: {
      user: { type: 'string', label: 'User' },
      password: { type: 'string', label: 'Password', secret: true },
    },
  },
} satisfies Fields

interface BootstrapFields {
  vpc: string
  key_id: string
}

const bootstrapFields = {
  vpc: { type: 'string', label: 'VPC' },
  key_id: { type: 'string', label: 'Key ID' },
} satisfies Fields

class Credential extends schemaClass<CredentialFields>('credential', credentialFields) {}
class Bootstrap extends schemaClass<BootstrapFields>('bootstrap', bootstrapFields) {}
class Metadata extends schemaClass<{ id?: string }>('metadata', { id: { type: 'string', label: 'ID' } }) {}
class Machine extends BaseMachine<Credential, Bootstrap, Metadata> {
  override async info(): Promise<MachineInfo<Metadata>> {
    return { state: 'Running' }
  }
}

class Stack extends BaseStack<Credential, Bootstrap> {
  override fillProvider(provider: ProviderBlock): void {
    provider.default('token', this.credential.token)
    provider.default('region', this.credential.region)
    provider.default('login', this.credential.login)
    provider.default('key_password', this.credential.key?.json.password)
    if (this.credential.login)
      provider.default('auth', text`${this.credential.login.user}:${this.credential.login.password}`)
  }

  override fillMachine(vm: MachineResource): void {
    vm.require('name')
    vm.default('size', 'small')
    vm.default('owner', this.user.nickname)
    vm.default('options.boot', 'fast')
    if (!vm.hasAny('nics', 'network')) {
      vm.companion('acme_ip', 'ip', { name: text`${vm.name}-ip`, region: this.credential.region })
      vm.companion('acme_nic', 'nic', { name: vm.name, vpc: this.bootstrap.vpc, ip: '${acme_ip.ip.id}' })
      vm.default('nics', ['${acme_nic.nic.id}'])
    }
    vm.append('keys', [this.bootstrap.key_id])
    vm.append('lifecycle.ignore_changes', ['image'])
    vm.forbid('args', 'write cmd')
  }
}

export default defineProvider({
  name: 'acme',
  title: 'Acme',
  terraform: { source: 'acme/acme', version: '~> 2.0', fixed: ['region'] },
  machine: {
    resource: 'acme_vm',
    userData: { field: 'user_data', format: 'cloudConfig', encoding: [], limit: 65_536, unless: ['user_data_base64'] },
  },
  Credential,
  Bootstrap,
  Metadata,
  Stack,
  Machine,
})
