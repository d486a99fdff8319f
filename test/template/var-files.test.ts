import { expect, test } from 'vitest'
import { readVarFiles } from '../../runtime/template/var-files.js'
import { withFiles } from './folder.js'

test('the var files of a folder are read in the order of Terraform, and the last value of a variable counts', async () => {
  const files = {
    'terraform.tfvars': 'a = "first"\nb = 1\nc = 1\nd = 1\n',
    'terraform.tfvars.json': '{"b": 2, "c": 2, "d": 2}',
    'a.auto.tfvars.json': '{"c": 3, "d": 3}',
    'b.auto.tfvars': 'd = 4\n',
    'other.tfvars': 'a = "not read"\n',
    'main.tf': '',
  }
  await withFiles(files, async (folder) => {
    expect(await readVarFiles(folder)).toEqual({ a: 'first', b: 2, c: 3, d: 4 })
    expect(await readVarFiles(`${folder}/main.tf`)).toEqual({})
  })
})

test('a value is what Terraform takes it for', async () => {
  const tfvars = [
    '# of the shop',
    'list = ["a", 1, true, null]',
    'map = { "k" = { n = -1.5 }, other: "b" }',
    'long = 12345678901234567890',
    'text = "say \\"hi\\" $${x} %%{y}"',
    'lines = <<-END\n  one\n    two\n  END',
    'none = null',
    'module = "words of HCL may name variables"',
  ].join('\n')
  const json = '{"words": "${not.worked.out}", "large": 12345678901234567890}'
  await withFiles({ 'terraform.tfvars': tfvars, 'x.auto.tfvars.json': json }, async (folder) => {
    expect(await readVarFiles(folder)).toEqual({
      list: ['a', 1, true, null],
      map: { k: { n: -1.5 }, other: 'b' },
      long: '12345678901234567890',
      text: 'say "hi" ${x} %{y}',
      lines: 'one\n  two\n',
      none: null,
      module: 'words of HCL may name variables',
      words: '${not.worked.out}',
      large: '12345678901234567890',
    })
  })
})

test.each([
  ['a = 1\nb = var.x\n', 2, /^b: must be a plain value/],
  ['a = 1\na = 2\n', 2, /^a has a value already/],
  ['resource "a" "b" {}\n', 1, /no blocks: resource/],
  ['a = 1\nb = [\n', 3, /^Not the HCL of a var file/],
])('what is no value is refused at its place: %j', async (tfvars, line, message) => {
  await withFiles({ 'terraform.tfvars': tfvars }, async (folder) => {
    const error = await readVarFiles(folder).catch((refused: unknown) => refused)
    expect(error).toMatchObject({ message: expect.stringMatching(message), data: expect.anything() })
    expect(error).toMatchObject({ line })
  })
})
