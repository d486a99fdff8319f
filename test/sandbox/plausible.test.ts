import { expect, test } from 'vitest'
import { hintsFromOutputs } from '../../runtime/sandbox/hints.js'
import { decideValue } from '../../runtime/sandbox/plausible.js'
import type { Missing } from '../../runtime/sandbox/plugin/provider.js'

const missing = (name: string, more: Partial<Missing> = {}): Missing => ({
  resourceType: 'acme_vm',
  path: name.split('.'),
  type: 'string',
  id: '12',
  seed: 'acme_vm 1',
  ...more,
})

test.each([
  ['id', /^12$/],
  ['ipv4_address', /^198\.1[89]\.\d+\.\d+$/],
  ['ipv4_address_private', /^10\.\d+\.\d+\.\d+$/],
  ['ipv6_address', /^2001:db8:/],
  ['nic.0.nat_ip', /^198\./],
  ['fingerprint', /^([0-9a-f]{2}:){15}[0-9a-f]{2}$/],
  ['arn', /^arn:/],
  ['self_link', /^https:\/\/sandbox\.invalid\//],
  ['network_id', /^\d+$/],
  ['cidr_block', /^10\.\d+\.\d+\.0\/24$/],
  ['something_else', /^something-else-[0-9a-f]{8}$/],
])('%s looks like one', (name, pattern) => {
  expect(decideValue(missing(name))).toMatch(pattern)
})

test('a value is the same for the same resource, and another for another', () => {
  expect(decideValue(missing('ip'))).toBe(decideValue(missing('ip')))
  expect(decideValue(missing('ip'))).not.toBe(decideValue(missing('ip', { seed: 'acme_vm 2' })))
})

test('values are of the type that is asked for, and lists are long enough to take the first few of', () => {
  expect(decideValue(missing('ssh_port', { type: 'number' }))).toEqual(expect.any(Number))
  expect(decideValue(missing('enabled', { type: 'bool' }))).toBe(true)
  expect(decideValue(missing('names', { type: ['list', 'string'] }))).toHaveLength(3)
  expect(decideValue(missing('disk', { type: ['list', ['object', { size: 'number', path: 'string' }]] }))).toEqual([
    { size: expect.any(Number), path: expect.any(String) },
  ])
  expect(decideValue(missing('labels', { type: ['map', 'string'] }))).toEqual({})
})

test('hints come before guesses: a value, or a pattern, by resource type and path without numbers', () => {
  const hints = { acme_vm: { id: { pattern: '^i-[0-9a-f]{8}$' }, 'nic.ip': { value: '10.1.2.3' } } }
  expect(decideValue(missing('id'), hints)).toMatch(/^i-[0-9a-f]{8}$/)
  expect(decideValue(missing('nic.0.ip'), hints)).toBe('10.1.2.3')
  expect(decideValue(missing('id', { resourceType: 'acme_disk' }), hints)).toBe('12')
})

test('an output that is an attribute and nothing else hints at what the attribute looks like', () => {
  const outputs = {
    vpc: '${aws_vpc.kloud.id}',
    ami: { value: '${data.aws_ami.ubuntu.id}' },
    disk: '${aws_instance.web[0].disk[0].id}',
    text: 'a ${aws_vpc.kloud.id}',
    none: 3,
  }
  const patterns = { vpc: '^vpc-', ami: '^ami-', disk: '^vol-', text: '^a', none: '^3', gone: '^x' }
  expect(hintsFromOutputs(outputs, patterns)).toEqual({
    aws_vpc: { id: { pattern: '^vpc-' } },
    aws_ami: { id: { pattern: '^ami-' } },
    aws_instance: { 'disk.id': { pattern: '^vol-' } },
  })
})
