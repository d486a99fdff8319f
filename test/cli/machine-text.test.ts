import { expect, test } from 'vitest'
import { printMachine } from '../../runtime/cli/machine-text.js'
import { Secret } from '../../runtime/secret.js'

test('what Terraform marks as sensitive is hidden in what is printed of a machine, and nothing else of it', () => {
  const metadata = { region: 'SENS3C', ids: [7, 8], about: 'in SENS3C', name: 'web-7', none: null }
  const machine = {
    ...{ stack: 'web', label: 'web', provider: 'acme', resource: 'acme_vm.web', state: 'Running' },
    ...{ rawState: undefined, message: undefined, identity: undefined, userData: undefined },
    ...{ metadata: new Secret(metadata), updatedAt: new Date(0) },
  }
  expect(printMachine(machine, ['SENS3C', '7']).metadata).toEqual({
    ...{ region: '[secret]', ids: ['[secret]', 8], about: 'in [secret]', name: 'web-7', none: null },
  })
  expect(printMachine(machine).metadata).toEqual(metadata)
})
