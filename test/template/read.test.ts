import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseTemplate, readTemplate } from '../../runtime/template/read.js'
import { withFiles } from './folder.js'

const hcl = `
variable "size" {
  type    = string
  default = "small"
}

provider "acme" {
  region = "eu"
}

provider "acme" {
  alias  = "us"
  region = "us"
}

resource "acme_machine" "web" {
  provider = acme.us
  size     = var.size
  tags     = { Name = "web \${var.size}" }

  disk {
    gigabytes = 20
  }
}

moved {
  from = acme_machine.old
  to   = acme_machine.web
}
`
const yaml = `
variable:
  size: { type: string, default: small }
provider:
  acme:
    - region: eu
    - alias: us
      region: us
resource:
  acme_machine:
    web:
      provider: acme.us
      size: \${var.size}
      tags: { Name: 'web \${var.size}' }
      disk:
        - gigabytes: 20
moved:
  from: acme_machine.old
  to: acme_machine.web
`
const blocks = {
  variable: { size: { type: 'string', default: 'small' } },
  provider: { acme: [{ region: 'eu' }, { alias: 'us', region: 'us' }] },
  resource: {
    acme_machine: {
      web: {
        provider: 'acme.us',
        size: '${var.size}',
        tags: { Name: 'web ${var.size}' },
        disk: [{ gigabytes: 20 }],
      },
    },
  },
  moved: [{ from: 'acme_machine.old', to: 'acme_machine.web' }],
}

