import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { type MachineSetup, readUserData } from '../../runtime/klient/read-user-data.js'
import type { KlientOptions } from '../../runtime/klient/user-data.js'
import { describeWithTerraform } from '../terraform.js'
import { fill } from './fill.js'
import { provision } from './machine.js'

const KEY = 'eyJhbGciOiJSUzI1NiJ9.eyJqdGkiOiIxIn0.c2ln'
const plainScript = '#!/bin/sh\necho plain $' + '{HOME}\n'
const message = [
  'Content-Type: multipart/mixed; boundary="inner"\nMIME-Version: 1.0\n',
  '--inner\nContent-Type: text/x-shellscript\n\n#!/bin/sh\necho of a message',
  '--inner\nContent-Type: text/cloud-config\n\n#cloud-config\npackages: [of-a-message]',
  '--inner--\n',
].join('\n')
const cloudConfig = '#cloud-config\npackages: [of-a-file]\nruncmd: [echo ö]\n'

const variables = {
  kitekeys_web: { 0: KEY },
  word: 'wörd',
  number: 8080,
  lines: 'one\n  two "quoted" \\ back\n\nlast $x',
  list: ['a', 'b c'],
  flag: true,
  shebang: '#!/bin/bash',
  packed: Buffer.from(gzipSync(plainScript)).toString('base64'),
  message,
}
const files = {
  'script.sh': plainScript,
  'windows.sh': `\ufeff${plainScript}`,
  'config.yaml': cloudConfig,
  'message.txt': message,
  'script.tftpl': '#!/bin/sh\necho ${word}\n',
}

/** Scripts; what the machine runs must be what Terraform makes of each. */
const scripts = {
  words: '#!/bin/sh\necho ${var.word} $${HOME} %%{x} $HOME "quoted" \\ \'single\'\n',
  lines: '#!/bin/sh\ncat <<END\n${var.lines}\n\tindented ${var.lines} and on\nEND\n',
  'no newline at the end': '#!/bin/sh\necho ${var.lines} end',
  'newlines at the end': '#!/bin/sh\necho ${var.lines}\n\n\n',
  directives:
    '#!/bin/sh\n%{ for item in var.list ~}\necho "${item}"\n%{ endfor ~}\n%{ if !var.flag }no%{ else }yes "${var.word}"%{ endif }\n',
  'calls of several lines':
    '#!/bin/sh\necho ${join(" ", [\n  for item in var.list :\n  "${item}!"\n])} ${~ var.word ~} x\n',
  'escapes of a terminal': '#!/bin/sh\nprintf "\x1b[1m${var.word}"\n',
}

/** Cloud-config; each key must be what cloud-init would read of what Terraform makes of it. */
const configs = {
  flow: '#cloud-config\npackages: [x, ${var.word}, "${var.word} y"]\nport: ${var.number}\n"${var.word}": 1\n',
  blocks:
    '#cloud-config\nwrite_files:\n    - path: /etc/x\n      content: |\n        a\n        ${indent(8, var.lines)}\n        b\n    - {path: /etc/y, content: "${var.word}\\n$${z}"}\n',
  folded: '#cloud-config\nfinal: >-\n  a\n  ${var.word}\n\n  b\n',
  'values worked out': '#cloud-config\npackages: ${jsonencode(var.list)}\n',
  'structure worked out':
    '#cloud-config\npackages:\n%{ for item in var.list ~}\n  - "${item}"\n%{ endfor ~}\nruncmd: [theirs]\n',
  'lines worked out': '#cloud-config\n${yamlencode({ packages = var.list, note = var.lines })}',
  'deep indentation': '#cloud-config\na:\n b:\n  c:\n   d: |\n    ${indent(4, var.lines)}\n',
}

/** Expressions as a whole; what each must come to on the machine. */
const expressions: Record<string, [userData: string, expected: Partial<Record<keyof MachineSetup, unknown>>]> = {
  'a script': ['${file("script.sh")}', { scripts: [plainScript] }],
  'a script of Windows': ['${file("windows.sh")}', { scripts: [plainScript] }],
  'a template': ['${templatefile("script.tftpl", { word = var.word })}', { scripts: ['#!/bin/sh\necho wörd\n'] }],
  'a cloud-config': [
    '${file("config.yaml")}',
    {
      config: expect.objectContaining({ packages: ['of-a-file'], runcmd: ['echo ö', '/var/lib/koding/provision.sh'] }),
    },
  ],
  'a message': [
    '${file("message.txt")}',
    { scripts: ['#!/bin/sh\necho of a message'], config: expect.objectContaining({ packages: ['of-a-message'] }) },
  ],
  'a message in base64': ['${base64encode(var.message) }', { scripts: ['#!/bin/sh\necho of a message'] }],
  'a script in base64': ['${filebase64("script.sh")}', { scripts: [plainScript] }],
  'base64 that is worked out': ['${join("", [base64encode(file("script.sh"))])}', { scripts: [plainScript] }],
  'gzip in base64': ['${var.packed}', { scripts: [plainScript] }],
  'a text in base64': ['${base64encode("#!/bin/sh\\necho ${var.word}\\n")}', { scripts: ['#!/bin/sh\necho wörd\n'] }],
  'a choice': ['${var.flag ? file("script.sh") : ""}', { scripts: [plainScript] }],
  'a beginning that is worked out': ['${var.shebang}\necho ${var.word}\n', { scripts: ['#!/bin/bash\necho wörd\n'] }],
  'an address to include': [
    '#include\nhttps://${var.word}.example\n',
    { unread: [{ type: 'text/x-include-url', text: '#include\nhttps://wörd.example\n' }] },
  ],
  'a message around expressions': [
    message.replace('of a message', '${var.word}').replace('of-a-message', '${var.number}'),
    { scripts: ['#!/bin/sh\necho wörd'], config: expect.objectContaining({ packages: [8080] }) },
  ],
}

