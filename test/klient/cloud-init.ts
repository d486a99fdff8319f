// In: user data. Out: what the real cloud-init makes of it.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { JsonObject, JsonValue } from '../../runtime/json.js'

const script = fileURLToPath(new URL('./cloud_init.py', import.meta.url))

/** What cloud-init makes of one machine's user data. */
export interface CloudInitReading {
  config: JsonObject
  others: { type: string; text: string }[]
  /** What its schema has against the cloud-config. */
  problems: string | null
}

/** Has cloud-init read user data, all in one run of Python. */
export function readWithCloudInit(
  userData: readonly string[],
  included: Record<string, string> = {},
): CloudInitReading[] {
  return ask(userData.map((read) => ({ read, included })))
}

/** Has cloud-init merge the parts of several messages. */
export function mergeWithCloudInit(messages: readonly { text: string; mergeType: string }[][]): JsonObject[] {
  return ask(messages.map((merge) => ({ merge })))
}

/** Has PyYAML read texts. */
export function readWithPyYaml(texts: readonly string[]): JsonValue[] {
  const [values = []] = ask<JsonValue[]>([{ yaml: texts }])
  return values
}

function ask<Answer>(requests: readonly object[]): Answer[] {
  const { stdout, stderr, status } = spawnSync('/usr/bin/python3', [script], {
    input: JSON.stringify(requests),
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}
