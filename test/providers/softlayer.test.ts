import { expect, it } from 'vitest'
import softlayer from '../../generated/softlayer/index.js'
import { oneProvider } from './one-provider.js'
import { statesSeen } from './states.js'

const one = oneProvider(softlayer, { bootstrap: { key_id: '12' } })

it('a guest gets a name, an image, a place, a size and the key', async () => {
  expect(await one.machine()).toMatchObject({
    hostname: expect.stringMatching(/^web-[0-9a-f]{6}$/),
    domain: 'kloud.internal',
    os_reference_code: 'UBUNTU_24_64',
    datacenter: 'dal13',
    flavor_key_name: 'B1_1X2X25',
    local_disk: false,
    ssh_key_ids: ['12'],
  })
})

it("the user's own keys are kept beside ours", async () => {
  expect(await one.machine({ ssh_key_ids: [7] })).toMatchObject({ ssh_key_ids: [7, '12'] })
})

it.each([
  [{ image_id: 5 }, 'os_reference_code'],
  [{ cores: 2, memory: 2048 }, 'flavor_key_name'],
  [{ datacenter_choice: [{ datacenter: 'ams03' }] }, 'datacenter'],
])('with %j it gets no %s', async (attributes, other) => {
  const guest = await one.machine(attributes)
  expect(guest).toMatchObject(attributes)
  expect(guest).not.toHaveProperty(other)
})

it('several guests in one resource are asked for by count', async () => {
  await expect(one.machine({ bulk_vms: [{ hostname: 'a', domain: 'b' }] })).rejects.toThrow('bulk_vms: use count')
})

it('its bootstrap makes a key of the pair', () => {
  expect(one.bootstrap()).toMatchObject({
    provider: { ibm: { iaas_classic_api_key: '${var.softlayer_api_key}' } },
    resource: { ibm_compute_ssh_key: { kloud: { public_key: one.given.ssh?.public_key } } },
  })
  expect(Object.keys(softlayer.Bootstrap.fields)).toEqual(['key_id'])
})

it('a key is one of classic infrastructure, or of IBM Cloud', () => {
  const problems = (api_key: string) => softlayer.Credential.problems({ username: 'apikey', api_key })
  expect([...problems('a1'.repeat(32)), ...problems('aB3_'.repeat(11))]).toEqual([])
  expect(problems('a1')[0]?.message).toContain('64 hexadecimal digits')
})

it('knows every state', async () => {
  const answer = (keyName: string) => ({ keyName })
  expect(await statesSeen(one, { metadata: { guest_id: 1 }, answer })).toEqual({
    INITIATING: 'Building',
    RUNNING: 'Running',
    PAUSED: 'Stopped',
    HALTED: 'Stopped',
  })
})
