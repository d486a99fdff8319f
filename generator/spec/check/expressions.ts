// Checks every `${{ … }}` of a spec: that it stands where one can, reads, has the right names and types, and gives no secret away.

import type { Path } from '../document.js'
import { type CheckedExpression, checkExpression, isProblem } from '../expression/check.js'
import { isFault, parseExpression } from '../expression/parse.js'
import { type SourcePart, scanText } from '../expression/scan.js'
import { type Site, scopeOf } from '../expression/scope.js'
import { describeType, holdsSecret, isScalar, type ValueType } from '../expression/type.js'
import type { Examination } from './report.js'
import { eachText } from './texts.js'

/** What is allowed where a path leads. */
export interface Place {
  site: Site
  /** Why a secret cannot stand here, or that it can. */
  secrets: 'allowed' | string
  /** What the value of an expression must be that stands here alone; anything when not said. */
  takes?: 'scalar' | 'scalars'
  /** Whether it must be there; `items` where only what stands in a list must be. */
  needed?: true | 'items'
  /** Whether this is a call with a path. */
  call?: true
}

const readable = 'what stands here can be read by users'

/** The places where expressions can stand, the longest matching path first. `*` is any one step. */
const places: readonly (readonly [path: string, place: Place])[] = [
  ['terraform.config', { site: 'provider', secrets: 'allowed' }],
  ['bootstrap.resource', { site: 'bootstrap', secrets: 'Terraform keeps what stands here in its state' }],
  ['bootstrap.data', { site: 'bootstrap', secrets: 'Terraform keeps what stands here in its state' }],
  ['bootstrap.locals', { site: 'bootstrap', secrets: readable }],
  ['bootstrap.variable', { site: 'bootstrap', secrets: readable }],
  ['bootstrap.outputs.*.value', { site: 'bootstrap', secrets: readable }],
  ['bootstrap.outputs.*', { site: 'bootstrap', secrets: readable }],
  ['machine.defaults', { site: 'machine', secrets: readable }],
  ['machine.with.*.defaults', { site: 'machine', secrets: readable }],
  ['machine.with.*.resource', { site: 'machine', secrets: readable }],
  ['machine.with.*.when', { site: 'machine', secrets: readable }],
  ['machine.set', { site: 'machine', secrets: readable }],
  ['machine.append', { site: 'machine', secrets: readable }],
  ['machine.metadata.*.value', { site: 'metadata', secrets: readable }],
  ...apiPlaces(),
]

function apiPlaces(): [string, Place][] {
  const url = 'it would be part of a URL, which servers and proxies log'
  const argument = 'it would be an argument of a program, which every user of the machine can see: use env or stdin'
  const transport: [string, Place][] = [
    ['api.http.baseUrl', { site: 'transport', secrets: url, takes: 'scalar', needed: true }],
    ['api.http.query', { site: 'transport', secrets: `${url}: use auth.query`, takes: 'scalars' }],
    ['api.http.auth.oauth2.tokenUrl', { site: 'transport', secrets: url, takes: 'scalar', needed: true }],
    ['api.http.auth', { site: 'transport', secrets: 'allowed', takes: 'scalar' }],
    ['api.http.headers', { site: 'transport', secrets: 'allowed', takes: 'scalar' }],
    ['api.sdk.config', { site: 'transport', secrets: 'allowed', needed: 'items' }],
    ['api.exec.cwd', { site: 'method', secrets: argument, takes: 'scalar' }],
    ['api.exec.env', { site: 'method', secrets: 'allowed', takes: 'scalar' }],
  ]
  const methods = ['verify', 'info', 'start', 'stop', 'restart', 'destroy'].flatMap((method) => {
    const first: Site = method === 'verify' ? 'verify' : 'method'
    const later: Site = method === 'verify' ? 'verifyResponse' : 'response'
    const call = (prefix: string, site: Site): [string, Place][] => [
      [`${prefix}.call`, { site, secrets: url, takes: 'scalar', call: true }],
      [`${prefix}.run`, { site, secrets: argument, takes: 'scalar' }],
      [`${prefix}.query`, { site, secrets: url, takes: 'scalars' }],
      [`${prefix}.headers`, { site, secrets: 'allowed', takes: 'scalar' }],
      [`${prefix}.body`, { site, secrets: 'allowed' }],
      [`${prefix}.input`, { site, secrets: 'allowed', needed: 'items' }],
      [`${prefix}.stdin`, { site, secrets: 'allowed', takes: 'scalar' }],
    ]
    const step = (prefix: string, site: Site) => [...call(prefix, site), ...call(`${prefix}.wait`, later)]
    return [
      ...step(`api.${method}`, first),
      ...step(`api.${method}.0`, first),
      ...step(`api.${method}.*`, later),
      [`api.${method}`, { site: first, secrets: url, takes: 'scalar', call: true }] as [string, Place],
    ]
  })
  return [...transport, ...methods]
}

