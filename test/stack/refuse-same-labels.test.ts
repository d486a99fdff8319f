import { expect, test } from 'vitest'
import { refuseSameLabels } from '../../runtime/stack/refuse-same-labels.js'

test('two machines that would go by one label are refused: one of them could not be reached', () => {
  const machines = [
    { label: 'db', resource: 'aws_instance.db' },
    { label: 'web', resource: 'aws_instance.web' },
    { label: 'web', resource: 'digitalocean_droplet.web' },
  ]
  expect(() => refuseSameLabels(machines)).toThrow(
    'aws_instance.web and digitalocean_droplet.web would both be the machine web of this stack',
  )
  expect(() => refuseSameLabels(machines.slice(0, 2))).not.toThrow()
})
