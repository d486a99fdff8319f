import { expect, test } from 'vitest'
import { describeDiagnostic, readPlainDiagnostics, withAddresses } from '../../runtime/terraform/diagnostics.js'
import { TerraformError } from '../../runtime/terraform/errors.js'

const failure = { command: 'apply', exitCode: 1, signal: undefined, interrupted: false, diagnostics: [], text: [] }
const error = (summary: string, more = {}) => ({ severity: 'error', summary, detail: '', ...more }) as const

test('a diagnostic is one line: the resource, what, and why', () => {
  expect(describeDiagnostic(error('Creating failed.', { detail: '422\n  no  image', address: 'acme_vm.web[0]' }))).toBe(
    'acme_vm.web[0]: Creating failed: 422 no image',
  )
  expect(describeDiagnostic(error('Refused'))).toBe('Refused')
  expect(describeDiagnostic(error('Same', { detail: 'Same' }))).toBe('Same')
})

test("Terraform's frame is taken off plain output", () => {
  const text = `
╷
│ Error: Invalid reference
│ 
│   on main.tf line 12, in resource "acme_vm" "web":
│   12:   size = foo
│ 
│ A reference needs two words.
│ Say which.
╵
╷
│ Warning: Deprecated
│ 
│   with acme_vm.web,
│ 
│ Use another.
╵`
  expect(readPlainDiagnostics(text)).toEqual([
    {
      severity: 'error',
      summary: 'Invalid reference',
      detail: 'A reference needs two words.\nSay which.',
      file: 'main.tf',
      line: 12,
    },
    { severity: 'warning', summary: 'Deprecated', detail: 'Use another.', address: 'acme_vm.web' },
  ])
})

test('errors without an address get those of the resources that failed, where there is no doubt', () => {
  const named = error('a', { address: 'a.a' })
  expect(withAddresses([named, error('b')], ['a.a', 'b.b'])).toEqual([named, error('b', { address: 'b.b' })])
  expect(withAddresses([error('a'), error('b')], ['a.a'])).toEqual([error('a'), error('b')])
})

test('the message of a failure says the first error and how many there are', () => {
  const { message } = new TerraformError({
    ...failure,
    diagnostics: [
      error('one', { address: 'a.a' }),
      error('two'),
      { ...error('w'), severity: 'warning' },
      error('three'),
    ],
  })
  expect(message).toBe('terraform apply failed: a.a: one (and 2 more errors)')
})

test('the message of an interruption says in the middle of what', () => {
  const diagnostics = [
    error('execution halted'),
    ...['a.a', 'a.b', 'a.b', 'a.c', 'a.d'].map((address) => error('stopped', { address })),
  ]
  expect(new TerraformError({ ...failure, interrupted: true, diagnostics }).message).toBe(
    'terraform apply was interrupted in the middle of a.a, a.b, a.c and 1 more',
  )
})

test('without an error of its own, the last words count', () => {
  expect(new TerraformError({ ...failure, exitCode: 11, text: ['panic: oh', ''] }).message).toBe(
    'terraform apply ended with 11: panic: oh',
  )
  expect(new TerraformError({ ...failure, exitCode: undefined, signal: 'SIGKILL' }).message).toBe(
    'terraform apply was ended by SIGKILL',
  )
})

test('a state that another Terraform holds, and a plan that is too old, say what to do', () => {
  expect(new TerraformError({ ...failure, diagnostics: [error('Error acquiring the state lock')] })).toMatchObject({
    reason: 'machineLocked',
    hint: expect.any(String),
  })
  expect(new TerraformError({ ...failure, diagnostics: [error('Saved plan is stale')] })).toMatchObject({
    reason: 'badState',
    hint: expect.stringContaining('plan again'),
  })
})
