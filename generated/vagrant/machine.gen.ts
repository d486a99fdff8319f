// generated/vagrant/machine.gen.ts: from specs/vagrant.yaml. Edit the spec, not this file.
import { BaseMachine, ExecApi, type MachineInfo, type Operated, type States } from 'kloud-gen/runtime'
import type { Bootstrap, Credential, Metadata } from './schema.gen.js'

/** What Vagrant calls the states of a vm, in Kloud's words. */
const states: States = {
  not_created: 'NotInitialized',
  preparing: 'Building',
  starting: 'Starting',
  restoring: 'Starting',
  running: 'Running',
  stopping: 'Stopping',
  saving: 'Stopping',
  shutting_down: 'Stopping',
  poweroff: 'Stopped',
  off: 'Stopped',
  shutoff: 'Stopped',
  stopped: 'Stopped',
  not_running: 'Stopped',
  saved: 'Stopped',
  suspended: 'Stopped',
  paused: 'Stopped',
  frozen: 'Stopped',
  aborted: 'Stopped',
  'aborted-saved': 'Stopped',
  crashed: 'Stopped',
  gurumeditation: 'Unknown',
  inaccessible: 'Unknown',
  host_state_unknown: 'Unknown',
  unknown: 'Unknown',
}

/** A vm on Vagrant. Extend it in `machine.ts`. */
export class VagrantMachine extends BaseMachine<Credential, Bootstrap, Metadata> {
  /** `vagrant`, as this vm needs it. */
  get #vagrant(): ExecApi {
    return new ExecApi(
      {
        program: 'vagrant',
        cwd: this.metadata.directory,
        env: {
          KLOUD_NAME: this.metadata.name,
          KLOUD_BOX: this.metadata.box,
          KLOUD_CPUS: this.metadata.cpus,
          KLOUD_MEMORY: this.metadata.memory,
          KLOUD_PORTS: this.metadata.ports,
          KLOUD_ADDRESS: this.metadata.address,
          VAGRANT_CHECKPOINT_DISABLE: '1',
        },
      },
      this.wire,
    )
  }

  /** Asks `vagrant status` how the vm is. */
  override async info(signal: AbortSignal): Promise<MachineInfo<Metadata>> {
    const answer = await this.#vagrant.run(['status', '--machine-readable'], {
      lines: /^\d+,(?<machine>[^,]*),(?<type>[^,]+),(?<data>.*)$/,
      signal,
    })
    return this.state(states, answer.require("[?type == 'state'].data | [0]"))
  }

  /** Starts the vm: runs `vagrant up`, and waits until the vm is Running. */
  override async start(signal: AbortSignal): Operated<Metadata> {
    await this.#vagrant.run(['up', '--no-provision', '--no-tty'], { timeout: 600_000, signal })
    await this.waitFor('Running', { signal })
  }

  /** Stops the vm: runs `vagrant halt`, and waits until the vm is Stopped. */
  override async stop(signal: AbortSignal): Operated<Metadata> {
    await this.#vagrant.run(['halt', '--no-tty'], { timeout: 300_000, signal })
    await this.waitFor('Stopped', { signal })
  }
}
