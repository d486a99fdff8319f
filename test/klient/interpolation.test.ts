import { beforeAll, describe, expect, it } from 'vitest'
import { type MachineSetup, readUserData } from '../../runtime/klient/read-user-data.js'
import type { KlientOptions } from '../../runtime/klient/user-data.js'
import { describeWithTerraform } from '../terraform.js'
import { fill } from './fill.js'
import { provision } from './machine.js'
import { configs, expressions, files, KEY, scripts, variables } from './templates.js'

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
        if (!Object.hasOwn(expressions, name)) texts[`original${names.get(name)}`] = userData
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

describe('in the comments of a hook at boot, or of a script in a message', () => {
  it.each([
    ['a hook', '#cloud-boothook\n#!/bin/sh\n# ${var.gone}\n'],
    ['a part', 'MIME-Version: 1.0\nContent-Type: text/x-shellscript-per-boot\n\n#!/bin/sh\n# ${var.gone}\n'],
  ])('nothing is left for Terraform either: %s', async (_, userData) => {
    expect((await provision({ userData })).value).toContain('\n# $${var.gone}\n')
  })
})

it('words that stand for expressions while user data is taken apart are none of the user', async () => {
  const userData = '#!/bin/sh\necho KLOUDxN0E KLOUDxKEY KLOUDxxN1E ${var.word}\n'
  const { value } = await provision({ userData }, { resolve: () => 'x' })
  expect(value).toContain('echo KLOUDxN0E KLOUDxKEY KLOUDxxN1E ${var.word}\n')
})

describe('what is worked out to one line, as far as is known,', () => {
  it('stands in a script as the user wrote it', async () => {
    const resolve = (expression: string) => ({ 'var.word': 'x', 'var.lines': 'x\ny' })[expression]
    const { value } = await provision({ userData: '#!/bin/sh\n${var.word} ${var.lines} ${var.other}\n' }, { resolve })
    expect(value).toContain('${var.word} ${indent(4, var.lines)} ${indent(4, var.other)}')
  })
})

it('what is never null is as it was, so that machines keep the user data that they have', async () => {
  const never = ['file("x.sh")', 'templatefile("x", {})', 'var.on ? file("x.sh") : ""', 'data.template_file.x.rendered']
  for (const expression of never) {
    const { value } = await provision({ userData: `\${${expression}}` })
    expect(value).toContain(`trimprefix(${expression}, `)
  }
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
