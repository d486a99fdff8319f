// generated/aws/machine.gen.ts: from specs/aws.yaml. Edit the spec, not this file.
import { BaseMachine, type MachineInfo, type Operated, SdkApi, type States, type Wire } from 'kloud-gen/runtime'
import type { Bootstrap, Credential, Metadata } from './schema.gen.js'

/** What Amazon Web Services calls the states of an instance, in Kloud's words. */
const states: States = {
  pending: 'Starting',
  running: 'Running',
  stopping: 'Stopping',
  stopped: 'Stopped',
  'shutting-down': 'Terminated',
  terminated: 'Terminated',
}

/** The API of Amazon Web Services, as a credential opens it. */
export function connect(credential: Credential, wire: Wire) {
  return new SdkApi(
    {
      package: '@aws-sdk/client-ec2',
      load: () => import('@aws-sdk/client-ec2'),
      connect: ({ EC2Client }) =>
        new EC2Client({
          region: credential.region,
          credentials: { accessKeyId: credential.access_key.reveal(), secretAccessKey: credential.secret_key.reveal() },
        }),
    },
    wire,
  )
}

/** An instance on Amazon Web Services. Extend it in `machine.ts`. */
export class AwsMachine extends BaseMachine<Credential, Bootstrap, Metadata> {
  readonly #ec2 = connect(this.credential, this.wire)

  /** Asks Amazon Web Services for the instance; one that is not there is NotInitialized. */
  override async info(signal: AbortSignal): Promise<MachineInfo<Metadata>> {
    const output = await this.#ec2.find(
      'DescribeInstances',
      { missing: { error: ['InvalidInstanceID.NotFound'] }, signal },
      (client, { DescribeInstancesCommand }, abortSignal) =>
        client.send(new DescribeInstancesCommand({ InstanceIds: [this.metadata.instance_id] }), { abortSignal }),
    )
    const word = output?.Reservations?.[0]?.Instances?.[0]?.State?.Name
    if (!word) return { state: 'NotInitialized' }
    return this.state(states, word)
  }

  /** Starts the instance: calls `StartInstances`. */
  override async start(signal: AbortSignal): Operated<Metadata> {
    await this.#ec2.call('StartInstances', { signal }, (client, { StartInstancesCommand }, abortSignal) =>
      client.send(new StartInstancesCommand({ InstanceIds: [this.metadata.instance_id] }), { abortSignal }),
    )
  }

  /** Stops the instance: calls `StopInstances`. */
  override async stop(signal: AbortSignal): Operated<Metadata> {
    await this.#ec2.call('StopInstances', { signal }, (client, { StopInstancesCommand }, abortSignal) =>
      client.send(new StopInstancesCommand({ InstanceIds: [this.metadata.instance_id] }), { abortSignal }),
    )
  }
}