export function checkExpressions(spec: Examination): void {
  eachText(spec.input, [], /\$\{\{/, (text, path, isKey) => {
    if (isKey) spec.report('KG073', path, 'a key is no place for an expression: write the name itself', { at: 'key' })
    else checkText(spec, text, path, placeOf(path))
  })
}

/** Checks what stands in a text, at a path where that is allowed. */
export function checkText(spec: Examination, text: string, path: Path, place: Place | undefined): void {
  const parts = scanText(text)
  const whole = parts.length === 1
  for (const part of parts) {
    if (part.kind === 'text') continue
    if (part.kind === 'unclosed') {
      spec.report(
        'KG010',
        path,
        'this expression does not end: close it with }}; where YAML cut it short, as at " #", quote it',
        {
          span: { start: part.start, end: text.length },
        },
      )
      continue
    }
    const span = { start: part.start - 3, end: part.start + part.source.length + 2 }
    if (!place) {
      spec.report('KG073', path, 'no expression is resolved here: write the value itself', { span })
      continue
    }
    const field = fieldOf(part.source)
    if (field && spec.isUnknown(field)) continue
    const result = checkExpression(part.source, scopeOf(spec.input, place.site))
    const found = isProblem(result) ? [result] : result.warnings
    for (const problem of found) {
      spec.report(problem.code, path, problem.message, {
        severity: problem.severity,
        suggestion: problem.suggestion,
        span: { start: part.start + problem.start, end: part.start + problem.end },
      })
    }
    if (isProblem(result)) continue
    if (!whole && !isScalar(result.type)) {
      spec.report('KG076', path, `${describeType(result.type)} cannot stand inside a text: let it be the whole value`, {
        span,
      })
    }
    const fault = whole ? misfit(result.type, place, path) : undefined
    if (fault !== undefined) spec.report('KG076', path, fault, { span })
    checkPathFilter(spec, path, part, result, place)
    if (place.secrets === 'allowed' || !holdsSecret(result.type)) continue
    const what = result.type.secret ? 'a secret' : 'what holds a secret'
    spec.report('KG077', path, `${what} cannot stand here: ${place.secrets}`, { span })
  }
}

/** The field that an expression leads to, where it leads to one. */
export function fieldOf(source: string): Path | undefined {
  const expression = parseExpression(source)
  if (isFault(expression)) return undefined
  const [name] = expression.steps
  const part = fieldParts[expression.root.key]
  return name && part && [...part, name.key]
}

/** Where the fields of a root are written. */
const fieldParts: Readonly<Record<string, Path>> = {
  credential: ['credential'],
  bootstrap: ['bootstrap', 'outputs'],
  metadata: ['machine', 'metadata'],
}

/** Why a value that stands alone does not fit its place. */
function misfit(type: ValueType, { takes, needed }: Place, path: Path): string | undefined {
  if (takes !== undefined && !isScalar(type) && !(takes === 'scalars' && type.kind === 'list'))
    return `${describeType(type)} cannot stand here: text, a number or a truth can`
  return type.optional && (needed === true || (needed === 'items' && typeof path.at(-1) === 'number'))
    ? 'this may be absent, and is needed here: require it, or give it a default'
    : undefined
}

/** A path is for the path of a call, and no filter can follow it. */
function checkPathFilter(
  spec: Examination,
  path: Path,
  { start }: SourcePart,
  { expression: { filters } }: CheckedExpression,
  place: Place,
): void {
  for (const [index, filter] of filters.entries()) {
    if (filter.name !== 'path' || (place.call && index === filters.length - 1)) continue
    const message = place.call
      ? 'path is the last filter: nothing can be done to a path'
      : 'path is for the path of a call'
    spec.report('KG075', path, message, { span: { start: start + filter.start, end: start + filter.end } })
  }
}

/** The places by the part of the spec that they are in, each as its steps, the most exact first. */
const placesByPart = new Map<string, { steps: readonly string[]; exactness: number; place: Place }[]>()
for (const [pattern, place] of places) {
  const steps = pattern.split('.')
  const [part = ''] = steps
  const found = placesByPart.get(part) ?? []
  found.push({ steps, exactness: exactnessOf(steps), place })
  placesByPart.set(part, found)
}
for (const found of placesByPart.values()) found.sort((a, b) => b.exactness - a.exactness)

function exactnessOf(steps: readonly string[]): number {
  return steps.length * 2 - steps.filter((step) => step === '*').length
}

/** What is allowed where a path leads; undefined where no expression is resolved. */
export function placeOf(path: Path): Place | undefined {
  const found = placesByPart
    .get(String(path[0]))
    ?.find(
      ({ steps }) =>
        steps.length <= path.length && steps.every((step, index) => step === '*' || step === String(path[index])),
    )
  return found?.place
}
