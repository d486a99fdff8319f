// A machine in EC2 as specs/aws.yaml should make it, through AWS's own client, against an EC2 endpoint on loopback that answers XML.
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { BaseMachine } from '../../runtime/machine/base-machine.js'
import type { MachineInfo, States } from '../../runtime/machine/machine-info.js'
import { machineInfo, operateMachine } from '../../runtime/machine/operate.js'
import { SdkApi } from '../../runtime/machine/sdk-api.js'
import { Secret } from '../../runtime/secret.js'
import { type Answerer, type Loopback, never, serve } from './loopback.js'

const states: States = {
  pending: 'Starting',
  running: 'Running',
  stopping: 'Stopping',
  stopped: 'Stopped',
  terminated: 'Terminated',
}

interface Credential {
  access_key: Secret
  secret_key: Secret
}

class AwsMachine extends BaseMachine<Credential, object, { instance_id: string }> {
  readonly #ec2 = new SdkApi(
    {
      package: '@aws-sdk/client-ec2',
      load: () => import('@aws-sdk/client-ec2'),
      connect: ({ EC2Client }) =>
        new EC2Client({
          region: 'eu-west-1',
          credentials: {
            accessKeyId: this.credential.access_key.reveal(),
            secretAccessKey: this.credential.secret_key.reveal(),
          },
        }),
    },
    this.wire,
  )

  override async info(signal: AbortSignal): Promise<MachineInfo<{ instance_id: string }>> {
    const answer = await this.#ec2.find(
      'DescribeInstances',
      { missing: { error: ['InvalidInstanceID.NotFound'] }, signal },
      (client, { DescribeInstancesCommand }, abortSignal) =>
        client.send(new DescribeInstancesCommand({ InstanceIds: [this.metadata.instance_id] }), { abortSignal }),
    )
    const word = answer?.Reservations?.[0]?.Instances?.[0]?.State?.Name
    return word === undefined ? { state: 'NotInitialized' } : this.state(states, word)
  }

  override async start(signal: AbortSignal): Promise<void> {
    await this.#ec2.call('StartInstances', { signal }, (client, { StartInstancesCommand }, abortSignal) =>
      client.send(new StartInstancesCommand({ InstanceIds: [this.metadata.instance_id] }), { abortSignal }),
    )
  }
}

let ec2: Loopback
let power: string
let lines: string[]

beforeEach(async () => {
  power = 'stopped'
  lines = []
  ec2 = await serve(answer)
  vi.stubEnv('AWS_ENDPOINT_URL_EC2', ec2.url)
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await ec2[Symbol.asyncDispose]()
})

/** EC2's query protocol: a form in, XML out. */
const answer: Answerer = ({ headers, body }, response) => {
  const form = new URLSearchParams(body)
  const isSigned = headers.authorization?.startsWith('AWS4-HMAC-SHA256 Credential=AKIAGOODKEY/') === true
  const xml = (status: number, text: string) => response.writeHead(status, { 'content-type': 'text/xml' }).end(text)
  const fail = (status: number, code: string, message: string) =>
    xml(
      status,
      `<Response><Errors><Error><Code>${code}</Code><Message>${message}</Message></Error></Errors></Response>`,
    )
  if (!isSigned) return fail(401, 'AuthFailure', 'AWS was not able to validate the provided access credentials')
  if (form.get('InstanceId.1') !== 'i-0123')
    return fail(400, 'InvalidInstanceID.NotFound', 'The instance ID does not exist')
  if (form.get('Action') === 'StartInstances') power = 'running'
  const instance = `<item><instanceId>i-0123</instanceId><instanceState><name>${power}</name></instanceState></item>`
  const reservations = `<reservationSet><item><instancesSet>${instance}</instancesSet></item></reservationSet>`
  return xml(200, `<${form.get('Action')}Response>${reservations}</${form.get('Action')}Response>`)
}

function machineOf(instanceId = 'i-0123', accessKey = 'AKIAGOODKEY'): AwsMachine {
  const credential = { access_key: new Secret(accessKey), secret_key: new Secret('the/secret+key') }
  const logger = { debug: (line: string) => lines.push(line) }
  return new AwsMachine({ credential, bootstrap: {}, metadata: { instance_id: instanceId }, logger, pace: 0.02 })
}

it('an instance is started', { timeout: 60_000 }, async () => {
  await expect(operateMachine(machineOf(), 'start', { signal: never })).resolves.toMatchObject({
    state: 'Running',
    word: 'running',
  })
  expect(lines.map((line) => line.replace(/\d+ ms$/, ''))).toEqual([
    '@aws-sdk/client-ec2 DescribeInstances ok ',
    '@aws-sdk/client-ec2 StartInstances ok ',
    '@aws-sdk/client-ec2 DescribeInstances ok ',
  ])
})

it('an instance that is not there is told from one that may not be seen', async () => {
  await expect(machineInfo(machineOf('i-none'), { signal: never })).resolves.toEqual({ state: 'NotInitialized' })
  await expect(machineInfo(machineOf('i-0123', 'AKIABADKEY'), { signal: never })).rejects.toMatchObject({
    code: 416,
    message:
      'DescribeInstances answered 401: AuthFailure: AWS was not able to validate the provided access credentials',
  })
})
