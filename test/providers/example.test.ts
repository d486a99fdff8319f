import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import example from '../../generated/example/index.js'
import { makeMachine } from '../../runtime/machine/any-machine.js'
import { machineInfo } from '../../runtime/machine/operate.js'
import { never } from '../machine/loopback.js'
import { oneProvider } from './one-provider.js'

const one = oneProvider(example, { bootstrap: { vpc: 'vpc-1' } })

it('an instance gets a size, the network of the bootstrap, and user data in run_script', async () => {
  expect(await one.machine({ name: 'web', run_script: '#!/bin/sh\necho hello' })).toEqual({
    name: 'web',
    size: 'small',
    vpc: 'vpc-1',
    run_script: expect.stringMatching(/^#cloud-config\n[\s\S]*echo hello/),
  })
})

it("the user's own values win, and a name is theirs to give", async () => {
  expect(await one.machine({ name: 'web', size: 'large', vpc: 'own' })).toMatchObject({ size: 'large', vpc: 'own' })
  await expect(one.machine({})).rejects.toThrow('example_instance.web must have name')
})

it('its bootstrap makes the network', () => {
  expect(one.bootstrap()).toMatchObject({
    resource: { example_vpc: { kloud: { cidr_block: '10.0.0.0/16' } } },
    output: { vpc: { value: '${example_vpc.kloud.id}' } },
  })
})

it('its machine is there to be written: each method says where', async () => {
  const metadata = example.Metadata.parse({ instance_id: '1' })
  const machine = makeMachine(example, { ...one.given, bootstrap: {}, metadata })
  await expect(machineInfo(machine, { signal: never })).rejects.toThrow(
    "info is not written yet: write it in this provider's machine.ts",
  )
  expect([machine.start, machine.stop]).toEqual([expect.any(Function), expect.any(Function)])
})

it('every line of the tutorial is explained', () => {
  const lines = readFileSync('specs/example.yaml', 'utf8').split('\n').slice(2)
  expect(lines.filter((line) => line !== '' && !/\S +# \S/.test(line))).toEqual([])
})

it('a key has the form that it says', () => {
  expect(example.Credential.problems({ api_key: `ex-${'a1'.repeat(16)}` })).toEqual([])
  expect(example.Credential.problems({ api_key: 'ex-' })[0]?.message).toContain('must be ex- and 32 hexadecimal digits')
})
