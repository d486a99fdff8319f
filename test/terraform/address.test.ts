import { expect, test } from 'vitest'
import { ownAddress } from '../../runtime/terraform/address.js'

const vm = (address: string, key?: string | number) => ({
  ...{ address, type: 'acme_vm', name: 'web' },
  ...(key === undefined ? {} : { key }),
})

test.each([
  ['acme_vm.web["\\u0061"]', 'a', 'acme_vm.web["a"]'],
  ['acme_vm.web["["]', '[', 'acme_vm.web["["]'],
  ['acme_vm.web[0]', 0, 'acme_vm.web[0]'],
  ['acme_vm.web', undefined, 'acme_vm.web'],
  ['module.a.acme_vm.web["\\u0061"]', 'a', 'module.a.acme_vm.web["\\u0061"]'],
])('%s of the key %j is %s', (address, key, own) => expect(ownAddress(vm(address, key))).toBe(own))
