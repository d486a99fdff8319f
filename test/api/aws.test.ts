// The generated machine of EC2, through AWS's own client, against an EC2 endpoint on loopback that answers XML.
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Machine } from '../../generated/aws/machine.js'
import { Bootstrap, Credential, Metadata } from '../../generated/aws/schema.gen.js'
import { Stack } from '../../generated/aws/stack.js'
import { machineInfo, operateMachine } from '../../runtime/machine/operate.js'
import { type Answerer, type Loopback, never, serve } from '../machine/loopback.js'
import { stackContext } from './stack-of.js'

const secretKey = 'the/secret+key/of/an/account/0123456789+'
let ec2: Loopback
let power: string
/** Instances that the account has. */
let instances: string[]
let lines: string[]

beforeEach(async () => {
  power = 'stopped'
  instances = ['i-0123']
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
  const action = form.get('Action') ?? ''
  const xml = (status: number, text: string) => response.writeHead(status, { 'content-type': 'text/xml' }).end(text)
  const fail = (status: number, code: string, message: string) =>
    xml(
      status,
      `<Response><Errors><Error><Code>${code}</Code><Message>${message}</Message></Error></Errors></Response>`,
    )
  const isSigned = /^AWS4-HMAC-SHA256 Credential=AKIAGOODGOODGOODGOOD\/\d+\/eu-west-1\/ec2\//.test(
    headers.authorization ?? '',
  )
  if (!isSigned) return fail(401, 'AuthFailure', 'AWS was not able to validate the provided access credentials')
  if (action === 'DescribeVpcs')
    return form.get('MaxResults') === '5'
      ? xml(200, '<DescribeVpcsResponse><vpcSet/></DescribeVpcsResponse>')
      : fail(400, 'InvalidParameterValue', 'MaxResults')
  const id = form.get('InstanceId.1')
  if (id === 'i-0gone') return xml(200, `<${action}Response><reservationSet/></${action}Response>`)
  if (id === null || !instances.includes(id)) return fail(400, 'InvalidInstanceID.NotFound', `no instance ${id}`)
  if (action === 'StartInstances') power = 'running'
  if (action === 'StopInstances') power = 'stopped'
  const instance = `<item><instanceId>${id}</instanceId><instanceState><name>${power}</name></instanceState></item>`
  const reservations = `<reservationSet><item><instancesSet>${instance}</instancesSet></item></reservationSet>`
  return xml(200, `<${action}Response>${reservations}</${action}Response>`)
}

function credentialOf(accessKey = 'AKIAGOODGOODGOODGOOD'): Credential {
  return Credential.parse({ access_key: accessKey, secret_key: secretKey, region: 'eu-west-1' })
}

function machineOf(instanceId = 'i-0123', credential = credentialOf()): Machine {
  const outputs = ['acl', 'cidr_block', 'igw', 'key_pair', 'rtb', 'sg', 'subnet', 'vpc', 'ami']
  const bootstrap = Bootstrap.parse({
    ...Object.fromEntries(outputs.map((name) => [name, name])),
    cidr_block: '10.0.0.0/16',
  })
  const metadata = Metadata.parse({ instance_id: instanceId })
  const logger = { debug: (line: string) => lines.push(line) }
  return new Machine({ credential, bootstrap, metadata, logger, pace: 0.02 })
}

it('an instance is started and stopped', { timeout: 60_000 }, async () => {
  const machine = machineOf()
  await expect(operateMachine(machine, 'start', { signal: never })).resolves.toMatchObject({ state: 'Running' })
  await expect(operateMachine(machine, 'stop', { signal: never })).resolves.toMatchObject({ state: 'Stopped' })
  expect(lines.map((line) => line.split(' ')[1])).toEqual([
    'DescribeInstances',
    'StartInstances',
    'DescribeInstances',
    'DescribeInstances',
    'StopInstances',
    'DescribeInstances',
  ])
  expect(lines.join('\n')).not.toContain(secretKey)
})

it.each(['i-none', 'i-0gone'])('an instance that is not there is not initialized: %s', async (id) => {
  await expect(machineInfo(machineOf(id), { signal: never })).resolves.toEqual({ state: 'NotInitialized' })
})

it('an instance that may not be seen is an error, and no state', async () => {
  const machine = machineOf('i-0123', credentialOf('AKIABADBADBADBADBADB'))
  await expect(machineInfo(machine, { signal: never })).rejects.toMatchObject({
    code: 416,
    message:
      'DescribeInstances answered 401: AuthFailure: AWS was not able to validate the provided access credentials',
  })
})

it('a credential is verified', async () => {
  await new Stack(stackContext(credentialOf(), {})).verifyCredential(never)
  const wrong = new Stack(stackContext(credentialOf('AKIABADBADBADBADBADB'), {}))
  await expect(wrong.verifyCredential(never)).rejects.toMatchObject({ code: 416 })
})
