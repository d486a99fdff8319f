import { execFile } from 'node:child_process'
import { chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { inspect, promisify } from 'node:util'
import { expect, test } from 'vitest'
import type { JsonObject } from '../../runtime/json.js'
import { Secret } from '../../runtime/secret.js'
import type { TerraformEvent } from '../../runtime/terraform/events.js'
import type { TerraformBinary } from '../../runtime/terraform/find.js'
import { withPluginCache } from '../../runtime/terraform/plugin-cache.js'
import type { Progress } from '../../runtime/terraform/progress.js'
import { runTerraform } from '../../runtime/terraform/run.js'
import { Terraform } from '../../runtime/terraform/terraform.js'
import { temporaryFolder } from '../sandbox/sandboxed.js'
import { describeWithTerraform } from '../terraform.js'

/** A program in the place of Terraform. */
async function pretended(script: string): Promise<Terraform> {
  const folder = await temporaryFolder()
  const path = join(folder, 'terraform')
  await writeFile(path, `#!/bin/sh\n${script}\n`)
  await chmod(path, 0o755)
  const terraform = new Terraform({
    binary: { path, product: 'terraform', version: '1.11.4' },
    folder: join(folder, 'stack'),
  })
  await terraform.writeTemplate({})
  return terraform
}

test('a Terraform that crashes is told with its last words, also those on the error output', async () => {
  const terraform = await pretended('echo "panic: oh no" >&2; exit 11')
  await expect(terraform.plan()).rejects.toThrow('terraform plan ended with 11: panic: oh no')
})

test('errors that come as plain text are read out of their frame', async () => {
  const terraform = await pretended("printf '╷\\n│ Error: Too bad\\n│ \\n│ It is so.\\n╵\\n'; exit 1")
  await expect(terraform.init()).rejects.toThrow('terraform init failed: Too bad: It is so.')
  await expect(terraform.show()).rejects.toThrow('terraform show ended with 1')
})

test('resources are read in the state file, and asked for where that does not tell', async () => {
  const terraform = await pretended('exit 1')
  const write = (attributes: JsonObject) => {
    const resource = { mode: 'managed', type: 'acme_vm', name: 'web', instances: [{ attributes }] }
    return writeFile(join(terraform.folder, 'terraform.tfstate'), JSON.stringify({ version: 4, resources: [resource] }))
  }
  await write({ id: '1' })
  expect(await terraform.show()).toMatchObject([{ address: 'acme_vm.web', attributes: { id: '1' } }])
  await write({ id: { type: 'string', value: '1' } })
  await expect(terraform.show()).rejects.toThrow('terraform show ended with 1')
})

test('an answer that is no JSON is an error, which does not quote it', async () => {
  const error: unknown = await (await pretended('echo s3cret')).outputs().catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ message: 'terraform output printed no JSON' })
  expect(inspect(error)).not.toContain('s3cret')
})

test('a Terraform that cannot be started is an error', async () => {
  const binary: TerraformBinary = { path: '/no/where', product: 'terraform', version: '1.11.4' }
  const terraform = new Terraform({ binary, folder: await temporaryFolder() })
  await expect(terraform.plan()).rejects.toThrow(/terraform plan ended with 127: .*no\/where/)
})

test('one that does not stop when asked is killed, with everything that it started', async () => {
  const { binary, folder } = await pretended("trap '' INT; echo deaf; sleep 60 & sleep 60")
  const force = new AbortController()
  const options = { path: binary.path, folder, args: [], environment: {}, mode: 'work', patience: 100 } as const
  const result = await runTerraform({ ...options, onLine: () => force.abort(), force: force.signal })
  expect(result).toEqual({ exitCode: undefined, signal: 'SIGKILL', interrupted: true })
})

