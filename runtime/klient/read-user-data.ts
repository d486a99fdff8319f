// In: user data as a machine gets it, with nothing left for Terraform to fill. Out: what cloud-init, or Vagrant, would set up by it.
import { inputError } from '../errors.js'
import { isObject, type JsonObject, type JsonValue } from '../json.js'
import { mergePart, mergeTypeOf } from './cloud-config/merge-type.js'
import { YAMLMap } from './cloud-config/nodes.js'
import { parseConfig } from './cloud-config/parse.js'
import { readMap, readNode, valueAt } from './cloud-config/read-node.js'
import { withListedUsers } from './cloud-config/users.js'
import { Placeholders } from './expressions/placeholders.js'
import type { ProvisionData } from './formats/provision-data.js'
import { CLOUD_CONFIG, SCRIPT } from './kinds.js'
import { kiteKeyIn } from './metadata.js'
import { METADATA, USER_SCRIPT } from './ours/our-files.js'
import { readFiles, type SetupFile } from './reading/read-files.js'
import { type Part, readParts } from './reading/read-parts.js'
import { isGzip, unpack } from './unpack.js'

export type { SetupFile } from './reading/read-files.js'

/** What user data makes of a machine. */
export interface MachineSetup {
  hostname: string | undefined
  /** Each with its `name`; `default` is the distribution's own. */
  users: readonly JsonObject[]
  /** By their paths. */
  files: ReadonlyMap<string, SetupFile>
  /** Commands, in the order in which they run. */
  runcmd: readonly JsonValue[]
  /** The user's scripts: the one that our provision script runs, and those that are parts of their own. */
  scripts: readonly string[]
  /** All of the cloud-config, merged. */
  config: JsonObject
  /** Parts that only the machine itself can read, such as `#include`. */
  unread: readonly { type: string; text: string }[]
  /** What Klient is started with: the content of metadata.json. */
  metadata: JsonObject | undefined
  /** The kite.key in it. */
  kiteKey: string | undefined
}

/** Nothing is left for Terraform in what a machine gets. */
const none = new Placeholders('', () => undefined)

/**
 * Reads user data as the machine would: decodes and unpacks it, takes a message apart, and merges its cloud-config.
 *
 * @param userData a text, possibly in base64, possibly packed; or the bytes themselves
 * @throws KloudError where it cannot be read
 * @example
 * const { kiteKey, files } = readUserData(userData)
 */
export function readUserData(userData: string | Uint8Array): MachineSetup {
  const given = typeof userData === 'string' ? userData : asText(userData)
  const { text } = unpack(given)
  return text.trimStart().startsWith('{') ? readJson(text) : readParted(readParts(text, none))
}

function readParted(parts: readonly Part[]): MachineSetup {
  const merged = withListedUsers(mergeConfigs(parts))
  const config = readMap(merged)
  const files = readFiles(merged)
  const { hostname, runcmd } = config
  return {
    ...{ config, files, users: readUsers(readNode(valueAt(merged, 'users'))), ...metadataIn(files) },
    hostname: typeof hostname === 'string' ? hostname : undefined,
    runcmd: Array.isArray(runcmd) ? runcmd : [],
    scripts: [...scriptIn(files), ...parts.filter(({ type }) => type === SCRIPT).map(({ text }) => text)],
    unread: parts.flatMap(({ type, text }) => (type === SCRIPT || type === CLOUD_CONFIG ? [] : [{ type, text }])),
  }
}

function mergeConfigs(parts: readonly Part[]): YAMLMap {
  let merged = new YAMLMap()
  for (const { text, mergeType } of parts.filter(({ type }) => type === CLOUD_CONFIG)) {
    const config = parseConfig(text, none)?.config ?? new YAMLMap()
    const how = mergeTypeOf(config, mergeType)
    // Cloud-init leaves out a part whose Merge-Type it does not know.
    if (how !== undefined) merged = mergePart(merged, config, how)
  }
  return merged
}

/** What Vagrant unpacks, or what a container is given. */
function readJson(text: string): MachineSetup {
  const json = parseJson(text)
  const given = isProvisionData(json) ? json : { files: [{ path: METADATA, permissions: '0600', content: text }] }
  const { hostname, username, files: list, run = [] } = given as Partial<ProvisionData> & Pick<ProvisionData, 'files'>
  const files = new Map(
    list.map(({ path, permissions, content }) => [path, { content, permissions, owner: 'root:root' }]),
  )
  return {
    ...{ hostname, users: username === undefined ? [] : [{ name: username }], files, runcmd: run },
    ...{ scripts: scriptIn(files), config: {}, unread: [], ...metadataIn(files) },
  }
}

function isProvisionData(json: unknown): json is ProvisionData {
  return isObject(json) && Array.isArray(json.files) && Array.isArray(json.run)
}

/** Users by their names; of two of one name the first counts, and the other adds to it. */
function readUsers(users: JsonValue): JsonObject[] {
  const byName = new Map<string, JsonObject>()
  for (const user of Array.isArray(users) ? users.flat() : []) {
    const entry: JsonObject = isObject(user) ? user : { name: String(user) }
    const name = String(entry.name ?? 'default')
    byName.set(name, { ...entry, ...byName.get(name), name })
  }
  return [...byName.values()]
}

function scriptIn(files: ReadonlyMap<string, SetupFile>): string[] {
  const script = files.get(USER_SCRIPT)
  return script === undefined ? [] : [script.content]
}

function metadataIn(files: ReadonlyMap<string, SetupFile>): Pick<MachineSetup, 'metadata' | 'kiteKey'> {
  const file = files.get(METADATA)
  const metadata = file === undefined ? undefined : parseJson(file.content)
  return { metadata, kiteKey: metadata && kiteKeyIn(metadata) }
}

function parseJson(text: string): JsonObject {
  try {
    const json: JsonValue = JSON.parse(text)
    if (isObject(json)) return json
  } catch {
    // Said below: what the parser says may quote a key.
  }
  throw inputError('user data: it begins as JSON does, and is none')
}

function asText(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString(isGzip(bytes) ? 'latin1' : 'utf8')
}
