import { expect, it } from 'vitest'
import azure from '../../generated/azure/index.js'
import { readUserData } from '../../runtime/klient/read-user-data.js'
import { fill } from '../klient/fill.js'
import { describeWithTerraform } from '../terraform.js'
import { at, longScript, oneProvider } from './one-provider.js'
import { statesSeen } from './states.js'

const bootstrap = { resource_group: 'group-1', network: 'network-1', subnet: 'subnet-1', security_group: 'sg-1' }
const one = oneProvider(azure, { bootstrap, credential: { location: 'westeurope' } })
const publicKey = one.given.ssh?.public_key ?? ''

it('a machine gets a name, a group, a place, a size, a disk, an image, a user and a key', async () => {
  expect(await one.machine()).toMatchObject({
    name: expect.stringMatching(/^web-/),
    resource_group_name: 'group-1',
    location: 'westeurope',
    size: 'Standard_B2ts_v2',
    os_disk: { caching: 'ReadWrite', storage_account_type: 'StandardSSD_LRS' },
    source_image_reference: { publisher: 'Canonical', offer: 'ubuntu-24_04-lts' },
    admin_username: 'kloud',
    admin_ssh_key: [{ username: 'kloud', public_key: publicKey }],
  })
})

it("our key is for the user's own name, and beside the user's keys", async () => {
  const admin_ssh_key = [{ username: 'ada', public_key: 'ssh-ed25519 AAAA' }]
  expect(await one.machine({ admin_username: 'ada', admin_ssh_key })).toMatchObject({
    admin_ssh_key: [...admin_ssh_key, { username: 'ada', public_key: publicKey }],
  })
})

it('a machine without a network interface gets one in our network, with an address, for each of its count', async () => {
  const { template } = await one.compose({ resource: { azurerm_linux_virtual_machine: { web: { count: 2 } } } })
  const resource = at(template, 'resource')
  expect(at(resource, 'azurerm_network_interface', 'web_nic')).toMatchObject({
    count: 2,
    ip_configuration: {
      subnet_id: 'subnet-1',
      public_ip_address_id: '${azurerm_public_ip.web_ip[count.index].id}',
    },
  })
  expect(at(resource, 'azurerm_linux_virtual_machine', 'web', 'network_interface_ids')).toEqual([
    '${azurerm_network_interface.web_nic[count.index].id}',
  ])
})

it('a machine with a network interface of its own gets none', async () => {
  const web = { network_interface_ids: ['${azurerm_network_interface.own.id}'] }
  const { template } = await one.compose({ resource: { azurerm_linux_virtual_machine: { web } } })
  expect(Object.keys(at(template, 'resource') ?? {})).toEqual(['azurerm_linux_virtual_machine'])
})

it('another image takes the place of ours', async () => {
  expect(await one.machine({ source_image_id: 'image-1' })).not.toHaveProperty('source_image_reference')
})

it('a template of another subscription is an error', async () => {
  const provider = { azurerm: { subscription_id: '00000000-0000-4000-8000-000000000000' } }
  await expect(one.machine({}, { provider })).rejects.toThrow(
    'has subscription_id "00000000-0000-4000-8000-000000000000"',
  )
})

it('custom data may be 64 KiB, before base64', async () => {
  await expect(one.machine({ custom_data: longScript(130_000) })).rejects.toThrow('more than the 65,536')
})

describeWithTerraform('custom data', ({ path }) => {
  it('is in base64, and what cloud-init reads', async () => {
    const { custom_data } = await one.machine({ custom_data: '#!/bin/sh\necho hello' })
    const { filled } = fill(path, { filled: String(custom_data) }, { kitekeys_web: { 0: 'the.kite.key' } })
    expect(filled).toMatch(/^[A-Za-z0-9+/]+=*$/)
    const setup = readUserData(filled)
    expect(setup.kiteKey).toBe('the.kite.key')
    expect(setup.scripts).toEqual(['#!/bin/sh\necho hello'])
  })
})

it('its bootstrap makes a group, a network with a subnet, and its security group', () => {
  const { resource } = one.bootstrap()
  expect(Object.keys(resource ?? {})).toEqual([
    'azurerm_resource_group',
    'azurerm_network_security_group',
    'azurerm_network_security_rule',
    'azurerm_virtual_network',
    'azurerm_subnet',
    'azurerm_subnet_network_security_group_association',
  ])
  expect(at(resource, 'azurerm_network_security_rule', 'kloud', 'destination_port_ranges')).toContain('56789')
  expect(Object.keys(azure.Bootstrap.fields)).toEqual(Object.keys(bootstrap))
})

it("the secret's value is told from its ID", () => {
  const id = '5a7d0b0c-0000-4000-8000-00000000001c'
  const problems = (client_secret: string) =>
    azure.Credential.problems({ subscription_id: id, tenant_id: id, client_id: id, client_secret })
  expect(problems('abc8Q~the-secret-value')).toEqual([])
  expect(problems(id)[0]?.message).toContain('the value of the secret, not its ID')
})

it('knows every state, and that a machine which is made or deleted does not run', async () => {
  const metadata = { vm_id: '/subscriptions/1/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/web' }
  const answer = (code: string) => {
    const isPower = code.startsWith('PowerState/')
    const codes = isPower ? ['ProvisioningState/succeeded', code] : [code, 'PowerState/running']
    return { statuses: codes.map((one) => ({ code: one })) }
  }
  expect(await statesSeen(one, { metadata, answer })).toEqual({
    'ProvisioningState/creating': 'Building',
    'ProvisioningState/deleting': 'Terminating',
    'PowerState/creating': 'Building',
    'PowerState/starting': 'Starting',
    'PowerState/running': 'Running',
    'PowerState/stopping': 'Stopping',
    'PowerState/stopped': 'Stopped',
    'PowerState/deallocating': 'Stopping',
    'PowerState/deallocated': 'Stopped',
    'PowerState/unknown': 'Unknown',
  })
})
