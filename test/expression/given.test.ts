import { expect, test } from 'vitest'
import { emit } from '../../generator/emit/emit.js'
import { resolveModel } from '../../generator/model/resolve.js'
import { isGiven } from '../../runtime/expression/given.js'
import { read, smallestWith } from '../spec/smallest.js'

test('a value is given where it is neither absent, false nor empty', () => {
  expect([undefined, null, false, '', [], {}].map(isGiven)).toEqual(Array(6).fill(false))
  expect([true, 0, 'x', '${var.x}', [0], { a: 1 }].map(isGiven)).toEqual(Array(6).fill(true))
})

test('a condition asks for what JavaScript would take for true although it is empty, or for false although it is given', async () => {
  const { loaded } = read(
    smallestWith(`credential:
  zone: { required: false }
  open: { type: boolean, default: false }
  tags: { type: map, default: {} }
  size: { type: integer, default: 0 }
machine:
  resource: acme_server
  with:
    - { when: '\${{ credential.zone }}', defaults: { a: 1 } }
    - { when: '\${{ credential.open }}', defaults: { b: 1 } }
    - { when: '\${{ credential.tags }}', defaults: { c: 1 } }
    - { when: '\${{ credential.size }}', defaults: { d: 1 } }
    - { unless: [e], when: '\${{ machine.tags }}', defaults: { e: 1 } }`),
  )
  const [files = []] = await emit(loaded ? [resolveModel(loaded)] : [])
  const stack = files.find(({ path }) => path === 'stack.gen.ts')?.text ?? ''
  expect(stack.match(/if \(.*\) \{/g)).toEqual([
    'if (this.credential.zone) {',
    'if (this.credential.open) {',
    'if (isGiven(this.credential.tags)) {',
    'if (isGiven(this.credential.size)) {',
    "if (!server.hasAny('e') && isGiven(server.get('tags'))) {",
  ])
})
