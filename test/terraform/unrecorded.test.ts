import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { TerraformError } from '../../runtime/terraform/errors.js'
import { readStateFile } from '../../runtime/terraform/state-file.js'
import { readMade } from '../../runtime/terraform/unrecorded.js'
import { temporaryFolder } from '../sandbox/sandboxed.js'
import { vmState } from './vm-state.js'

const done = (addr: string, action: string, id_value?: string) =>
  JSON.stringify({
    type: 'apply_complete',
    hook: { resource: { addr, resource_type: 'acme_vm', resource_name: 'web' }, action, id_value },
  })

const state = (...ids: string[]) => vmState(ids.map((id) => ({ attributes: { id }, private: 'e30=' })))

async function madeBy(...log: string[]) {
  const folder = await temporaryFolder()
  await writeFile(join(folder, 'apply.jsonl'), `${log.join('\n')}\n{"half":`)
  return readMade(folder)
}

test('what an apply said it had made, and the state does not hold, is told', async () => {
  const made = await madeBy(
    done('acme_vm.web[0]', 'create', '1'),
    done('acme_vm.web[1]', 'create', '2'),
    done('acme_vm.old', 'delete'),
  )
  expect(made.unrecordedIn(state('1'))).toEqual([{ address: 'acme_vm.web[1]', type: 'acme_vm', id: '2' }])
  expect(made.unrecordedIn(undefined)).toHaveLength(2)
  expect(made.unrecordedIn(state('1').slice(0, 30))).toHaveLength(2)
  expect(made.unrecordedIn(state('1', '2'))).toEqual([])
})

test('what was made and deleted again is not missed', async () => {
  const made = await madeBy(done('acme_vm.a', 'create', '1'), done('acme_vm.a', 'delete'))
  expect(made.unrecordedIn(undefined)).toEqual([])
})

test('a state file is read without its providers, and half of one is an error, which does not quote it', () => {
  expect(readStateFile(state('1'))).toEqual([
    { mode: 'managed', type: 'acme_vm', name: 'web', id: '1', memory: Buffer.from('{}') },
  ])
  expect(() => readStateFile(state('1').slice(0, 30))).toThrow('the Terraform state is damaged: it is no JSON')
  expect(() => readStateFile('s3cret')).toThrow(expect.toSatisfy((error) => !inspect(error).includes('s3cret')))
  expect(() => readStateFile('{"version":3}')).toThrow(/state is damaged, or of a version/)
})

test('an error says what exists and is not in the state', () => {
  const unrecorded = [{ address: 'acme_vm.a', type: 'acme_vm', id: '7' }]
  const failure = {
    command: 'apply',
    exitCode: undefined,
    signal: 'SIGKILL',
    interrupted: false,
    diagnostics: [],
    text: [],
    unrecorded,
  }
  expect(new TerraformError(failure).message).toBe(
    'terraform apply was ended by SIGKILL; made, and not in its state: acme_vm.a (7)',
  )
})