test('only one at a time adds to the provider cache, and one who was killed does not stop the others', async () => {
  const folder = join(await temporaryFolder(), 'cache')
  let inside = 0
  const work = async () => {
    inside += 1
    expect(inside).toBe(1)
    await new Promise((resolve) => setTimeout(resolve, 5))
    inside -= 1
  }
  await Promise.all(Array.from({ length: 5 }, () => withPluginCache(folder, work)))
  await expect(withPluginCache(folder, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  await withPluginCache(folder, work)
})

const template: JsonObject = {
  variable: { token: { type: 'string', sensitive: true, ephemeral: true }, note: { type: 'string', sensitive: true } },
  resource: {
    terraform_data: { one: { input: 'a' }, two: { input: '${var.note}', depends_on: ['terraform_data.one'] } },
  },
  output: { note: { value: '${terraform_data.two.output}', sensitive: true } },
}

describeWithTerraform('the real Terraform', (binary) => {
  const canary = 'c4n4ry-${x}-"quoted"'
  const variables = { token: new Secret(canary), note: new Secret('kept') }

  async function fresh(changed: JsonObject = template): Promise<Terraform> {
    const terraform = new Terraform({ binary, folder: join(await temporaryFolder(), 'stack'), variables })
    await terraform.writeTemplate(changed)
    return terraform
  }

  test('goes through init, plan, apply, a second plan, outputs and destroy', async () => {
    const terraform = await fresh()
    await terraform.init()
    const plan = await terraform.plan()
    expect(plan).toMatchObject({
      hasChanges: true,
      destroy: false,
      steps: 2,
      counts: { create: 2, update: 0, replace: 0, delete: 0, forget: 0 },
    })
    expect(plan.changes).toContainEqual({
      address: 'terraform_data.one',
      type: 'terraform_data',
      name: 'one',
      action: 'create',
    })
    const progress: Progress[] = []
    const events: TerraformEvent[] = []
    await terraform.apply(plan, { onProgress: (step) => progress.push(step), onEvent: (event) => events.push(event) })
    expect(progress.at(-1)).toEqual({ done: 2, total: 2 })
    expect(progress.every(({ total }) => total === 2)).toBe(true)
    expect(events).toContainEqual(
      expect.objectContaining({ kind: 'done', address: 'terraform_data.two', action: 'create' }),
    )
    expect(await terraform.plan()).toMatchObject({ hasChanges: false, changes: [], drift: [] })
    expect(await terraform.outputs()).toEqual({ note: { value: 'kept', sensitive: true } })
    expect((await terraform.show()).map(({ address, tainted }) => [address, tainted])).toEqual([
      ['terraform_data.one', false],
      ['terraform_data.two', false],
    ])
    await terraform.destroy()
    expect(await terraform.show()).toEqual([])
  })

  test('plans and applies at once, and tells the plan before anything is done', async () => {
    const terraform = await fresh()
    await terraform.init()
    const said: string[] = []
    const applyAtOnce = () =>
      terraform.applyAtOnce({
        onPlan: ({ counts, hasChanges }) => said.push(`${counts.create} ${hasChanges}`),
        onEvent: ({ kind }) => kind === 'start' && said.push(kind),
        onProgress: ({ done, total }) => said.push(`${done}/${total}`),
      })
    expect(await applyAtOnce()).toMatchObject({ hasChanges: true, steps: 2, counts: { create: 2 } })
    expect(said).toEqual(['2 true', 'start', '1/2', 'start', '2/2'])
    expect(await applyAtOnce()).toMatchObject({ hasChanges: false, steps: 0 })
    await terraform.writeTemplate({ ...template, output: { other: { value: 'new' } } })
    expect(await applyAtOnce()).toMatchObject({ hasChanges: true, steps: 0 })
    expect(said.slice(5)).toEqual(['0 false', '0 true'])
    await terraform.writeTemplate({ ...template, output: { other: { value: '${terraform_data.none.id}' } } })
    await expect(applyAtOnce()).rejects.toThrow(/^terraform plan failed: .*undeclared resource/)
    expect(said).toHaveLength(7)
  })

  test('leaves files for nobody else to read, and an ephemeral secret nowhere', async () => {
    const terraform = await fresh()
    await terraform.init()
    const events: TerraformEvent[] = []
    const onEvent = (event: TerraformEvent) => void events.push(event)
    const plan = await terraform.plan({ onEvent })
    await terraform.apply(plan, { onEvent })
    await terraform.plan({ onEvent })
    expect((await stat(terraform.folder)).mode & 0o777).toBe(0o700)
    const files = await readdir(terraform.folder)
    expect(files).toEqual(expect.arrayContaining(['main.tf.json', 'terraform.tfstate', 'plan.tfplan']))
    for (const name of files) {
      const path = join(terraform.folder, name)
      expect(`${name} ${((await stat(path)).mode & 0o077).toString(8)}`).toBe(`${name} 0`)
      expect(await readFile(path, 'latin1')).not.toContain('c4n4ry')
    }
    const { stdout } = await promisify(execFile)('unzip', ['-p', join(terraform.folder, 'plan.tfplan')], {
      encoding: 'latin1',
    }).catch(() => ({ stdout: '' }))
    expect(stdout).not.toContain('c4n4ry')
    expect(JSON.stringify(events)).not.toContain('c4n4ry')
  })

  test('a plan that is older than the state is refused', async () => {
    const terraform = await fresh()
    const plan = await terraform.plan()
    const copy = { ...plan, file: join(terraform.folder, 'copy.tfplan') }
    await writeFile(copy.file, await readFile(plan.file))
    await terraform.apply(plan)
    await expect(terraform.apply(copy)).rejects.toMatchObject({
      reason: 'badState',
      hint: expect.stringContaining('plan again'),
    })
  })

  test('a secret that Terraform repeats in an error is taken out of it', async () => {
    const message = `seen: ${canary.split('${').join('$${')}`
    const lifecycle = { precondition: { condition: '${var.note == ""}', error_message: message } }
    const terraform = await fresh({ ...template, resource: { terraform_data: { one: { lifecycle }, two: {} } } })
    const events: TerraformEvent[] = []
    await expect(terraform.plan({ onEvent: (event) => events.push(event) })).rejects.toThrow(
      'terraform plan failed: terraform_data.one: Resource precondition failed: seen: [secret]',
    )
    expect(JSON.stringify(events)).not.toContain('c4n4ry')
  })

  test('validate tells what is wrong, and where', async () => {
    const terraform = await fresh({ output: { a: { value: '${terraform_data.gone.id}' } } })
    expect(await terraform.validate()).toMatchObject([
      { severity: 'error', summary: 'Reference to undeclared resource', file: 'main.tf.json', line: 1 },
    ])
  })

  test('what a hard end left behind is swept by the next command', async () => {
    const terraform = await fresh()
    await writeFile(join(terraform.folder, 'secrets-left.tfvars.json'), '{"token":"old"}')
    await writeFile(join(terraform.folder, 'apply.jsonl'), 'said')
    await terraform.plan()
    expect(await readdir(terraform.folder)).toEqual(['main.tf.json', 'plan.tfplan'])
  })
})
