// In: a machine's resource and what is constant in its template. Out: how many machines it is, or an error that says how to make that known.

import { inputError } from '../errors.js'
import { isObject, type JsonObject, type JsonValue } from '../json.js'
import { checkLabel } from '../store/words.js'
import { errorAt, type FindPlace, type JsonPath, nameOf } from '../template/path.js'
import { FORBIDDEN } from '../template/shadow.js'
import { ownValue } from './block/edit.js'
import { type Constant, ConstantSet } from './constant/constant.js'
import type { Constants } from './constant/constants.js'
import { countedInstances, type Instances, keyedInstances, oneInstance } from './instances.js'
import { placed } from './placed.js'

/** More machines than this in one resource are a mistake. */
const mostMachines = 100_000

export interface InstancesOptions {
  /** The resource's name in Terraform. */
  readonly name: string
  readonly body: JsonObject
  readonly constants: Constants
  /** Where the resource is in the template. */
  readonly path: JsonPath
  readonly find?: FindPlace | undefined
}

/** @throws KloudError (input) for a count or a for_each that cannot be known, that Terraform would not take, or whose labels cannot be kept */
export function resolveInstances(options: InstancesOptions): Instances {
  const instances = countInstances(options)
  const place = instances.kind === 'each' ? [...options.path, 'for_each'] : options.path
  placed(place, options.find, () => instances.labels.forEach(checkLabel))
  return instances
}

function countInstances(options: InstancesOptions): Instances {
  const { name, body, path, find } = options
  const count = ownValue(body, 'count')
  const forEach = ownValue(body, 'for_each')
  if (count !== undefined && forEach !== undefined) {
    throw errorAt(path, 'count and for_each cannot both be there', find)
  }
  if (count !== undefined) return countedInstances(name, readCount(count, options))
  if (forEach !== undefined) return keyedInstances(name, readKeys(forEach, options))
  return oneInstance(name)
}

function readCount(value: JsonValue, options: InstancesOptions): number {
  const worth = worthOf(value, 'count', options)
  const count = typeof worth === 'string' && /^\d+$/.test(worth.trim()) ? Number(worth) : worth
  if (typeof count === 'number' && Number.isInteger(count) && count >= 0 && count <= mostMachines) return count
  const wanted = `must be a whole number from 0 to ${mostMachines}`
  throw errorAt([...options.path, 'count'], `${wanted}, not ${shown(worth)}`, options.find)
}

function readKeys(value: JsonValue, options: InstancesOptions): readonly string[] {
  const worth = worthOf(value, 'for_each', options)
  if (worth instanceof ConstantSet) return worth.items
  if (isObject(worth)) return Object.keys(worth)
  const wanted = 'must be a map, or a set of texts such as ${toset(["a", "b"])}'
  throw errorAt([...options.path, 'for_each'], `${wanted}, not ${shown(worth)}`, options.find)
}

function worthOf(
  value: JsonValue,
  argument: 'count' | 'for_each',
  { constants, path, find }: InstancesOptions,
): Constant {
  const worth = holdsSecret(value) ? { because: 'it depends on a secret' } : constants.worthOf(value)
  if ('value' in worth) return worth.value
  const message = `cannot be known before Terraform runs, since ${worth.because}`
  const example = argument === 'count' ? 'a number' : 'a map'
  const hint = `write ${example}, or an expression of variables and locals whose values are given: every machine needs a key of its own`
  const place = [...path, argument]
  throw inputError(`${nameOf(place)}: ${message}`, { ...find?.(place), hint })
}

/** A secret was hidden from the user before this: how long it is must not show either. */
function holdsSecret(value: JsonValue): boolean {
  return JSON.stringify(value).includes(FORBIDDEN)
}

function shown(value: Constant): string {
  if (Array.isArray(value)) return 'a list'
  if (value instanceof ConstantSet) return 'a set'
  return isObject(value) ? 'a map' : JSON.stringify(value)
}
