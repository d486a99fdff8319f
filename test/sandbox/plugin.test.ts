import { once } from 'node:events'
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ExtData, encode } from '@msgpack/msgpack'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import type { JsonObject, JsonValue } from '../../runtime/json.js'
import { conform } from '../../runtime/sandbox/plugin/conform.js'
import { fillUnknown } from '../../runtime/sandbox/plugin/fill.js'
import { inferSchemas } from '../../runtime/sandbox/plugin/infer.js'
import { planChange } from '../../runtime/sandbox/plugin/plan.js'
import { SandboxProvider } from '../../runtime/sandbox/plugin/provider.js'
import { noResources } from '../../runtime/sandbox/plugin/resources.js'
import type { ProviderSchema } from '../../runtime/sandbox/plugin/schema.js'
import { serveProviders } from '../../runtime/sandbox/plugin/serve.js'
import { ProviderSockets } from '../../runtime/sandbox/plugin/sockets.js'
import { parseState } from '../../runtime/sandbox/plugin/state-json.js'
import { fromPlain, toPlain } from '../../runtime/sandbox/plugin/types.js'
import {
  decodeValue,
  encodeValue,
  isUnknown,
  sameValue,
  unknown,
  type WireValue,
} from '../../runtime/sandbox/plugin/wire.js'
import { Terraform } from '../../runtime/terraform/terraform.js'
import { describeWithTerraform } from '../terraform.js'
import { sandboxed, temporaryFolder } from './sandboxed.js'

test('what is not known comes back byte for byte, refined or not, at any depth', () => {
  const refined = new ExtData(12, encode(new Map([[1, false]])))
  const value = { a: [unknown(), { b: refined }], c: new ExtData(0, new Uint8Array([0])) }
  const bytes = encode(value)
  const decoded = decodeValue({ msgpack: bytes })
  expect(Buffer.compare(encodeValue(decoded).msgpack ?? bytes.subarray(1), bytes)).toBe(0)
  expect(isUnknown(refined)).toBe(true)
})

test('integers that a double does not hold come back as they were', () => {
  const bytes = encode({ big: 9_007_199_254_740_993n }, { useBigInt64: true })
  expect(encodeValue(decodeValue({ msgpack: bytes })).msgpack).toEqual(bytes)
  expect(parseState('{"big": 9007199254740993, "tenth": 0.1, "text": "12345678901234567890"}')).toEqual({
    big: '9007199254740993',
    tenth: 0.1,
    text: '12345678901234567890',
  })
})

test.each([1, 300])('a text of %i characters behind a byte order mark keeps the mark', (length) => {
  const text = `\uFEFF${'x'.repeat(length)}`
  const value = { '7': [text, { b: text, bytes: new Uint8Array([0xef, 0xbb, 0xbf]), later: unknown() }], a: 1 }
  expect(decodeValue({ msgpack: encode(value) })).toEqual(value)
})

test('plain values survive the way to Terraform and back', () => {
  const json = fc
    .jsonValue({ noUnicodeString: false, maxDepth: 4 })
    .map((value): JsonValue => JSON.parse(JSON.stringify(value).replaceAll('__proto__', 'proto')))
  fc.assert(
    fc.property(json, (value) => {
      expect(toPlain(decodeValue(encodeValue(fromPlain(value, 'dynamic'))), 'dynamic')).toEqual(value)
    }),
  )
})

const block = {
  attributes: {
    id: { type: 'string', computed: true },
    name: { type: 'dynamic', optional: true },
    both: { type: 'dynamic', optional: true, computed: true },
    secret: { type: 'string', optional: true, write_only: true },
  },
  block_types: {
    nic: {
      nesting_mode: 'list',
      block: { attributes: { network: { type: 'dynamic', optional: true }, ip: { type: 'string', computed: true } } },
    },
  },
} as const

const state = (more: JsonObject): WireValue =>
  conform(block, { name: 'web', nic: [{ network: 'a' }], ...more }, 'plain')

