import { expect, test } from 'vitest'
import { refuseBackend } from '../../runtime/stack/refuse-backend.js'

test.each([{ backend: { s3: { bucket: 'states' } } }, { cloud: [{ organization: 'acme' }] }])(
  'a stack whose template would keep its state elsewhere is refused: %j',
  (terraform) => {
    expect(() => refuseBackend({ terraform })).toThrow(/^terraform\.(backend|cloud): the state of a stack is kept in/)
  },
)

test('what else a terraform block says is the user’s own', () => {
  expect(() => refuseBackend({ terraform: { required_version: '>= 1.5' } })).not.toThrow()
  expect(() => refuseBackend({ resource: { acme_vm: { backend: {} } } })).not.toThrow()
})