describe('readTemplate', () => {
  it('reads JSON, YAML and HCL to the same blocks', async () => {
    const files = { 'a.tf': hcl, 'b.yaml': yaml, 'c.json': JSON.stringify(blocks) }
    await withFiles(files, async (folder) => {
      for (const file of Object.keys(files)) {
        const template = await readTemplate(join(folder, file))
        expect(template.blocks).toEqual(blocks)
        expect(template.files).toEqual([join(folder, file)])
      }
    })
  })

  it('brings every shape that Terraform JSON allows into one', async () => {
    const { blocks } = await parseTemplate(
      JSON.stringify({
        '//': 'a comment',
        resource: [{ a_b: [{ one: { x: 1 } }, { two: [{ x: 2 }] }] }, { a_b: { three: null } }],
        provider: [{ a: { x: 1 } }, { a: [{ alias: 'y' }] }, { b: [{}] }],
        variable: { v: [{}] },
        locals: [{ a: 1 }, { b: 2 }],
        terraform: [
          { required_version: '>= 1.5', required_providers: { a: '1' } },
          { required_version: '< 2', required_providers: [{ b: { source: 'x/b' } }], backend: { local: {} } },
        ],
        import: { to: 'a_b.one', id: 'i' },
        data: null,
      }),
      'stack.json',
    )
    expect(blocks).toEqual({
      '//': 'a comment',
      resource: { a_b: { one: { x: 1 }, two: { x: 2 }, three: {} } },
      provider: { a: [{ x: 1 }, { alias: 'y' }], b: {} },
      variable: { v: {} },
      locals: { a: 1, b: 2 },
      terraform: {
        required_version: '>= 1.5, < 2',
        required_providers: { a: '1', b: { source: 'x/b' } },
        backend: { local: {} },
      },
      import: [{ to: 'a_b.one', id: 'i' }],
    })
  })

  it('keeps every kind of block', async () => {
    const template = {
      ...{
        data: { a: { b: {} } },
        ephemeral: { a: { b: {} } },
        module: { m: { source: './m' } },
        output: { o: { value: 1 } },
      },
      ...{ check: { c: { assert: {} } }, removed: [{ from: 'a.b' }], action: { a: { b: {} } } },
    }
    expect((await parseTemplate(JSON.stringify(template), 'stack.json')).blocks).toEqual(template)
  })

  it('keeps names that objects have of their own, and pollutes nothing', async () => {
    const text = '{"resource":{"constructor":{"toString":{"hasOwnProperty":1}}},"variable":{"valueOf":{}}}'
    const { blocks } = await parseTemplate(text, 'stack.json')
    expect(JSON.stringify(blocks)).toBe(text)
    expect({}.toString()).toBe('[object Object]')
  })

  it('takes files with a byte order mark and with CRLF', async () => {
    await withFiles(
      {
        'a.json': '\uFEFF{\r\n"locals": {"a": 1}\r\n}',
        'a.yaml': '\uFEFFlocals:\r\n  b: 2\r\n',
        'a.tf': '\uFEFFlocals {\r\n  c = 3\r\n}\r\n',
      },
      async (folder) => {
        const { blocks } = await readTemplate(['a.json', 'a.yaml', 'a.tf'].map((file) => join(folder, file)))
        expect(blocks).toEqual({ locals: { a: 1, b: 2, c: 3 } })
      },
    )
  })

  it('follows anchors and merge keys of YAML, each use a copy of its own', async () => {
    const { blocks } = await parseTemplate(
      'locals:\n  a: &a { x: 1, y: [1] }\n  b: *a\n  c: { <<: *a, x: 2 }\n  d: { <<: [*a, { x: 3, z: 4 }] }\n  off: on\n',
      'stack.yml',
    )
    expect(blocks).toEqual({
      locals: { a: { x: 1, y: [1] }, b: { x: 1, y: [1] }, c: { x: 2, y: [1] }, d: { x: 1, y: [1], z: 4 }, off: 'on' },
    })
    const { a, b } = blocks.locals as Record<string, unknown>
    expect(a).not.toBe(b)
  })

  it.each([
    [
      'stack.json',
      '{"locals":{"a":12345678901234567890,"b":0.1,"c":1e400,"d":-1.50},"variable":{"v":{"default":12345678901234567890},"t":{"default":"12345678901234567890"},"s":{"type":"string","default":12345678901234567890}}}',
    ],
    [
      'stack.yaml',
      'locals: { a: 12345678901234567890, b: .1, c: 1e400, d: -1.50 }\nvariable: { v: { default: 12345678901234567890 }, t: { default: "12345678901234567890" }, s: { type: string, default: 12345678901234567890 } }',
    ],
    [
      'stack.tf',
      'locals {\n  a = 12345678901234567890\n  b = 0.1\n  c = 1e400\n  d = -1.50\n}\nvariable "v" {\n  default = 12345678901234567890\n}\nvariable "t" {\n  default = "12345678901234567890"\n}\nvariable "s" {\n  type = string\n  default = 12345678901234567890\n}\n',
    ],
  ])('keeps all digits of numbers in %s', async (file, text) => {
    expect((await parseTemplate(text, file)).blocks).toEqual({
      locals: { a: '${12345678901234567890}', b: 0.1, c: '${1e400}', d: -1.5 },
      variable: {
        v: { default: '12345678901234567890', type: 'number' },
        t: { default: '12345678901234567890' },
        s: { type: 'string', default: '12345678901234567890' },
      },
    })
  })
})

