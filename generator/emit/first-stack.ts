// In: a provider's model. Out: the shortest template that composes and shows how one is written.
import { isObject } from '../../runtime/json.js'
import type { ProviderModel } from '../model/model.js'

/** What a machine runs when it is made. */
const SCRIPT = '#!/bin/sh\necho "Hello, ${var.koding_user_username}" > /tmp/hello\n'

/** One machine, `web`, as a template's blocks. */
export function firstStack({ machine }: ProviderModel): object {
  const { require, example, userData, resource } = machine
  const attributes: [path: string, value: unknown][] = [
    ...require.map((path): [string, unknown] => [path, placeholder(path)]),
    ...Object.entries(example),
    ...(userData?.format === 'cloudConfig' ? [[userData.field, SCRIPT] satisfies [string, unknown]] : []),
  ]
  const web = attributes.reduce<unknown>((block, [path, value]) => placed(block, stepsOf(path), value), {})
  return { resource: { [resource]: { web } } }
}

/** What stands where a user must say something that the spec has no example of. */
function placeholder(path: string): string {
  return /(?:^|\.)(?:name|hostname|label|title)$/.test(path) ? 'web' : '…'
}

type Step = string | number

/** `nic[0].net` as `nic`, 0, `net`; any of several is the first. */
function stepsOf(path: string): Step[] {
  return [...path.matchAll(/[^.[\]]+/g)].map(([step]) => (step === '*' ? 0 : /^\d+$/.test(step) ? Number(step) : step))
}

/** What is there, with a value where a path leads: through maps and lists that are made where there is none. */
function placed(there: unknown, [step, ...rest]: readonly Step[], value: unknown): unknown {
  if (step === undefined) return value
  if (typeof step === 'number') {
    const list: unknown[] = Array.isArray(there) ? [...there] : []
    list[step] = placed(list[step], rest, value)
    return list
  }
  const map = isObject(there) ? there : {}
  return { ...map, [step]: placed(map[step], rest, value) }
}
