import { expect, it } from 'vitest'
import digitalocean from '../../generated/digitalocean/index.js'
import { longScript, oneProvider } from './one-provider.js'
import { statesSeen } from './states.js'

const one = oneProvider(digitalocean, { bootstrap: { key_id: '12' } })
const keys = async (ssh_keys: string[] | number[] | string) => (await one.machine({ name: 'web', ssh_keys })).ssh_keys

it('a droplet gets an image, a region, a size and the key', async () => {
  expect(await one.machine({ name: 'web' })).toMatchObject({
    image: 'ubuntu-24-04-x64',
    region: 'nyc3',
    size: 's-1vcpu-1gb',
    ssh_keys: ['12'],
  })
})

it("the user's own keys are kept, before ours, and none is there twice", async () => {
  expect(await keys(['7'])).toEqual(['7', '12'])
  expect(await keys([12])).toEqual([12])
  expect(await keys('${var.digitalocean_key_id}')).toEqual('${distinct(concat(var.digitalocean_key_id, ["12"]))}')
})

it('a droplet without a name is an error', async () => {
  await expect(one.machine({})).rejects.toThrow('digitalocean_droplet.web must have name')
})

it('user data may be 64 KiB', async () => {
  await expect(one.machine({ name: 'web', user_data: longScript(130_000) })).rejects.toThrow(
    'more than the 65,536 that the cloud takes',
  )
})

it('its bootstrap makes a key of the pair', () => {
  expect(one.bootstrap()).toMatchObject({
    provider: { digitalocean: { token: '${var.digitalocean_access_token}' } },
    resource: {
      digitalocean_ssh_key: {
        kloud: { name: expect.stringMatching(/^kloud-engines-/), public_key: one.given.ssh?.public_key },
      },
    },
  })
  expect(Object.keys(digitalocean.Bootstrap.fields)).toEqual(['key_name', 'key_id', 'key_fingerprint'])
})

it('a token is one of the new kind, or of the old', () => {
  const hex = 'a1'.repeat(32)
  for (const access_token of [hex, `dop_v1_${hex}`, `doo_v1_${hex}`])
    expect(digitalocean.Credential.problems({ access_token })).toEqual([])
  expect(digitalocean.Credential.problems({ access_token: hex.slice(2) })[0]?.message).toContain(
    '64 hexadecimal digits',
  )
})

it('knows every state', async () => {
  const answer = (status: string) => ({ droplet: { status } })
  expect(await statesSeen(one, { metadata: { droplet_id: 1 }, answer })).toEqual({
    new: 'Starting',
    active: 'Running',
    off: 'Stopped',
    archive: 'Terminated',
  })
})
