// Every word for a state that a cloud documents has one of Kloud's, in every spec.
import { InstanceStateName } from '@aws-sdk/client-ec2'
import { expect, it } from 'vitest'
import { searchJson } from '../../runtime/jmespath/search.js'
import { infoOf, modelOf, specNames } from './model-of.js'

/** What each cloud's own documentation lists. */
const documented: Readonly<Record<string, readonly string[]>> = {
  // Of the client itself.
  aws: Object.values(InstanceStateName),
  // https://learn.microsoft.com/azure/virtual-machines/states-billing
  azure: ['starting', 'running', 'stopping', 'stopped', 'deallocating', 'deallocated', 'unknown', 'creating'].map(
    (word) => `PowerState/${word}`,
  ),
  // https://docs.digitalocean.com/reference/api/digitalocean/#tag/Droplets: status of a droplet
  digitalocean: ['new', 'active', 'off', 'archive'],
  // https://cloud.google.com/compute/docs/instances/instance-lifecycle
  google: [
    'PENDING',
    'PROVISIONING',
    'STAGING',
    'RUNNING',
    'PENDING_STOP',
    'STOPPING',
    'STOPPED',
    'TERMINATED',
    'REPAIRING',
    'SUSPENDING',
    'SUSPENDED',
    'DEPROVISIONING',
  ],
  // https://docs.hetzner.cloud/reference/cloud#servers: status of a server
  hetzner: ['running', 'initializing', 'starting', 'stopping', 'off', 'deleting', 'migrating', 'rebuilding', 'unknown'],
  // https://sldn.softlayer.com/reference/datatypes/SoftLayer_Virtual_Guest_Power_State
  softlayer: ['RUNNING', 'HALTED', 'PAUSED', 'INITIATING'],
  // Those of the providers of Vagrant that are used most: VirtualBox, libvirt, VMware, Hyper-V, Docker.
  vagrant: [
    ...['not_created', 'running', 'saved', 'poweroff', 'aborted', 'paused', 'gurumeditation', 'inaccessible', 'saving'],
    ...['starting', 'stopping', 'restoring', 'shutoff', 'shutting_down', 'crashed', 'suspended', 'frozen', 'preparing'],
    ...['not_running', 'off', 'stopped', 'unknown', 'host_state_unknown', 'aborted-saved'],
  ],
}

it.each(Object.entries(documented))('every word of %s has a state', (name, words) => {
  const known = infoOf(modelOf(name)).states.map(([word]) => word)
  expect(words.filter((word) => !known.includes(word))).toEqual([])
})

it('every word that the expression of marathon can give has a state', () => {
  const { paths, states } = infoOf(modelOf('marathon'))
  const counts = [0, 1]
  const given = counts.flatMap((instances) =>
    counts.flatMap((tasksRunning) =>
      [[], [{}]].map((deployments) => searchJson(paths[0] ?? '', { app: { instances, tasksRunning, deployments } })),
    ),
  )
  expect([...new Set(given)].sort()).toEqual(states.map(([word]) => word).sort())
})

it('no spec is left out', () => {
  const byHand = ['example']
  expect([...Object.keys(documented), 'marathon', ...byHand].sort()).toEqual(specNames)
})
