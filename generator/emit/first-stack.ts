// In: a provider's model. Out: the shortest template that composes and shows how one is written.
import { isObject } from '../../runtime/json.js'
import type { ProviderModel } from '../model/model.js'
import { writeYaml } from '../spec/yaml/write.js'
import { indented } from './indent.js'

/** What a machine runs when it is made. */
const SCRIPT = '#!/bin/sh\necho "Hello, ${var.koding_user_username}" > /tmp/hello\n'

/** One machine, `web`, as a template's blocks. */
export function firstStack(model: ProviderModel): object {
  return { resource: { [model.machine.resource]: { web: firstMachine(model) } } }
}

/** The same as YAML. Attributes that many providers have are written once. */
export function firstStackYaml(model: ProviderModel): string {
  const { resource } = model.machine
  const attributes = Object.entries(firstMachine(model))
  if (attributes.length === 0 || !/^[A-Za-z]\w*_\w+$/.test(resource)) return writeYaml(firstStack(model))
  const lines = attributes.map(([name, value]) => writtenAttribute(name, value))
  return `resource:\n  ${resource}:\n    web:\n${lines.join('\n')}`
}

const written = new Map<string, string>()

function writtenAttribute(name: string, value: unknown): string {
  const key = JSON.stringify([name, value])
  const known = written.get(key)
  if (known !== undefined) return known
  const text = indented(writeYaml({ [name]: value }), 6)
  written.set(key, text)
  return text
}

function firstMachine({ machine }: ProviderModel): Record<string, unknown> {
  const { require, example, userData } = machine
  const attributes: [path: string, value: unknown][] = [
    ...require.map((path): [string, unknown] => [path, placeholder(path)]),
    ...Object.entries(example),
    ...(userData?.format === 'cloudConfig' ? [[userData.field, SCRIPT] satisfies [string, unknown]] : []),
  ]
  const block: Record<string, unknown> = {}
  for (const [path, value] of attributes) {
    const [first, ...rest] = stepsOf(path)
    const name = String(first)
    block[name] = placed(block[name], rest, value)
  }
  return block
}

/** What stands where a user must say something that the spec has no example of. */
function placeholder(path: string): string {
  return /(?:^|\.)(?:name|hostname|label|title)$/.test(path) ? 'web' : '…'
}

type Step = string | number

/** `nic[0].net` as `nic`, 0, `net`; any of several is the first. */
function stepsOf(path: string): Step[] {
  if (/^[A-Za-z]\w*$/.test(path)) return [path]
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
