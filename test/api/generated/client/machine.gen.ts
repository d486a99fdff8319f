// test/api/generated/client/machine.gen.ts: from test/api/specs/client.yaml. Edit the spec, not this file.
import { BaseMachine, type MachineInfo, type Operated, orDefault, SdkApi, type States, text } from 'kloud-gen/runtime'
import type { Bootstrap, Credential, Metadata } from './schema.gen.js'

/** What Client calls the states of an instance, in Kloud's words. */
const states: States = { running: 'Running', stopped: 'Stopped' }

/** An instance on Client. Extend it in `machine.ts`. */
export class ClientMachine extends BaseMachine<Credential, Bootstrap, Metadata> {
  readonly #ec2 = new SdkApi(
    {
      package: '@aws-sdk/client-ec2',
      load: () => import('@aws-sdk/client-ec2'),
      connect: ({ EC2Client }) =>
        new EC2Client({
          region: text`${this.credential.region}-1`,
          credentials: {
            accessKeyId: this.credential.access_key.reveal(),
            secretAccessKey: text`prefix-${this.credential.secret_key}`.reveal(),
            ...(this.credential.token && { sessionToken: this.credential.token.reveal() }),
          },
        }),
    },
    this.wire,
  )

  /** Asks Client for the instance; one that is not there is NotInitialized. Brings `address` home. */
  override async info(signal: AbortSignal): Promise<MachineInfo<Metadata>> {
    const output = await this.#ec2.find(
      'DescribeInstances',
      { missing: { status: [404], error: ['Gone'] }, timeout: 20_000, signal },
      (client, { DescribeInstancesCommand }, abortSignal) =>
        client.send(new DescribeInstancesCommand({ InstanceIds: [this.metadata.instance_id] }), { abortSignal }),
    )
    if (output === undefined) return { state: 'NotInitialized' }
    const answer = await this.#ec2.answer('DescribeInstances', output)
    return {
      ...this.state(states, answer.require('Reservations[].Instances[].State.Name | [0]')),
      metadata: { address: answer.text('Reservations[0].Instances[0].PublicIpAddress') },
    }
  }

  /** Starts the instance: calls `StartInstances`, and waits up to 5 minutes until that is done. */
  override async start(signal: AbortSignal): Operated<Metadata> {
    const answer = await this.#ec2.call(
      'StartInstances',
      { signal },
      (client, { StartInstancesCommand }, abortSignal) =>
        client.send(new StartInstancesCommand({ InstanceIds: [this.metadata.instance_id] }), { abortSignal }),
    )
    await this.poll({
      ask: async (signal) =>
        this.#ec2.answer(
          'DescribeInstanceStatus',
          await this.#ec2.call(
            'DescribeInstanceStatus',
            { signal },
            (client, { DescribeInstanceStatusCommand }, abortSignal) =>
              client.send(
                new DescribeInstanceStatusCommand({
                  InstanceIds: [orDefault(answer.StartingInstances?.[0]?.InstanceId, 'none')],
                  IncludeAllInstances: true,
                }),
                { abortSignal },
              ),
          ),
        ),
      until: "InstanceStatuses[0].InstanceState.Name == 'running'",
      timeout: 300_000,
      signal,
    })
  }

  /**
   * Stops the instance: calls `StopInstances`, and waits until the instance is Stopped; where that fails, goes on.
   * Where the instance is Running then, calls `StopInstances`.
   */
  override async stop(signal: AbortSignal): Operated<Metadata> {
    await this.optional('StopInstances', signal, async () => {
      await this.#call(true, signal)
      await this.waitFor('Stopped', { signal })
    })
    if (await this.is('Running', signal)) await this.#call(false, signal)
  }

  /** Restarts the instance: turns it off and on again. */
  override async restart(signal: AbortSignal): Operated<Metadata> {
    await this.#ec2.call('RebootInstances', { signal }, (client, { RebootInstancesCommand }, abortSignal) =>
      client.send(new RebootInstancesCommand({ InstanceIds: [this.metadata.instance_id] }), { abortSignal }),
    )
  }

  /** Calls `StopInstances` with `hibernate`. */
  #call(hibernate: boolean, signal: AbortSignal) {
    return this.#ec2.call('StopInstances', { signal }, (client, { StopInstancesCommand }, abortSignal) =>
      client.send(new StopInstancesCommand({ InstanceIds: [this.metadata.instance_id], Hibernate: hibernate }), {
        abortSignal,
      }),
    )
  }
}
