import { describe, expect, it } from 'vitest'
import { type MachineSetup, readUserData } from '../../runtime/klient/read-user-data.js'
import { type CaseName, cases } from './cases.js'
import { provision, provisioned } from './machine.js'

const OUR_COMMAND = '/var/lib/koding/provision.sh'
const script = '#!/bin/bash\nset -e\necho "héllo" > /tmp/greeting\n'
const config = { package_update: true, packages: ['git', 'vim'], timezone: 'Europe/Berlin' }
const runcmd = [OUR_COMMAND, ['systemctl', 'enable', 'docker'], 'echo done']

/** What each kind of user data comes to on the machine. */
const expected: Record<CaseName, Partial<Record<keyof MachineSetup, unknown>>> = {
  none: { scripts: [], unread: [], runcmd: [OUR_COMMAND] },
  blank: { scripts: [], unread: [] },
  script: { scripts: [script] },
  python: { scripts: ['#! /usr/bin/env python3\nprint("hi")\n'] },
  'script without a newline at its end': { scripts: ['#!/bin/sh\necho hi'] },
  'script with escapes of a terminal': { scripts: ['#!/bin/sh\nprintf "\x1b[1m"\n\techo\u2028x\n'] },
  'script with a message in it': { scripts: [cases['script with a message in it']] },
  'script of Windows': { scripts: [script] },
  'script in base64': { scripts: [script] },
  'script in gzip in base64': { scripts: [script] },
  'cloud-config': { config: expect.objectContaining(config), runcmd, unread: [] },
  'cloud-config of Windows': { config: expect.objectContaining(config), runcmd, unread: [] },
  'cloud-config in base64': { config: expect.objectContaining(config), runcmd, unread: [] },
  'empty cloud-config': { runcmd: [OUR_COMMAND], unread: [] },
  'cloud-config that would be left out': { config: expect.objectContaining({ packages: ['git'] }), unread: [] },
  message: {
    config: expect.objectContaining(config),
    scripts: ['#!/bin/sh\necho setup'],
    unread: [{ type: 'text/cloud-boothook', text: '#cloud-boothook\n#!/bin/sh\necho boot' }],
  },
  'message of encoded parts': {
    config: expect.objectContaining({ packages: ['git', 'vim', 'café', 'htop'] }),
    scripts: [script.replace('é', 'e')],
  },
  'message in a message': {
    config: expect.objectContaining({ packages: ['a', 'b'] }),
    scripts: ['#!/bin/sh\necho inner'],
  },
  'message of parts that are read on the machine': {
    config: expect.objectContaining({ packages: ['b'] }),
    runcmd: [OUR_COMMAND, 'b'],
    unread: [{ type: 'text/x-include-url', text: 'https://example.com/config' }],
  },
  'message of a patch': { unread: [expect.objectContaining({ type: 'text/cloud-config-jsonp' })] },
  'message in gzip in base64': { scripts: [script.replace('é', 'e')] },
  include: { unread: [{ type: 'text/x-include-url', text: cases.include }] },
  boothook: { unread: [{ type: 'text/cloud-boothook', text: cases.boothook }] },
  jinja: { unread: [{ type: 'text/jinja2', text: cases.jinja }] },
  archive: {
    scripts: ['#!/bin/sh\necho a'],
    config: expect.objectContaining({ packages: ['d'] }),
    runcmd: ['d', OUR_COMMAND],
  },
  'part handler': { unread: [{ type: 'text/part-handler', text: cases['part handler'] }] },
}

