// What specs map, held against the clouds' own descriptions: each call exists there, with those parameters, and answers what is read.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { compute_v1 as compute } from '@googleapis/compute'
import { describe, expect, it } from 'vitest'
import { pathText } from '../../generator/emit/machine/sentence.js'
import { pathSteps } from '../../runtime/jmespath/search.js'
import { isObject } from '../../runtime/json.js'
import { callsOf, infoOf, modelOf } from './model-of.js'

describe('EC2', () => {
  const model = createRequire(import.meta.url)('aws-sdk/apis/ec2-2016-11-15.min.json')

  /** A shape of EC2's model, references followed. */
  function member(shape: unknown, name: string | number): unknown {
    if (!isObject(shape)) return undefined
    if (typeof shape.shape === 'string') return member(model.shapes[shape.shape], name)
    if (typeof name === 'number') return shape.type === 'list' ? shape.member : undefined
    return isObject(shape.members) ? shape.members[name] : undefined
  }

  const aws = modelOf('aws')

  it.each(callsOf(aws).map((call) => [call.kind === 'sdk' ? call.command : '', call] as const))(
    'has %s',
    (command, call) => {
      const operation: unknown = model.operations[command]
      const input = call.kind === 'sdk' && call.input.kind === 'object' ? call.input.entries.map(([name]) => name) : []
      expect(isObject(operation)).toBe(true)
      const known = isObject(operation) ? operation.input : undefined
      expect(input.filter((name) => member(known, name) === undefined)).toEqual([])
      const required = isObject(known) && Array.isArray(known.required) ? known.required : []
      expect(input).toEqual(expect.arrayContaining(required))
    },
  )

  it('answers with a state where it is looked for', () => {
    const [path = ''] = infoOf(aws).paths
    const found = (pathSteps(path) ?? []).reduce(member, model.operations.DescribeInstances.output)
    expect(isObject(found)).toBe(true)
  })
})

describe('Google Compute Engine', () => {
  const google = modelOf('google')
  const client = readFileSync(createRequire(import.meta.url).resolve('@googleapis/compute/build/v1.js'), 'utf8')
  const urls = [
    ...client.matchAll(
      /'\/compute\/v1(\/projects\/[^']*)'\)[\s\S]*?method: '(\w+)'[\s\S]*?requiredParams: \[([^\]]*)\]/g,
    ),
  ]
  /** `GET /projects/…/zones/…/instances/…`, each with how many parameters it needs. */
  const known = new Map(
    urls.map(([, path = '', method, required = '']) => [
      `${method} ${path.replaceAll(/\{\w+\}/g, '…')}`,
      required.split(',').length,
    ]),
  )

  const calls = callsOf(google).map((call) => {
    if (call.kind !== 'http' || call.path.kind !== 'template') throw new Error('Google is called over http')
    const values = call.path.parts.filter((part) => typeof part !== 'string')
    return [`${call.method} ${pathText(call.path)}`, values.length] as const
  })

  it.each([...new Map(calls)])('has %s, with %i parameters', (call, count) => {
    expect(known.get(call)).toBe(count)
  })

  it('answers with what is looked for', () => {
    const instance = ['status'] satisfies (keyof compute.Schema$Instance)[]
    const operation = ['name', 'error', 'status'] satisfies (keyof compute.Schema$Operation)[]
    expect(infoOf(google).paths).toEqual(instance)
    const { start } = google.api.methods
    const wait = start?.kind === 'operation' ? start.steps[0]?.wait : undefined
    expect(wait).toMatchObject({ fail: operation[1], until: `${operation[2]} == 'DONE'` })
  })
})
