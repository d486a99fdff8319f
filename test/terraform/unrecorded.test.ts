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

const start = (addr: string) => done(addr, 'create').replace('apply_complete', 'apply_start')
const failed = { exitCode: 1, interrupted: false, diagnostics: [], text: [] }
const saidNotSaved = { severity: 'error', summary: 'Failed to save state', detail: 'no space left' } as const
const refused = { severity: 'error', summary: 'Bad size', detail: '' } as const

test.each([
  ['its log is full, and its state was emptied', { ...failed, text: ['{"@level":"info","hook":{"id_va'] }, ''],
  ['its log is full, and its state was never written', { ...failed, text: ['{"@le'] }, undefined],
  ['nothing that it said of why it failed could be written', failed, ''],
  ['its state was emptied, and it could say so', { ...failed, diagnostics: [saidNotSaved] }, ''],
])('a Terraform that ended with 1 on a full disk, where %s, leaves what it said of', async (_, ended, errored) => {
  const folder = await temporaryFolder()
  await writeFile(join(folder, 'apply.jsonl'), [done('acme_vm.a', 'create', '7'), start('acme_vm.b')].join('\n'))
  if (errored !== undefined) await writeFile(join(folder, 'errored.tfstate'), errored)
  const made = await readMade(folder)
  expect(await made.leftBy(ended, folder)).toEqual({
    unrecorded: [{ address: 'acme_vm.a', type: 'acme_vm', id: '7' }],
    begun: ['acme_vm.b'],
    unsaved: true,
  })
})

test('a Terraform that ended with 1 in order has written everything down, in its state or beside it', async () => {
  const folder = await temporaryFolder()
  await writeFile(join(folder, 'apply.jsonl'), done('acme_vm.a', 'create', 'a name that is no id'))
  const made = await readMade(folder)
  expect(await made.leftBy({ ...failed, diagnostics: [refused] }, folder)).toEqual({})
  await writeFile(join(folder, 'errored.tfstate'), state('7'))
  expect(await made.leftBy({ ...failed, diagnostics: [saidNotSaved] }, folder)).toEqual({ unsaved: false })
})

test('an error quotes no line that was cut off', () => {
  const failure = { ...failed, command: 'apply', signal: undefined, text: ['{"@level":"inf'], unsaved: true }
  expect(new TerraformError(failure).message).toBe(
    'terraform apply ended with 1, and could not write down all that it did: the disk may be full',
  )
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
