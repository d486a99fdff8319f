// generated/vagrant/stack.gen.ts: from specs/vagrant.yaml. Edit the spec, not this file.
import { BaseStack, ExecApi, hostname, type MachineResource } from 'kloud-gen/runtime'
import type { Bootstrap, Credential } from './schema.gen.js'

/** How a stack is put together on Vagrant. Extend it in `stack.ts`. */
export class VagrantStack extends BaseStack<Credential, Bootstrap> {
  /** What every vm gets on Vagrant; the user's own values win. */
  override fillMachine(vm: MachineResource): void {
    vm.require('vagrantfile_dir')
    vm.default('env.KLOUD_NAME', hostname(vm.name))
    vm.default('env.KLOUD_BOX', 'bento/ubuntu-24.04')
    vm.default('env.KLOUD_CPUS', '1')
    vm.default('env.KLOUD_MEMORY', '1024')
    vm.default('env.KLOUD_PORTS', '2200:56789,2201:56790')
  }

  /** Runs `vagrant --version`; the credential works if that does. */
  override async verifyCredential(signal: AbortSignal): Promise<void> {
    const api = new ExecApi({ program: 'vagrant', env: { VAGRANT_CHECKPOINT_DISABLE: '1' } }, this.wire)
    await api.run(['--version'], { signal })
  }
}
