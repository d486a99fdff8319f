import { expect, test } from 'vitest'
import { sensitiveIn } from '../../runtime/terraform/sensitive.js'
import { vmState } from './vm-state.js'

const attr = (value: string) => ({ type: 'get_attr', value })

test('what a state marks as sensitive is found by its path, whole and in its parts, also where a type stands beside it', () => {
  const attributes = {
    region: 's3cret',
    size: { type: 'string', value: 'hidden' },
    disks: [{ key: 'k1' }, { key: 'k2' }],
    tags: { a: 'x', b: ['y', 7] },
    image: 'shown',
  }
  const sensitive_attributes = [
    [attr('region')],
    [attr('size')],
    [attr('disks'), { type: 'index', value: { value: 1, type: 'number' } }, attr('key')],
    [attr('tags')],
  ]
  expect(sensitiveIn(vmState([{ index_key: 'eu', attributes, sensitive_attributes }, { attributes }]))).toEqual(
    new Map([['acme_vm.web["eu"]', ['s3cret', 'hidden', 'k2', 'x', 'y', '7']]]),
  )
})

test('where there is no state, or none that can be read, nothing is known to be sensitive', () => {
  expect([undefined, '', '{"half":'].map((text) => sensitiveIn(text).size)).toEqual([0, 0, 0])
})