test('a plan leaves open what the cloud decides, at any depth, and nothing that is configured', () => {
  const { planned } = planChange(block, null, state({ both: 'mine', secret: 'w' }), new Set())
  const plain = toPlain(planned, [
    'object',
    { id: 'string', name: 'dynamic', both: 'dynamic', secret: 'string', nic: 'dynamic' },
  ])
  expect(plain).toEqual({ name: 'web', both: 'mine', secret: null, nic: [{ network: 'a' }] })
})

test('what is applied is what was planned, with nothing left open', () => {
  const { planned } = planChange(block, null, state({}), new Set())
  const type = ['object', { id: 'string', name: 'dynamic', both: 'dynamic', secret: 'string', nic: 'dynamic' }] as const
  const applied = fillUnknown(planned, type, (path) => path.join('.'))
  expect(toPlain(applied, type)).toEqual({
    id: 'id',
    name: 'web',
    both: 'both',
    secret: null,
    nic: [{ network: 'a', ip: 'nic.0.ip' }],
  })
  expect(sameValue(planChange(block, applied, applied, new Set(['name'])).planned, applied)).toBe(true)
})

test('only a change of what is fixed asks for a new resource', () => {
  const [before, after] = [state({ id: '1', both: 'x' }), state({ id: '1', both: 'x', name: 'new' })]
  expect(planChange(block, before, after, new Set(['name', 'both'])).replace).toEqual(['name'])
  expect(planChange(block, before, after, new Set(['both'])).replace).toEqual([])
  expect(planChange(block, before, null, new Set(['name']))).toEqual({ planned: null, replace: [] })
})

const source = 'hashicorp/acme'
const provide = (schema: ProviderSchema = {}) =>
  new SandboxProvider({ source, schema, resources: noResources, decide: () => null, fixed: new Set() })

const serveNothing = () => serveProviders({ sources: [source], provider: () => provide() })

test('the process that Terraform may kill is not this one, and ends with the service', async () => {
  const served = await serveNothing()
  const [entry] = Object.values<{ Pid: number }>(JSON.parse(served.environment.TF_REATTACH_PROVIDERS))
  const pid = entry?.Pid ?? 0
  expect(pid).not.toBe(process.pid)
  expect(process.kill(pid, 0)).toBe(true)
  await served.close()
  await expect.poll(() => isAlive(pid)).toBe(false)
})

test('a rehearsal asks once, leaves no connection, and fails without a word', async () => {
  let asked = 0
  const sockets = await ProviderSockets.open([source], { pid: process.pid })
  const provider = provide({
    get provider() {
      asked += 1
      return {}
    },
  })
  const served = await serveProviders({ sources: [source], provider: () => provider, sockets })
  await served.rehearse()
  expect(asked).toBe(1)
  await expect.poll(() => sockets.connections).toBe(0)
  await served.close()
  await served.rehearse()
  expect(asked).toBe(1)
})

test('the sockets of a process that was killed are swept, and nothing else', async () => {
  const left = join(tmpdir(), 'kloud-sockets-4194303-abcdef')
  const others = join(tmpdir(), 'kloud-sockets-4194303-backup')
  onTestFinished(() => rm(others, { recursive: true }))
  await mkdir(left, { recursive: true })
  const socket = createServer().listen(join(left, '0'))
  await once(socket, 'listening')
  // Closed, it takes its file along; whoever is killed does not.
  await rename(join(left, '0'), join(left, '1'))
  socket.close()
  await mkdir(others, { recursive: true })
  await writeFile(join(others, 'work'), '')
  await (await serveNothing()).close()
  await expect(stat(left)).rejects.toThrow('ENOENT')
  await stat(join(others, 'work'))
})

