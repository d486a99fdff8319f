import { expect, test } from 'vitest'
import { refuseUnknown, unknownWarnings } from '../../runtime/stack/unknown-variables.js'

const blocks = {
  variable: { size: { default: 's' } },
  resource: { acme_vm: { web: { name: '${var.custom_name}', zone: '${var.userInput_zone}' } } },
}

test('a variable that is typed is one of the template', () => {
  expect(() => refuseUnknown({ szie: 'big' }, blocks)).toThrow(
    '--var szie: the template has no variable of that name; did you mean size?',
  )
  const known = { size: 'big', name: 'web', custom_name: 'web', userInput_zone: 'a', koding_klient_sha256: 'ab' }
  expect(() => refuseUnknown(known, blocks)).not.toThrow()
})

test('a file of variables may have others, which is said', () => {
  expect(unknownWarnings({ szie: 'big', size: 'big' }, blocks)).toEqual([
    'a var file has szie, and the template no variable of that name',
  ])
})