describe.each(Object.keys(cases) as CaseName[])('user data of the kind "%s"', (name) => {
  it('arrives, with all of it, beside ours', async () => {
    const setup = readUserData(await provisioned(cases[name]))
    expect(setup).toMatchObject({ hostname: 'ada', kiteKey: 'header.claims.signature' })
    expect(setup.users).toEqual(
      expect.arrayContaining([
        { name: 'default' },
        expect.objectContaining({ name: 'ada', sudo: 'ALL=(ALL) NOPASSWD:ALL' }),
      ]),
    )
    expect(setup.files.get(OUR_COMMAND)).toMatchObject({
      permissions: '0755',
      content: expect.stringMatching(/^#!\/bin\/sh\n/),
    })
    expect(setup.files.get('/var/lib/koding/metadata.json')).toMatchObject({ permissions: '0600', owner: 'ada' })
    expect(setup.runcmd).toContain(OUR_COMMAND)
    expect(setup).toMatchObject(expected[name])
  })
})

describe('what is composed', () => {
  it('for a machine without user data, reads like this', async () => {
    const { value } = await provision({})
    expect(value).toMatchSnapshot()
  })

  it('for a script, holds it as a file', async () => {
    const { value } = await provision({ userData: '#!/bin/sh\necho ${var.size} $${HOME}\n' }, { resolve: () => '1' })
    expect(value.slice(value.indexOf('- path: /var/lib/koding/user-data.sh'))).toMatchSnapshot()
  })

  it('for a cloud-config, holds both', async () => {
    const { value } = await provision({ userData: cases['cloud-config'] })
    expect(value.replace(/- path: \/var\/lib\/koding[\s\S]*?(?=- path: \/etc)/, '…\n')).toMatchSnapshot()
  })

  it('for an include, is a message of which ours is the last part, and adds to the others', async () => {
    const { value } = await provision({ userData: cases.include })
    expect(value.replace(/write_files:[\s\S]*?(?=runcmd)/, '…\n')).toMatchSnapshot()
  })

  it('keeps the parts of a message as they stand in it', async () => {
    const { value } = await provision({ userData: cases.message })
    expect(value).toContain(
      '\nContent-Type: text/x-shellscript\nContent-Disposition: attachment; filename="setup.sh"\n\n#!/bin/sh\necho setup\n--',
    )
    expect(value.match(/^Content-Type: text\/cloud-config/gm)).toHaveLength(1)
  })

  it('is the same every time', async () => {
    for (const userData of Object.values(cases)) {
      expect((await provision({ userData })).value).toBe((await provision({ userData })).value)
    }
  })

  it('has in metadata.json what Klient asks for', async () => {
    const { value } = await provision({ debug: true, mounts: { home: '/home/ada', '${x}': '"/"' }, kiteKey: 'k' })
    const { metadata } = readUserData(value.replaceAll('$${', '${'))
    expect(metadata).toEqual({
      'konfig.konfig.konfigs': {
        '5b2de250': {
          endpoints: {
            kontrol: { public: 'https://kontrol.example/kite' },
            klient: { public: 'https://klient.example/klient.gz' },
          },
          environment: 'managed',
          kiteKey: 'k',
          mount: { exports: { home: '/home/ada', '${x}': '"/"' } },
          publicBucketName: 'koding-klient',
          publicBucketRegion: 'us-east-1',
          debug: true,
        },
      },
      'konfig.konfig.konfigs.used': { id: '5b2de250' },
    })
  })

  it('gives machines that share their user data each its own key and name', async () => {
    const { klientProvisioner } = await import('../../runtime/klient/user-data.js')
    const { shared } = await import('./machine.js')
    const provisionMachine = await klientProvisioner(shared)
    const values = [0, 1].map((index) => {
      const machine = { kiteKey: `\${var.kitekeys["${index}"]}`, hostname: `web-\${count.index + ${index}}` }
      return provisionMachine({ name: `a.${index}`, userData: cases.script, ...machine }).value
    })
    for (const [index, value] of values.entries()) {
      expect(value).toContain(`"kiteKey": "\${var.kitekeys["${index}"]}"`)
      expect(value).toContain(`hostname: "web-\${count.index + ${index}}"`)
    }
  })
})

describe('the user is told', () => {
  it.each([
    [
      'of a beginning that cloud-init does not know',
      'echo hi',
      'a.b: the user data begins with "echo hi", which cloud-init does not know: begin it with #!/bin/sh or #cloud-config',
    ],
    [
      'of a key that is there twice',
      '#cloud-config\npackages: [a]\npackages: [b]\n',
      'a.b: the user data has packages twice: cloud-init reads the last',
    ],
    ...["'list(append)+str()'", 'nonsense', '[{name: list, settings: [append]}]', '{name: list}'].map((how) => [
      `that merge_how: ${how} is left out`,
      `#cloud-config\nmerge_how: ${how}\npackages: [git]\n`,
      'a.b: the user data has a merge_how for which cloud-init would take nothing of it, so that one is left out',
    ]),
    [
      'of a part that replaces another',
      'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/cloud-config\n\npackages: [a]\n--b\nContent-Type: text/cloud-config\n\npackages: [b]\n--b--\n',
      'a.b: part 2 of the user data replaces packages of an earlier part: say Merge-Type to keep both',
    ],
    [
      'of a part that no longer replaces another',
      cases['message of parts that are read on the machine'],
      'a.b: part 2 of the user data now comes after the parts that are read on the machine: what they set, it no longer replaces',
    ],
  ])('%s', async (_, userData, warning) => {
    expect((await provision({ name: 'a.b', userData })).warnings).toEqual([warning])
  })

  it('nothing of a merge_how that has a dict merger, and is left out too', async () => {
    const userData = '#cloud-config\nmerge_how: list(append)+dict(recurse_list)+str()\npackages: [git]\n'
    const { value, warnings } = await provision({ userData })
    expect(warnings).toEqual([])
    expect(value).not.toContain('merge_how')
  })

  it.each<[string, string, RegExp]>([
    ['a cloud-config that is no YAML', '#cloud-config\na: [1\n', /^a\.b: user data: not YAML at line 3, column 1/],
    [
      'a file of ours',
      '#cloud-config\nwrite_files:\n- path: /x\n- path: /var/lib/koding/metadata.json\n',
      /^a\.b: user data: write_files\.1\.path conflicts/,
    ],
    [
      'a message without a boundary',
      'MIME-Version: 1.0\nContent-Type: multipart/mixed\n\n',
      /^a\.b: user data: a MIME message .* does not say its boundary/,
    ],
    [
      'a Merge-Type that cloud-init does not know',
      'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/cloud-config\nMerge-Type: heap()\n\na: 1\n--b--\n',
      /the Merge-Type of part 1/,
    ],
    ['gzip that is cut off', cases['script in gzip in base64'].slice(0, -16), /cannot be unpacked/],
  ])('that there is %s', async (_, userData, message) => {
    await expect(provision({ name: 'a.b', userData })).rejects.toThrow(
      expect.objectContaining({ message: expect.stringMatching(message), fault: 'input' }),
    )
  })
})
