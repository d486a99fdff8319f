import { InstanceStateName } from '@aws-sdk/client-ec2'
import { afterEach, expect, it, vi } from 'vitest'
import aws from '../../generated/aws/index.js'
import { makeMachine } from '../../runtime/machine/any-machine.js'
import { machineInfo } from '../../runtime/machine/operate.js'
import { never, serve } from '../machine/loopback.js'
import { sandboxed } from '../sandbox/sandboxed.js'
import { describeWithTerraform } from '../terraform.js'
import { at, longScript, oneProvider } from './one-provider.js'

const bootstrap = {
  acl: 'acl-1',
  cidr_block: '10.0.0.0/16',
  igw: 'igw-1',
  key_pair: 'key-1',
  rtb: 'rtb-1',
  sg: 'sg-1',
  subnet: 'subnet-1',
  vpc: 'vpc-1',
  ami: 'ami-1',
}
const credential = { region: 'eu-central-1' }
const one = oneProvider(aws, { bootstrap, credential })

afterEach(() => {
  vi.unstubAllEnvs()
})

it('an instance gets an image, a type, the key, and the subnet with its security group', async () => {
  expect(await one.machine()).toMatchObject({
    ami: 'ami-1',
    instance_type: 't3.micro',
    key_name: 'key-1',
    subnet_id: 'subnet-1',
    vpc_security_group_ids: ['sg-1'],
  })
})

it("the user's own values win", async () => {
  const own = { ami: 'ami-9', instance_type: 'm7i.large', key_name: 'mine', vpc_security_group_ids: ['sg-9'] }
  expect(await one.machine(own)).toMatchObject({ ...own, subnet_id: 'subnet-1' })
})

it.each([
  { subnet_id: 'subnet-9' },
  { network_interface: { network_interface_id: 'eni-9', device_index: 0 } },
  { primary_network_interface: { network_interface_id: 'eni-9' } },
])('with %j it gets no security group of ours, which is for our subnet alone', async (own) => {
  const instance = await one.machine(own)
  expect(instance).toMatchObject(own)
  expect(instance).not.toHaveProperty('vpc_security_group_ids')
  if (!('subnet_id' in own)) expect(instance).not.toHaveProperty('subnet_id')
})

it('a launch template says all that itself', async () => {
  const instance = await one.machine({ launch_template: { id: 'lt-9' } })
  for (const name of ['ami', 'instance_type', 'key_name', 'subnet_id', 'vpc_security_group_ids'])
    expect(instance).not.toHaveProperty(name)
})

it('metadata is asked for with a token (IMDSv2), unless the user says otherwise', async () => {
  const options = async (own: Record<string, string>) => (await one.machine({ metadata_options: own })).metadata_options
  expect((await one.machine()).metadata_options).toEqual({ http_tokens: 'required' })
  expect(await options({ http_endpoint: 'enabled' })).toEqual({ http_endpoint: 'enabled', http_tokens: 'required' })
  expect(await options({ http_tokens: 'optional' })).toEqual({ http_tokens: 'optional' })
})

it('another region than that of the credential is an error', async () => {
  const inRegion = (region: string) => one.machine({}, { provider: { aws: { region } } })
  await expect(inRegion('us-west-2')).rejects.toThrow(
    'provider aws has region "us-west-2", and the credential is for "eu-central-1"',
  )
  await expect(inRegion('eu-central-1')).resolves.toBeDefined()
  await expect(inRegion('${var.aws_region}')).resolves.toBeDefined()
})

it('user data may be 16 KiB, and comes as text', async () => {
  await expect(one.machine({ user_data: longScript(30_000) })).rejects.toThrow(
    'more than the 16,384 that the cloud takes',
  )
  await expect(one.machine({ user_data_base64: 'IyEvYmluL3No' })).rejects.toThrow(
    'aws_instance.web must not have user_data_base64: write user_data, as plain text',
  )
})

it('its bootstrap makes a network that machines can be reached in, and a key; nine outputs say what it made', () => {
  const { resource, data } = one.bootstrap()
  expect(Object.keys(aws.Bootstrap.fields)).toEqual(Object.keys(bootstrap))
  for (const type of ['vpc', 'internet_gateway', 'subnet', 'route_table', 'security_group', 'key_pair'])
    expect(resource).toHaveProperty(`aws_${type}.kloud`)
  expect(at(data, 'aws_ami', 'ubuntu')).toMatchObject({ most_recent: true, owners: ['099720109477'] })
  expect(at(resource, 'aws_key_pair', 'kloud', 'public_key')).toBe(one.given.ssh?.public_key)
})

describeWithTerraform('an instance that is there', (binary) => {
  it('is not replaced by a newer image, or by a bootstrap that is applied again', async () => {
    const template = { resource: { aws_instance: { web: {} } } }
    const first = await one.compose(template)
    const variables = Object.fromEntries(first.secrets)
    const { terraform, change } = await sandboxed(binary, first.template, { variables })
    await terraform.init()
    await terraform.apply(await terraform.plan())
    const later = oneProvider(aws, { credential, bootstrap: { ...bootstrap, ami: 'ami-2' } })
    const again = await change((await later.compose(template)).template)
    await again.init()
    expect(await again.plan()).toMatchObject({ hasChanges: false })
  })
})

it('keys are an ID and a secret, and not of the short-lived kind', () => {
  const problems = (access_key: string, secret_key: string) =>
    aws.Credential.problems({ access_key, secret_key }).map(({ path }) => path)
  expect(problems('AKIAIOSFODNN7EXAMPLE', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY')).toEqual([])
  expect(problems('ASIAIOSFODNN7EXAMPLE', 'too short')).toEqual(['access_key', 'secret_key'])
})

it('knows every state that the API has', async () => {
  let word = ''
  await using ec2 = await serve((_, response) => {
    const instance = `<item><instanceState><name>${word}</name></instanceState></item>`
    const reservations = `<reservationSet><item><instancesSet>${instance}</instancesSet></item></reservationSet>`
    response.writeHead(200, { 'content-type': 'text/xml' })
    response.end(`<DescribeInstancesResponse>${reservations}</DescribeInstancesResponse>`)
  })
  vi.stubEnv('AWS_ENDPOINT_URL_EC2', ec2.url)
  const metadata = aws.Metadata.parse({ instance_id: 'i-1' })
  const machine = makeMachine(aws, { ...one.given, bootstrap: {}, metadata })
  const seen: Record<string, string> = {}
  for (word of Object.values(InstanceStateName)) seen[word] = (await machineInfo(machine, { signal: never })).state
  expect(seen).toEqual({
    pending: 'Starting',
    running: 'Running',
    stopping: 'Stopping',
    stopped: 'Stopped',
    'shutting-down': 'Terminated',
    terminated: 'Terminated',
  })
})