test('sockets have short paths, however long that of the temporary folder is', async () => {
  const before = process.env.TMPDIR
  onTestFinished(() => {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  })
  process.env.TMPDIR = `/tmp/${'long-'.repeat(30)}`
  const served = await serveNothing()
  const entries = Object.values<{ Addr: { String: string } }>(JSON.parse(served.environment.TF_REATTACH_PROVIDERS))
  expect(entries).toHaveLength(2)
  for (const { Addr } of entries) expect(Buffer.byteLength(Addr.String)).toBeLessThan(104)
  await served.close()
})

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describeWithTerraform('Terraform and the plugin', (binary) => {
  const template: JsonObject = { resource: { acme_vm: { web: { name: 'web' } } } }

  async function planned(environment: Record<string, string>) {
    const folder = await temporaryFolder()
    const terraform = new Terraform({ binary, folder, environment })
    await terraform.writeTemplate(template)
    return terraform.plan()
  }

  test('a Terraform that comes before its provider waits, and hears of one that cannot come', async () => {
    const sockets = await ProviderSockets.open([source], { pid: process.pid })
    onTestFinished(() => sockets.close())
    const planning = planned(sockets.environment)
    await expect.poll(() => sockets.connections).toBe(1)
    // What it has said by then is waiting in the socket.
    await sleep(100)
    const coming = sleep(100).then(() => provide(inferSchemas(template).get(source)))
    await serveProviders({ sources: [source], provider: () => coming, sockets })
    expect((await planning).changes).toHaveLength(1)

    const broken = await ProviderSockets.open([source], { pid: process.pid })
    const failing = () => Promise.reject(new Error('the cloud is not to be had'))
    const served = await serveProviders({ sources: [source], provider: failing, sockets: broken })
    onTestFinished(() => served.close())
    await expect(planned(broken.environment)).rejects.toThrow(/the cloud is not to be had/)
  })

  test('a provider that cannot be reached is an error, and costs nobody but the stand-in its life', async () => {
    const served = await serveNothing()
    const { TF_REATTACH_PROVIDERS } = served.environment
    await served.close()
    const gone = TF_REATTACH_PROVIDERS.replaceAll(/"Pid":\d+/g, `"Pid":999999`)
    const terraform = new Terraform({
      binary,
      folder: await temporaryFolder(),
      environment: { TF_REATTACH_PROVIDERS: gone },
    })
    await terraform.writeTemplate(template)
    await expect(terraform.plan()).rejects.toThrow(/terraform plan failed: Failed to load plugin schemas/)
  })

  test.each([
    [
      'plain',
      false,
      'x'.repeat(20),
      /acme_vm\.web: Too much user data: meta\.data has 20 bytes, 4 more than the 16 that the cloud takes/,
    ],
    ['plain', false, 'x'.repeat(16), undefined],
    ['base64', true, '${base64encode("1234567890123456")}', undefined],
  ])('user data is as large as the cloud takes it, whoever reads it in: %s', async (_, base64, data, refusal) => {
    const web = { name: 'web', meta: { data } }
    const sized: JsonObject = { ...template, resource: { acme_vm: { web } } }
    const userData = { acme_vm: { field: 'meta.data', limit: 16, base64 } }
    const planning = (await sandboxed(binary, sized, { userData })).terraform.plan()
    if (refusal === undefined) expect((await planning).changes).toHaveLength(1)
    else await expect(planning).rejects.toThrow(refusal)
  })

  test('an import is refused in words of the sandbox', async () => {
    const taken: JsonObject = { ...template, import: [{ to: 'acme_vm.web', id: '123' }] }
    const { terraform } = await sandboxed(binary, taken)
    await expect(terraform.plan()).rejects.toThrow(
      /The sandbox imports nothing: .* there is no acme_vm 123 to take over\. Leave the import out here\./,
    )
  })

  test('a create that takes longer than Terraform looks after its providers succeeds', async () => {
    const { terraform, cloud } = await sandboxed(binary, template, { latency: { create: 1500, remove: 100 } })
    await terraform.apply(await terraform.plan())
    expect(await cloud.list()).toMatchObject([{ state: 'running' }])
    await terraform.destroy()
  })

  test('a create that is asked for what the plugin cannot read is an error of the resource, not the end of the provider', async () => {
    const body = { name: '${jsondecode(var.it)}' }
    const odd: JsonObject = { variable: { it: { type: 'string' } }, resource: { acme_vm: { web: body } } }
    const { terraform } = await sandboxed(binary, odd, { variables: { it: '{"__proto__": 1}' } })
    await expect(terraform.plan()).rejects.toThrow(/The sandbox could not answer/)
  })
})
