// generated/example/stack.gen.ts: from specs/example.yaml. Edit the spec, not this file.
import { BaseStack, type BootstrapTemplate, type MachineResource, type ProviderBlock } from 'kloud-gen/runtime'
import type { Bootstrap, Credential } from './schema.gen.js'

/** How a stack is put together on Example Cloud. Extend it in `stack.ts`. */
export abstract class ExampleStack extends BaseStack<Credential, Bootstrap> {
  /** Makes `example_vpc`, once for each Example Cloud credential. */
  override bootstrapTemplate(): BootstrapTemplate {
    return {
      resource: { example_vpc: { kloud: { name: this.bootstrapName, cidr_block: '10.0.0.0/16' } } },
      output: { vpc: '${example_vpc.kloud.id}' },
    }
  }

  /** Fills Example Cloud's provider block where a template leaves a gap. */
  override fillProvider(provider: ProviderBlock): void {
    provider.default('api_key', this.credential.api_key)
    provider.default('region', this.credential.region)
  }

  /** What every instance gets on Example Cloud; the user's own values win. */
  override fillMachine(instance: MachineResource): void {
    instance.require('name')
    instance.default('size', 'small')
    instance.default('vpc', this.bootstrap.vpc)
  }

  /** Asks Example Cloud whether the credential works; throws where it does not. Written in `stack.ts`. */
  abstract override verifyCredential(signal: AbortSignal): Promise<void>
}
