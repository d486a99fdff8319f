import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject, JsonValue } from '../../runtime/json.js'
import { KEEP_ALL, mergePart, mergeTypeOf } from '../../runtime/klient/cloud-config/merge-type.js'
import { YAMLMap } from '../../runtime/klient/cloud-config/nodes.js'
import { parseConfig } from '../../runtime/klient/cloud-config/parse.js'
import { readMap } from '../../runtime/klient/cloud-config/read-node.js'
import { Placeholders } from '../../runtime/klient/expressions/placeholders.js'
import { mergeWithCloudInit } from './cloud-init.js'
import { describeWithTool } from './tools.js'

interface Part {
  text: string
  mergeType: string
}

const placeholders = new Placeholders('', () => undefined)
const parse = (text: string) => parseConfig(text, placeholders)?.config ?? new YAMLMap()

/** Merges parts as a message's are; a part with an unknown Merge-Type is left out. */
function merge(parts: readonly Part[]): JsonObject {
  return readMap(
    parts.reduce((merged, { text, mergeType }) => {
      const config = parse(text)
      const how = mergeTypeOf(config, mergeType)
      return how === undefined ? merged : mergePart(merged, config, how)
    }, new YAMLMap()),
  )
}

describe('a later part', () => {
  const first = { text: 'a: [1, 2]\nb: { c: x, d: y }\ne: x\n', mergeType: '' }
  const joined = (mergeType: string, text = 'a: [3]\nb: { c: z }\ne: y\nf: 1\n') => merge([first, { text, mergeType }])

  it('replaces, when it does not say otherwise', () => {
    expect(joined('')).toEqual({ a: [3], b: { c: 'z' }, e: 'y', f: 1 })
  })

  it('adds and keeps what is there, when it says what ours says', () => {
    expect(joined(KEEP_ALL)).toEqual({ a: [1, 2, 3], b: { c: 'x', d: 'y' }, e: 'x', f: 1 })
  })

  it('says so in itself before its header', () => {
    expect(joined(KEEP_ALL, 'merge_how: dict(replace)+list()+str()\na: [3]\n').a).toEqual([3])
    expect(joined('', 'merge_type:\n- name: list\n  settings: [prepend]\n- [dict, recurse_list]\na: [3]\n').a).toEqual([
      3, 1, 2,
    ])
  })

  it('is left out, when it says something unknown', () => {
    expect(joined('dict(replace)+heap()').e).toBe('x')
  })
})

describeWithTool('cloud-init', "with cloud-init's own merging", () => {
  it('any parts come to the same', () => {
    // A key says what kind its value is: what cloud-init makes of a list to which a map is appended is of no use to anyone.
    const scalar = fc.constantFrom<JsonValue>('x', 'y', 1, true)
    const list = (item: fc.Arbitrary<JsonValue>) => fc.array(item, { maxLength: 3 })
    const orNothing = (value: fc.Arbitrary<JsonValue>) => fc.oneof({ weight: 8, arbitrary: value }, fc.constant(null))
    const { config } = fc.letrec<{ config: JsonObject }>((tie) => ({
      config: fc.record<JsonObject>(
        {
          scalar: orNothing(scalar),
          scalars: orNothing(list(scalar)),
          lists: orNothing(list(list(scalar))),
          maps: orNothing(list(fc.oneof({ maxDepth: 2 }, fc.constant({ scalar: 'x' }), tie('config')))),
          map: orNothing(fc.oneof({ maxDepth: 2 }, fc.constant({}), tie('config'))),
        },
        { requiredKeys: [], noNullPrototype: true },
      ),
    }))
    const options = (...names: string[]) => fc.subarray(names).map((chosen) => chosen.join(','))
    const mergeType = fc.oneof(
      fc.constantFrom('', KEEP_ALL),
      fc
        .tuple(
          options('no_replace', 'replace', 'recurse_list', 'recurse_str', 'allow_delete'),
          options('append', 'prepend', 'no_replace', 'recurse_dict', 'recurse_list', 'recurse_str'),
          options('append'),
        )
        .map(([dict, list, str]) => `dict(${dict})+list(${list})+str(${str})`),
    )
    const part = fc.record({ text: config.map((map) => JSON.stringify({ all: 1, ...map })), mergeType })
    const messages = fc.sample(fc.array(part, { minLength: 2, maxLength: 3 }), { numRuns: 500, seed: 5 })
    const expected = mergeWithCloudInit(messages)
    for (const [index, message] of messages.entries()) {
      expect([message, merge(message)]).toEqual([message, expected[index]])
    }
  })
})
