import { expect, test } from 'vitest'
import { withLocalPaths } from '../../runtime/stack/local-paths.js'

const at = (blocks: Parameters<typeof withLocalPaths>[0]) =>
  withLocalPaths(blocks, '/home/ada/shop "1"', '/home/ada/.kloud/stacks/shop')

test('what a template says of its own folder means the folder that the user wrote it in', () => {
  const acme_vm = {
    web: {
      user_data: '${file("${path.module}/init.sh")}',
      tags: ['in ${ path.root }', 'path.module', '$${path.module}'],
    },
  }
  expect(at({ resource: { acme_vm } })).toEqual({
    resource: {
      acme_vm: {
        web: {
          user_data: '${file("${"/home/ada/shop \\"1\\""}/init.sh")}',
          tags: ['in ${ "/home/ada/shop \\"1\\"" }', 'path.module', '$${path.module}'],
        },
      },
    },
  })
  expect(at({ variable: { x: { default: '${path.module}' } }, output: { o: { value: '${path.cwd}' } } })).toEqual({
    variable: { x: { default: '${path.module}' } },
    output: { o: { value: '${"/home/ada/shop \\"1\\""}' } },
  })
})

test.each([
  ['${file("init.sh")}', '${file("@/init.sh")}'],
  ['${try(file("./init.sh"), core::abspath("."))}', '${try(file("@/./init.sh"), core::abspath("@/."))}'],
  [
    '%{ for name in fileset("", "*.sh") }${templatefile("${name}", {a = filemd5("../b")})}%{ endfor }',
    '%{ for name in fileset("@/", "*.sh") }${templatefile("${name}", {a = filemd5("@/../b")})}%{ endfor }',
  ],
  ['${file("conf/${path.cwd}${var.x}.sh")}', '${file("@/conf/${"@"}${var.x}.sh")}'],
  [
    '${[for n in ["a"] : fileexists("a$${n}")][filesha1("a")]}',
    '${[for n in ["a"] : fileexists("@/a$${n}")][filesha1("@/a")]}',
  ],
])('a file that is named from where the template lies is found there: %s', (value, expected) => {
  expect(at({ locals: { value } })).toEqual({
    locals: { value: expected.replaceAll('@', '/home/ada/shop \\"1\\"') },
  })
})

test.each([
  '${file("/etc/hosts")} ${file("~/.ssh/id.pub")} ${file("C:/x")}',
  '${file(var.x)} ${file("${var.x}/y")} ${file(local.on ? "a" : "b")}',
  'file("x") $${file("x")} ${"file(\\"x\\")"} ${basename("x")} ${myfile("x")}',
])('other paths stay as they are: %s', (value) => {
  expect(at({ locals: { value } })).toEqual({ locals: { value } })
})

test('local modules are found from where Terraform works; others stay as they are', () => {
  const module = { net: { source: './net', size: 1 }, up: { source: '../lib/up' }, far: { source: 'acme/net/any' } }
  expect(at({ module })).toEqual({
    module: {
      net: { source: '../../../shop "1"/net', size: 1 },
      up: { source: '../../../lib/up' },
      far: { source: 'acme/net/any' },
    },
  })
})
