import { expect, it } from 'vitest'
import google from '../../generated/google/index.js'
import { at, longScript, oneProvider } from './one-provider.js'
import { statesSeen } from './states.js'

const key = {
  type: 'service_account',
  project_id: 'acme-1234',
  client_email: 'kloud@acme-1234.iam.gserviceaccount.com',
  private_key: '-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----\n',
}
const one = oneProvider(google, {
  credential: { credentials: JSON.stringify(key), region: 'europe-west1' },
  bootstrap: { koding_network_id: 'network-1' },
})
const publicKey = one.given.ssh?.public_key ?? ''

it('an instance gets a name, a type, a zone, an image, and the network with a public address', async () => {
  expect(await one.machine()).toMatchObject({
    name: expect.stringMatching(/^[a-z][a-z0-9-]*$/),
    machine_type: 'e2-micro',
    zone: 'europe-west1-b',
    boot_disk: { initialize_params: { image: 'ubuntu-os-cloud/ubuntu-2404-lts-amd64' } },
    network_interface: [{ network: 'network-1', access_config: [{}] }],
  })
})

it("the project is the one in the credential's file", async () => {
  const { template } = await one.compose({ resource: { google_compute_instance: { web: {} } } })
  expect(at(template, 'provider', 'google')).toEqual({
    credentials: '${var.google_credentials}',
    project: 'acme-1234',
    region: 'europe-west1',
  })
  expect(at(template, 'resource', 'google_compute_instance', 'web', 'project')).toBe('acme-1234')
})

it('Klient comes in metadata.user-data, and may be 256 KiB', async () => {
  const { metadata } = await one.machine({ metadata: { 'user-data': '#!/bin/sh\necho hello', mine: 'kept' } })
  expect(metadata).toMatchObject({
    mine: 'kept',
    'user-data': expect.stringMatching(/^#cloud-config\n[\s\S]*echo hello/),
  })
  await expect(one.machine({ metadata: { 'user-data': longScript(600_000) } })).rejects.toThrow(
    'more than the 262,144 that the cloud takes',
  )
})

it("the public key is a line of metadata.ssh-keys, beside the user's", async () => {
  const keysOf = async (metadata: Record<string, string>) => at(await one.machine({ metadata }), 'metadata', 'ssh-keys')
  expect(await keysOf({})).toBe(`ada:${publicKey}`)
  expect(await keysOf({ 'ssh-keys': 'eve:ssh-ed25519 AAAA' })).toBe(`eve:ssh-ed25519 AAAA\nada:${publicKey}`)
  expect(await keysOf({ 'ssh-keys': '${file("keys")}' })).toBe(
    `\${join("\\n", compact([file("keys"), "ada:${publicKey}"]))}`,
  )
})

it.each([
  [{ network_interface: { subnetwork: 'own' } }, { subnetwork: 'own' }],
  [{ network_interface: { network: 'own' } }, { network: 'own' }],
  [{ network_interface: [{ network_attachment: 'own' }] }, [{ network_attachment: 'own' }]],
])(
  'with %j an instance has that network, and no public address that it does not ask for',
  async (attributes, expected) => {
    expect(await one.machine(attributes)).toMatchObject({ network_interface: expected })
    expect(JSON.stringify((await one.machine(attributes)).network_interface)).toBe(JSON.stringify(expected))
  },
)

it.each([{ source: 'disk-1' }, { initialize_params: { snapshot: 's-1' } }])(
  'a boot disk of %j gets no image',
  async (boot_disk) => {
    expect((await one.machine({ boot_disk })).boot_disk).toEqual(boot_disk)
  },
)

it('each instance under count has a name and an identity of its own', async () => {
  const { template, machines } = await one.compose({ resource: { google_compute_instance: { web: { count: 2 } } } })
  expect(machines.map(({ label }) => label)).toEqual(['web.0', 'web.1'])
  expect(new Set(machines.map(({ kiteId }) => kiteId)).size).toBe(2)
  const web = at(template, 'resource', 'google_compute_instance', 'web')
  expect(at(web, 'name')).toContain('${count.index}')
  expect(at(web, 'metadata', 'user-data')).toContain('${lookup(var.kitekeys_web, count.index)}')
})

it('its bootstrap makes a network, and firewalls that let Klient be reached', () => {
  expect(one.bootstrap().resource).toMatchObject({
    google_compute_network: { kloud: { auto_create_subnetworks: true } },
    google_compute_firewall: {
      internal: { network: '${google_compute_network.kloud.self_link}' },
      public: { allow: expect.arrayContaining([{ protocol: 'tcp', ports: expect.arrayContaining(['56789']) }]) },
    },
  })
  expect(Object.keys(google.Bootstrap.fields)).toEqual(['koding_network_id'])
})

it('a key is the JSON of a service account', () => {
  const problems = (credentials: string) => google.Credential.problems({ credentials }).map(({ path }) => path)
  expect(problems(JSON.stringify(key))).toEqual([])
  expect(problems('not JSON')).toEqual(['credentials'])
  expect(problems(JSON.stringify({ ...key, type: 'authorized_user', private_key: 'x' }))).toEqual([
    'credentials.type',
    'credentials.private_key',
  ])
})

it('knows every state', async () => {
  const metadata = { name: 'web', project: 'acme-1234', zone: 'europe-west1-b' }
  expect(await statesSeen(one, { metadata, answer: (status) => ({ status }) })).toEqual({
    PENDING: 'Pending',
    PROVISIONING: 'Building',
    STAGING: 'Starting',
    RUNNING: 'Running',
    REPAIRING: 'Rebooting',
    PENDING_STOP: 'Stopping',
    STOPPING: 'Stopping',
    SUSPENDING: 'Stopping',
    DEPROVISIONING: 'Stopping',
    STOPPED: 'Stopped',
    SUSPENDED: 'Stopped',
    TERMINATED: 'Stopped',
  })
})