describe('readTemplate of a folder', () => {
  it('puts its files together in the order of their names, and looks at no others', async () => {
    const files = {
      'b.tf': 'locals {\n  b = 1\n}\n',
      'a.tf.json': '{"locals":{"a":1}}',
      'c.tf.yaml': 'locals: { c: 1 }',
      'policy.json': '{"Version":"2012-10-17"}',
      'cloud-config.yaml': '#cloud-config\npackages: [x]',
      '.hidden.tf': 'no',
      'deep/d.tf': 'no',
    }
    await withFiles(files, async (folder) => {
      const template = await readTemplate(folder)
      expect(template.blocks).toEqual({ locals: { a: 1, b: 1, c: 1 } })
      expect(template.files).toEqual(['a.tf.json', 'b.tf', 'c.tf.yaml'].map((file) => join(folder, file)))
    })
  })

  it('takes all JSON and YAML when no file is named for Terraform', async () => {
    await withFiles({ 'a.json': '{"locals":{"a":1}}', 'b.yaml': 'locals: { b: 1 }' }, async (folder) => {
      expect((await readTemplate(folder)).blocks).toEqual({ locals: { a: 1, b: 1 } })
    })
  })

  it('lays override files over the others as Terraform does', async () => {
    const files = {
      'a_override.tf.json': JSON.stringify({
        resource: { a_b: { c: { x: 2, disk: [{ size: 9 }], lifecycle: { prevent_destroy: true } } } },
        provider: { a: { alias: 'z', region: 'us' } },
        locals: { l: 2 },
        terraform: { required_providers: { a: { source: 'new/a' } } },
      }),
      'main.tf.json': JSON.stringify({
        resource: {
          a_b: { c: { x: 1, y: 1, disk: [{ size: 1 }, { size: 2 }], lifecycle: [{ ignore_changes: ['x'] }] } },
        },
        provider: { a: [{ region: 'eu' }, { alias: 'z' }] },
        locals: { l: 1, m: 1 },
        terraform: { required_providers: { a: { source: 'old/a' }, b: {} } },
      }),
    }
    await withFiles(files, async (folder) => {
      const { blocks, place } = await readTemplate(folder)
      expect(blocks).toEqual({
        resource: {
          a_b: { c: { x: 2, y: 1, disk: [{ size: 9 }], lifecycle: { ignore_changes: ['x'], prevent_destroy: true } } },
        },
        provider: { a: [{ region: 'eu' }, { alias: 'z', region: 'us' }] },
        locals: { l: 2, m: 1 },
        terraform: { required_providers: { a: { source: 'new/a' }, b: {} } },
      })
      expect(place(['resource', 'a_b', 'c', 'x'])?.file).toBe(join(folder, 'a_override.tf.json'))
      expect(place(['resource', 'a_b', 'c', 'y'])?.file).toBe(join(folder, 'main.tf.json'))
    })
  })
})

describe('the place of a value', () => {
  const at = async (text: string, file: string, ...path: (string | number)[]) => {
    const place = (await parseTemplate(text, file)).place(path)
    return place && `${place.file}:${place.line}:${place.column}`
  }

  it.each([
    [['variable', 'size'], 'a.tf:2:1', 'b.yaml:3:3'],
    [['variable', 'size', 'default'], 'a.tf:4:3', 'b.yaml:3:34'],
    [['provider', 'acme', 1, 'region'], 'a.tf:13:3', 'b.yaml:8:15'],
    [['resource', 'acme_machine', 'web'], 'a.tf:16:1', 'b.yaml:11:5'],
    [['resource', 'acme_machine', 'web', 'tags', 'Name'], 'a.tf:19:16', 'b.yaml:14:21'],
    [['resource', 'acme_machine', 'web', 'disk', 0, 'gigabytes'], 'a.tf:22:5', 'b.yaml:16:22'],
    [['resource', 'acme_machine', 'web', 'missing', 'key'], 'a.tf:16:1', 'b.yaml:11:5'],
    [['moved', 0, 'to'], 'a.tf:28:3', 'b.yaml:19:7'],
    [['output', 'none'], undefined, undefined],
  ])('of %j is that of the value, or of the block around it', async (path, inHcl, inYaml) => {
    expect(await at(hcl, 'a.tf', ...path)).toBe(inHcl)
    expect(await at(yaml, 'b.yaml', ...path)).toBe(inYaml)
  })

  it('is found in JSON through escaped keys, lists, and several files', async () => {
    const first = '{\n  "resource": [\n    { "a_b": { "c\\u0064": [{ "x": [1, "é", {"y": 2}] }] } }\n  ]\n}'
    await withFiles({ 'one.json': first, 'two.json': '{"resource":{"a_b":{"e":{"x":1}}}}' }, async (folder) => {
      const files = [join(folder, 'one.json'), join(folder, 'two.json')]
      const { place } = await readTemplate(files)
      expect(place(['resource', 'a_b', 'cd', 'x', 2, 'y'])).toEqual({ file: files[0], line: 3, column: 50 })
      expect(place(['resource', 'a_b', 'cd'])).toEqual({ file: files[0], line: 3, column: 28 })
      expect(place(['resource', 'a_b', 'e', 'x'])).toEqual({ file: files[1], line: 1, column: 30 })
    })
  })

  it('of what a merge key brings in is where it was written', async () => {
    const text = 'locals:\n  a: &a\n    x: 1\n  b:\n    <<: *a\n'
    expect(await at(text, 's.yaml', 'locals', 'b', 'x')).toBe('s.yaml:3:8')
  })
})
