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
    output: { o: { value: '${path.cwd}' } },
  })
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
