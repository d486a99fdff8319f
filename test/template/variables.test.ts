import { describe, expect, it } from 'vitest'
import { parseTemplate } from '../../runtime/template/read.js'
import { usedVariables } from '../../runtime/template/variables.js'

describe('usedVariables', () => {
  it('finds variables wherever a template may use them', () => {
    const uses = usedVariables({
      provider: { aws: [{ region: '${var.region}' }] },
      resource: {
        aws_instance: {
          web: {
            count: '${var.count}',
            tags: { '${var.key}': 'x' },
            lifecycle: [{ precondition: [{ condition: '${var.fine}', error_message: 'x' }] }],
            provisioner: [{ 'local-exec': { command: 'echo ${var.command}' } }],
          },
        },
      },
      data: { aws_ami: { u: { filter: [{ name: 'x', values: ['${var.ami}'] }] } } },
      module: { m: { source: './m', size: '${var.size}' } },
      locals: { a: ['${f(var.local)}'] },
      output: { o: { value: '%{ if var.out }x%{ endif }', depends_on: ['var.ready'] } },
      check: { c: { assert: { condition: '${var.ok}', error_message: 'x' } } },
      import: [{ to: 'aws_instance.web', id: '${var.id}' }],
    })
    expect([...uses.keys()]).toEqual('region count key fine command ami size local out ready ok id'.split(' '))
    expect(uses.get('ami')).toEqual([{ path: ['data', 'aws_ami', 'u', 'filter', 0, 'values', 0] }])
  })

  it('does not count what Terraform takes as it is, nor a variable’s own validation', () => {
    const uses = usedVariables({
      '//': 'about ${var.no}',
      variable: {
        x: {
          '//': '${var.no',
          default: '${var.no}',
          description: '${not} for %{ Terraform',
          validation: { condition: '${var.x != var.y}', error_message: 'not ${var.x}' },
        },
      },
      output: { o: { value: 1, description: '${var.no}' } },
      module: { m: { source: '${var.no}' } },
      terraform: { backend: { local: { path: '${var.no}' } } },
    })
    expect([...uses.keys()]).toEqual(['y'])
  })

  it.each([
    ['${var.x', 'this has no closing brace, at character 1 of the text'],
    ['${var}', 'var must be followed by a dot and the name of a variable'],
    ['${jsonencode(var)}', 'var must be followed by a dot and the name of a variable'],
    ['${var["x"]}', 'var must be followed by a dot and the name of a variable'],
  ])('refuses %j, with its place in the file', async (text, message) => {
    const { blocks, place } = await parseTemplate(`output:\n  o:\n    value: ${text}\n`, 'stack.yaml')
    expect(() => usedVariables(blocks, place)).toThrow(
      expect.objectContaining({
        message: `output.o.value: ${message}`,
        file: 'stack.yaml',
        line: 3,
        column: 12,
        fault: 'input',
      }),
    )
  })
})
