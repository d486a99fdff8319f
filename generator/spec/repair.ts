// In: a spec's data and where its shape is wrong. Out: data of the right shape, so that everything else in it can be checked in the same run.
import type { core } from 'zod/mini'
import { isObject } from '../../runtime/json.js'

export type Path = (string | number)[]

/** A change that makes one thing fit: what is wrong is taken out, or replaced by the plainest value of the right kind. */
export interface Repair {
  path: Path
  /** The kind that is expected there; undefined takes the key away. */
  kind: string | undefined
  /** A value that can be there, where nothing cannot: in a list, or where it is the only one. */
  value?: unknown
}

const plainest: Readonly<Record<string, () => unknown>> = {
  string: () => 'x',
  number: () => 1,
  boolean: () => false,
  array: () => [],
  object: () => ({}),
  record: () => ({}),
  nonoptional: () => 'x',
}

/** A copy of the data with the repairs made. */
export function repair(data: unknown, repairs: readonly Repair[]): unknown {
  const copy: unknown = structuredClone(isObject(data) ? data : {})
  for (const { path, kind, value: only } of repairs) {
    const last = path.at(-1)
    if (last === undefined) continue
    const parent = path.slice(0, -1).reduce<unknown>((value, step) => own(value, step), copy)
    const value = kind === undefined ? only : plainest[kind]?.()
    if (Array.isArray(parent)) parent[Number(last)] = value
    else if (isObject(parent)) {
      if (value === undefined) delete parent[String(last)]
      else parent[String(last)] = value
    }
  }
  return copy
}

/** What would make the value of an issue fit. */
export function repairsOf(issue: core.$ZodIssue, parent: Path): Repair[] {
  const path: Path = [...parent, ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))]
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ path: [...path, key], kind: undefined }))
    case 'invalid_type':
      return [{ path, kind: issue.expected }]
    case 'invalid_union': {
      const meant = meantBranch(issue.errors)
      if (meant) return meant.flatMap((inner) => repairsOf(inner, path))
      const kind = issue.errors.flat().find((inner) => inner.code === 'invalid_type')
      return [{ path, kind: kind?.code === 'invalid_type' ? kind.expected : undefined }]
    }
    case 'invalid_value': {
      const [first, ...others] = issue.values
      const inList = typeof path.at(-1) === 'number'
      return [{ path, kind: undefined, ...(inList || others.length === 0 ? { value: first } : {}) }]
    }
    default:
      return [{ path, kind: undefined }]
  }
}

/** Of the ways in which a value may be written, the one that its writer meant: that whose kind it has, and which it misses least. */
export function meantBranch(branches: readonly (readonly core.$ZodIssue[])[]): readonly core.$ZodIssue[] | undefined {
  return branches
    .filter((issues) => !issues.some((issue) => issue.path.length === 0 && isMismatch(issue)))
    .sort((a, b) => a.length - b.length)[0]
}

function isMismatch(issue: core.$ZodIssue): boolean {
  return issue.code === 'invalid_type' || issue.code === 'invalid_value'
}

function own(value: unknown, step: string | number): unknown {
  if (Array.isArray(value)) return value[Number(step)]
  return isObject(value) && Object.hasOwn(value, step) ? value[String(step)] : undefined
}
