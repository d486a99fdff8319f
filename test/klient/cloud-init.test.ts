import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { isObject, type JsonObject, type JsonValue } from '../../runtime/json.js'
import { KEEP_ALL } from '../../runtime/klient/cloud-config/merge-type.js'
import { type MachineSetup, readUserData } from '../../runtime/klient/read-user-data.js'
import { describeWithTerraform } from '../terraform.js'
import { type CaseName, cases } from './cases.js'
import { type CloudInitReading, mergeWithCloudInit, readWithCloudInit } from './cloud-init.js'
import { fill } from './fill.js'
import { provision, provisioned } from './machine.js'
import { configs, expressions, files, scripts, variables } from './templates.js'
import { describeWithTool } from './tools.js'

const OUR_COMMAND = '/var/lib/koding/provision.sh'
const USER_SCRIPT = '/var/lib/koding/user-data.sh'
const names = Object.keys(cases) as CaseName[]
const included = { 'https://example.com/config': '#cloud-config\npackages: [inc]\nruncmd: [inc]\nusers: [eve]\n' }

describeWithTool('cloud-init', 'the real cloud-init', () => {
  const texts = new Map<CaseName, string>()
  const readings = new Map<CaseName, CloudInitReading>()
  beforeAll(async () => {
    for (const name of names) texts.set(name, await provisioned(cases[name]))
    const read = readWithCloudInit([...texts.values()], included)
    for (const [index, name] of names.entries()) {
      const reading = read[index]
      if (reading !== undefined) readings.set(name, reading)
    }
  })

  it('says itself that its schema holds, on the command line', () => {
    const folder = mkdtempSync(join(tmpdir(), 'kloud-schema-'))
    for (const name of ['none', 'script', 'cloud-config'] as const) {
      const file = join(folder, 'user-data')
      writeFileSync(file, texts.get(name) ?? '')
      expect(execFileSync('cloud-init', ['schema', '--config-file', file], { encoding: 'utf8' })).toContain(
        'Valid cloud-config',
      )
    }
    rmSync(folder, { recursive: true })
  })

  it.each<[CaseName, JsonObject]>([
    ['cloud-config', { packages: ['git', 'vim'], package_update: true, timezone: 'Europe/Berlin' }],
    ['cloud-config that would be left out', { packages: ['git'] }],
    ['message', { packages: ['git', 'vim'], runcmd: [OUR_COMMAND, ['systemctl', 'enable', 'docker'], 'echo done'] }],
    ['message of encoded parts', { packages: ['git', 'vim', 'café', 'htop'] }],
    ['message in a message', { packages: ['a', 'b'] }],
    ['message of a patch', { packages: ['b', 'c'], runcmd: [OUR_COMMAND] }],
    ['message of parts that are read on the machine', { packages: ['inc', 'b'], runcmd: ['inc', OUR_COMMAND, 'b'] }],
    ['include', { packages: ['inc'], runcmd: ['inc', OUR_COMMAND] }],
    ['archive', { packages: ['d'], runcmd: ['d', OUR_COMMAND] }],
  ])('keeps what the user said in "%s", beside ours', (name, expected) => {
    expect(readings.get(name)?.config).toMatchObject(expected)
  })

  it.each<CaseName>(['cloud-config', 'message', 'message of encoded parts', 'message in a message'])(
    'makes of "%s" and our cloud-config, one after the other, what we make of the two',
    (name) => {
      const [theirs] = readWithCloudInit([cases[name]])
      const parts = [
        { text: JSON.stringify(theirs?.config), mergeType: '' },
        { text: texts.get('none') ?? '', mergeType: KEEP_ALL },
      ]
      const [merged = {}] = mergeWithCloudInit([parts])
      expect(inAnyOrder(readings.get(name)?.config ?? {})).toEqual(inAnyOrder(merged))
    },
  )

  describeWithTerraform('given what Terraform has filled', ({ path }) => {
    const filled = new Map<string, CloudInitReading>()
    const setups = new Map<string, MachineSetup>()
    beforeAll(async () => {
      const composed: Record<string, string> = {}
      const given = Object.entries({ ...scripts, ...configs, ...expressions })
      for (const [index, [, userData]] of given.entries()) {
        const [text] = typeof userData === 'string' ? [userData] : userData
        composed[`text${index}`] = (await provision({ userData: text })).value
      }
      const results = Object.values(fill(path, composed, variables, files))
      for (const [index, reading] of readWithCloudInit(results, { 'https://wörd.example': '' }).entries()) {
        const name = given[index]?.[0] ?? ''
        filled.set(name, reading)
        setups.set(name, readUserData(results[index] ?? ''))
      }
    })

    it.each(Object.keys({ ...scripts, ...configs, ...expressions }))('reads "%s" as we do', (name) => {
      const { config, others } = filled.get(name) ?? {}
      const setup = setups.get(name)
      expect(config).toEqual({ ...setup?.config, users: config?.users })
      const scripts = setup?.scripts.filter((script) => script !== setup.files.get(USER_SCRIPT)?.content)
      expect(others?.map(({ text }) => text)).toEqual(scripts)
    })
  })

  describe.each(names)('given "%s"', (name) => {
    it('finds nothing wrong with the cloud-config', () => {
      expect(readings.get(name)?.problems).toBeNull()
    })

    it("sets up the machine's user, our files and our command", () => {
      const { config } = readings.get(name) ?? {}
      expect(config).toMatchObject({ hostname: 'ada', final_message: '_KD_DONE_' })
      expect(config?.users).toEqual(
        expect.arrayContaining(['default', expect.objectContaining({ name: 'ada', sudo: 'ALL=(ALL) NOPASSWD:ALL' })]),
      )
      expect(config?.write_files).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ path: '/var/lib/koding/provision.sh', permissions: '0755' }),
          expect.objectContaining({
            path: '/var/lib/koding/metadata.json',
            permissions: '0600',
            owner: 'ada',
            defer: true,
          }),
        ]),
      )
      expect(config?.runcmd).toContain('/var/lib/koding/provision.sh')
    })

    it('reads it as we do', () => {
      const setup = readUserData(texts.get(name) ?? '')
      const { config, others = [] } = readings.get(name) ?? {}
      const isReadHere = setup.unread.every(({ type }) => !/include|jsonp/.test(type))
      if (isReadHere) expect(setup.config).toEqual({ ...config, users: setup.config.users })
      const parts = setup.unread.filter(({ type }) => !/include|jsonp/.test(type)).map(({ text }) => text)
      const scripts = setup.scripts.filter((script) => script !== setup.files.get(USER_SCRIPT)?.content)
      expect(others.map(({ text }) => text).sort()).toEqual([...scripts, ...parts].sort())
    })
  })
})

/** A cloud-config with its lists sorted, and what it says of one user in one place: ours come first here, and last there. */
function inAnyOrder(config: JsonObject): JsonObject {
  const users = Array.isArray(config.users) ? config.users : []
  const byName = new Map<string, JsonValue>()
  for (const user of users) {
    const name = isObject(user) ? String(user.name) : String(user)
    byName.set(name, { ...(byName.get(name) as JsonObject), ...(isObject(user) ? user : {}) })
  }
  const lists = Object.entries(config).map(([key, value]) => [
    key,
    Array.isArray(value) ? value.map((item) => JSON.stringify(item)).sort() : value,
  ])
  return { ...Object.fromEntries(lists), users: Object.fromEntries(byName) }
}
