import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readUserData } from '../../runtime/klient/read-user-data.js'
import { describeWithTerraform } from '../terraform.js'
import { cases } from './cases.js'
import { fill } from './fill.js'
import { provision } from './machine.js'

const key = { kiteKey: 'h.c.s' }

describe('provisioning data, for machines without cloud-init', () => {
  const format = 'provisionData'

  it('is JSON that says what to write and what to run, packed, in base64', async () => {
    const { value } = await provision({ ...key, userData: cases.script }, { format })
    const json = JSON.parse(gunzipSync(Buffer.from(value, 'base64')).toString())
    expect(json).toEqual({
      hostname: 'ada',
      username: 'ada',
      files: [
        {
          path: '/var/lib/koding/provision.sh',
          permissions: '0755',
          content: expect.stringContaining('root="${KLOUD_ROOT:-}"'),
        },
        {
          path: '/var/lib/koding/metadata.json',
          permissions: '0600',
          content: expect.stringContaining('"kiteKey": "h.c.s"'),
        },
        { path: '/var/lib/koding/user-data.sh', permissions: '0755', content: cases.script },
      ],
      run: ['/var/lib/koding/provision.sh'],
    })
    expect((await provision({ ...key, userData: cases.script }, { format })).value).toBe(value)
  })

  it('is read back', async () => {
    const { value } = await provision({ ...key, userData: cases.script }, { format })
    expect(readUserData(value)).toMatchObject({
      ...{ hostname: 'ada', users: [{ name: 'ada' }], kiteKey: 'h.c.s' },
      ...{ scripts: [cases.script], runcmd: ['/var/lib/koding/provision.sh'] },
    })
  })

  it.each(['cloud-config', 'message', 'include'] as const)('cannot hold user data of the kind "%s"', async (name) => {
    await expect(provision({ userData: cases[name] }, { format })).rejects.toThrow('the machine has no cloud-init')
  })

  describeWithTerraform('with expressions', ({ path }) => {
    it('is made by Terraform', async () => {
      const script = '#!/bin/sh\necho "${var.lines}" $${HOME}\n'
      const written = await provision({ userData: script, hostname: 'web-${var.number}' }, { format })
      const whole = await provision({ userData: '${file("script.sh")}' }, { format })
      const nothing = await provision({ userData: '${var.nothing}' }, { format })
      const variables = { kitekeys_web: { 0: 'h.c.s' }, lines: 'a "b"\n\\c', number: 3, nothing: null }
      const texts = { written: written.value, whole: whole.value, nothing: nothing.value }
      const filled = fill(path, texts, variables, { 'script.sh': '#!/bin/sh\necho file\n' })
      expect(readUserData(filled.written)).toMatchObject({
        ...{ hostname: 'web-3', kiteKey: 'h.c.s', scripts: ['#!/bin/sh\necho "a "b"\n\\c" ${HOME}\n'] },
      })
      expect(readUserData(filled.whole)).toMatchObject({ scripts: ['#!/bin/sh\necho file\n'] })
      expect(readUserData(filled.nothing)).toMatchObject({ kiteKey: 'h.c.s', scripts: [''] })
    })
  })
})

describe('metadata alone, for containers', () => {
  const format = 'metadata'

  it('is the text of metadata.json', async () => {
    const { value } = await provision(key, { format })
    expect(readUserData(value)).toMatchObject({ kiteKey: 'h.c.s', users: [], scripts: [] })
    expect(JSON.parse(value)).toEqual(readUserData(value).metadata)
  })

  it('is encoded as the provider wants it', async () => {
    const { value } = await provision(key, { format, encoding: ['base64'] })
    expect(readUserData(Buffer.from(value, 'base64').toString()).kiteKey).toBe('h.c.s')
    expect(readUserData(value).kiteKey).toBe('h.c.s')
    expect((await provision({}, { format, encoding: ['base64'] })).value).toMatch(
      /^\$\{base64encode\("\{\\n.*\$\{var\.kitekeys_web\["0"\]\}/,
    )
  })

  it("leaves no room for the user's own", async () => {
    await expect(provision({ userData: cases.script }, { format })).rejects.toThrow("the field holds Klient's metadata")
  })
})
