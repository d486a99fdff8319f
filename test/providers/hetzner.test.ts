import { expect, it } from 'vitest'
import hetzner from '../../generated/hetzner/index.js'
import { longScript, oneProvider } from './one-provider.js'
import { statesSeen } from './states.js'

const bootstrap = { key_id: '1', network_id: '2', subnet_id: '2-10.0.0.0/20', firewall_id: '4' }
const one = oneProvider(hetzner, { bootstrap, credential: { location: 'hel1' } })
const ours = { network: [{ subnet_id: '2-10.0.0.0/20', alias_ips: [] }] }

it('a server gets a name, an image, a type, the location, the network, the key and the firewall', async () => {
  expect(await one.machine()).toMatchObject({
    ...ours,
    name: expect.stringMatching(/^web-[0-9a-f]{6}$/),
    image: 'ubuntu-24.04',
    server_type: 'cx23',
    location: 'hel1',
    ssh_keys: ['1'],
    firewall_ids: ['4'],
  })
})

it('a server elsewhere gets no network, which may be out of its reach', async () => {
  const elsewhere = await one.machine({ location: 'ash' })
  expect(elsewhere).toMatchObject({ location: 'ash', firewall_ids: ['4'] })
  expect(elsewhere).not.toHaveProperty('network')
})

it("the user's network takes the place of ours; their keys and firewalls are kept beside ours", async () => {
  const network = [{ subnet_id: '${hcloud_network_subnet.own.id}', alias_ips: [] }]
  expect(await one.machine({ network, ssh_keys: ['me'], firewall_ids: ['mine'] })).toMatchObject({
    network,
    location: 'hel1',
    ssh_keys: ['me', '1'],
    firewall_ids: ['mine', '4'],
  })
})

it('user data may be 32 KiB', async () => {
  await expect(one.machine({ user_data: longScript(60_000) })).rejects.toThrow(
    'more than the 32,768 that the cloud takes',
  )
})

it('its bootstrap makes the key, the network where the location is, and a firewall with the doors that Klient needs', () => {
  const { data, resource } = one.bootstrap()
  expect(data).toEqual({ hcloud_location: { home: { name: 'hel1' } } })
  expect(Object.keys(hetzner.Bootstrap.fields)).toEqual(Object.keys(bootstrap))
  expect(resource).toMatchObject({
    hcloud_ssh_key: { kloud: { public_key: one.given.ssh?.public_key } },
    hcloud_network_subnet: { kloud: { network_zone: '${data.hcloud_location.home.network_zone}' } },
    hcloud_firewall: { kloud: { rule: expect.arrayContaining([expect.objectContaining({ port: '56789' })]) } },
  })
})

it('a token has 64 letters and digits', () => {
  expect(hetzner.Credential.problems({ token: 'aB3d'.repeat(16) })).toEqual([])
  expect(hetzner.Credential.problems({ token: 'aB3d' })[0]?.message).toContain('64 letters and digits')
})

it('knows every state', async () => {
  const answer = (status: string) => ({ server: { status } })
  expect(await statesSeen(one, { metadata: { server_id: 1 }, answer })).toEqual({
    initializing: 'Building',
    rebuilding: 'Building',
    starting: 'Starting',
    running: 'Running',
    migrating: 'Pending',
    stopping: 'Stopping',
    off: 'Stopped',
    deleting: 'Terminating',
    unknown: 'Unknown',
  })
})