const encodings: [name: string, options: Partial<KlientOptions>][] = [
  ['as it is', {}],
  ['in base64', { encoding: ['base64'] }],
  ['in gzip and base64', { encoding: ['gzip', 'base64'] }],
  ['packed, since the cloud takes little', { limit: 7_400 }],
]

describeWithTerraform('filled by the real Terraform', ({ path }) => {
  describe.each(encodings)('and sent %s', (_, options) => {
    const setups = new Map<string, MachineSetup>()
    const originals = new Map<string, string>()
    beforeAll(async () => {
      const given = {
        ...scripts,
        ...configs,
        ...Object.fromEntries(Object.entries(expressions).map(([name, [text]]) => [name, text])),
      }
      const texts: Record<string, string> = {}
      const names = new Map(Object.keys(given).map((name, index) => [name, index]))
      for (const [name, userData] of Object.entries(given)) {
        texts[`composed${names.get(name)}`] = (await provision({ userData }, options)).value
        texts[`original${names.get(name)}`] = userData
      }
      const filled = fill(path, texts, variables, files)
      for (const [name, index] of names) {
        originals.set(name, filled[`original${index}`] ?? '')
        setups.set(name, readUserData(filled[`composed${index}`] ?? ''))
      }
    })

    it.each(Object.keys(scripts))('a script with %s is what Terraform makes of it', (name) => {
      expect(setups.get(name)?.scripts).toEqual([originals.get(name)])
    })

    it.each(Object.keys(configs))('a cloud-config with %s has what cloud-init would read in it', (name) => {
      const expected = readUserData(originals.get(name) ?? '')
      const { config, files: written } = setups.get(name) ?? {}
      const { write_files: _written, runcmd = [], ...rest } = expected.config
      expect(config).toMatchObject(rest)
      expect(config?.runcmd).toEqual(expect.arrayContaining(Array.isArray(runcmd) ? runcmd : []))
      for (const [file, { content }] of expected.files) expect(written?.get(file)?.content).toBe(content)
    })

    it.each(Object.entries(expressions))('%s arrives', (name, [, expected]) => {
      expect(setups.get(name)).toMatchObject(expected)
    })

    it('and every machine has its key', () => {
      expect([...setups].filter(([, { kiteKey }]) => kiteKey !== KEY)).toEqual([])
    })
  })
})

describe('in the comments of a script', () => {
  it('nothing is left for Terraform', async () => {
    const userData = '#!/bin/sh ${var.flags}\n  # ${var.gone} and %{ if } and $${kept}\necho # ${var.word}\n'
    const { value } = await provision({ userData }, { resolve: () => 'x' })
    expect(value).toContain(
      '#!/bin/sh ${var.flags}\n      # $${var.gone} and %%{ if } and $${kept}\n    echo # ${var.word}\n',
    )
  })
})

describe('what is worked out to one line, as far as is known,', () => {
  it('stands in a script as the user wrote it', async () => {
    const resolve = (expression: string) => ({ 'var.word': 'x', 'var.lines': 'x\ny' })[expression]
    const { value } = await provision({ userData: '#!/bin/sh\n${var.word} ${var.lines} ${var.other}\n' }, { resolve })
    expect(value).toContain('${var.word} ${indent(4, var.lines)} ${indent(4, var.other)}')
  })
})

describe('what is refused', () => {
  it.each([
    ['text that Terraform cannot read', '#!/bin/sh\necho ${var.', /Terraform cannot read it at line 2, column/],
    ['a packed message', '${data.cloudinit_config.main.rendered}', /data.cloudinit_config.main packs its message/],
  ])('%s', async (_, userData, message) => {
    const data = { cloudinit_config: { main: [{ part: [] }] } }
    await expect(provision({ userData }, { data })).rejects.toThrow(message)
  })

  it('but not a message that is not packed', async () => {
    const data = { cloudinit_config: { main: { gzip: false } } }
    const { value } = await provision({ userData: '${data.cloudinit_config.main.rendered}' }, { data })
    expect(value).toContain('trimprefix(data.cloudinit_config.main.rendered,')
  })
})
