// Checks what Terraform is told: the provider block, the machine policy and the bootstrap.
import { isObject } from '../../../runtime/json.js'
import { nearest } from '../../../runtime/nearest.js'
import { parseSize } from '../../model/size.js'
import type { Path } from '../document.js'
import { kindOf } from '../kind.js'
import { attributePathFault } from './attribute-path.js'
import { contextFault, repeatedBlocks } from './instances.js'
import { checkNested } from './nested.js'
import { addressesOf, checkReferences, type Referable } from './references.js'
import type { Examination } from './report.js'

export function checkPolicy(spec: Examination): void {
  checkTerraform(spec)
  checkMachine(spec)
  checkBootstrap(spec)
}

function checkTerraform(spec: Examination): void {
  const { terraform, homepage } = spec.input
  if (!/^([a-z0-9.-]+\.[a-z]+(:\d+)?\/)?[A-Za-z0-9_-]+\/[A-Za-z0-9_-]+$/.test(terraform.source)) {
    spec.report('KG093', ['terraform', 'source'], 'source must be an address in the Terraform registry: NAMESPACE/NAME')
  }
  if (
    terraform.version !== undefined &&
    !/^((=|!=|>=|<=|~>|>|<)?\s*\d+(\.\d+){0,2}(-[\w.]+)?\s*(,\s*(?=\S)|$))+$/.test(terraform.version)
  ) {
    spec.report(
      'KG094',
      ['terraform', 'version'],
      'version must be a constraint of Terraform, such as ~> 2.0 or >= 1.4, < 2.0',
    )
  }
  const configured = Object.keys(terraform.config ?? {})
  for (const [index, name] of (terraform.fixed ?? []).entries()) {
    if (configured.includes(name)) continue
    spec.report('KG092', ['terraform', 'fixed', index], `${name} is fixed, but terraform.config does not give it`, {
      word: name,
      known: configured,
    })
  }
  checkKeys(spec, ['terraform', 'config'], terraform.config, false)
  if (homepage !== undefined && !/^https?:\/\/[^\s<>]+$/.test(homepage)) {
    spec.report('KG107', ['homepage'], 'homepage must be a URL, beginning with https://')
  }
}

function checkMachine(spec: Examination): void {
  const { machine } = spec.input
  if (!/^[a-z][a-z0-9]*(_[a-z0-9]+)+$/.test(machine.resource)) {
    spec.report(
      'KG040',
      ['machine', 'resource'],
      'resource must be a whole Terraform type, such as digitalocean_droplet',
    )
  }
  checkList(spec, ['machine', 'require'], machine.require)
  checkKeys(spec, ['machine', 'defaults'], machine.defaults, true)
  checkKeys(spec, ['machine', 'set'], machine.set, true)
  checkKeys(spec, ['machine', 'append'], machine.append, true)
  checkKeys(spec, ['machine', 'forbid'], machine.forbid, true)
  checkKeys(spec, ['machine', 'example'], machine.example, true)
  for (const [name, value] of Object.entries(machine.append ?? {}))
    checkAppend(spec, ['machine', 'append', name], value)
  for (const [index, part] of (machine.with ?? []).entries()) {
    const path: Path = ['machine', 'with', index]
    checkList(spec, [...path, 'unless'], part.unless)
    checkKeys(spec, [...path, 'defaults'], part.defaults, true)
    if (!part.defaults && !part.resource)
      spec.report('KG091', path, 'this gives nothing: add defaults, or resource', { at: 'key' })
    if (part.when !== undefined && !part.when.includes('${{'))
      spec.report('KG070', [...path, 'when'], 'when is an expression, such as ${{ credential.region }}')
    checkBlockNames(spec, [...path, 'resource'], part.resource)
  }
  checkPolicyReferences(spec)
  checkUserData(spec)
  checkContradictions(spec)
  checkNested(spec)
}

/** A policy can refer to what comes with the machine: whatever else is in a template, only its user knows. Variables are Kloud's. */
function checkPolicyReferences(spec: Examination): void {
  const { machine } = spec.input
  const known = (machine.with ?? []).flatMap(({ resource }) => addressesOf(resource))
  const has = known.length > 0 ? `has ${known.join(', ')}` : 'has no resource'
  const missing = (address: string) => `${address} is not in this policy: machine.with ${has}`
  const referable: Referable = {
    known,
    missing,
    skips: { address: (address) => address.startsWith('var.'), broken: true },
  }
  for (const part of ['defaults', 'set', 'append'] as const)
    checkReferences(spec, machine[part], ['machine', part], referable)
  for (const [index, { defaults, resource }] of (machine.with ?? []).entries()) {
    checkReferences(spec, defaults, ['machine', 'with', index, 'defaults'], referable)
    checkReferences(spec, resource, ['machine', 'with', index, 'resource'], referable)
  }
}

function checkAppend(spec: Examination, path: Path, value: unknown): void {
  if (typeof value === 'string' || Array.isArray(value)) return
  if (
    isObject(value) &&
    Array.isArray(value.items) &&
    typeof value.by === 'string' &&
    Object.keys(value).length === 2
  ) {
    for (const [index, item] of value.items.entries()) checkAppended(spec, [...path, 'items', index], item, value.by)
    return
  }
  spec.report('KG022', path, 'append takes a list of items, a text whose lines are added, or { by: name, items: […] }')
}

/** An item must have what the items are told apart by. */
function checkAppended(spec: Examination, path: Path, item: unknown, by: string): void {
  if (typeof item === 'string' && item.includes('${')) return
  if (!isObject(item)) {
    spec.report('KG022', path, `an item that is told from others by ${by} must be a map, not ${kindOf(item)}`)
  } else if (!Object.hasOwn(item, by)) {
    const near = nearest(by, Object.keys(item))
    const message = `missing key ${by}: by it this item is told from others`
    if (near === undefined) spec.report('KG021', path, message)
    else spec.report('KG021', [...path, near], message, { at: 'key', suggestion: by })
  }
}

function checkUserData(spec: Examination): void {
  const { userData } = spec.input.machine
  if (!userData) return
  const path: Path = ['machine', 'userData']
  const fault = attributePathFault(userData.field, { wildcards: true })
  if (fault) spec.report('KG060', [...path, 'field'], fault)
  checkList(spec, [...path, 'unless'], userData.unless)
  if (userData.limit !== undefined && parseSize(userData.limit) === undefined) {
    spec.report(
      'KG057',
      [...path, 'limit'],
      'limit must be a size: bytes, or a number with B, kB, KiB, MB or MiB, such as 64KiB',
    )
  }
  for (const [index, encoding] of (userData.encoding ?? []).entries()) {
    if (userData.encoding?.indexOf(encoding) !== index)
      spec.report('KG061', [...path, 'encoding', index], `${encoding} is in the list twice`)
  }
  const order = userData.encoding?.join()
  if (order === 'gzip' || order === 'base64,gzip')
    spec.report('KG023', [...path, 'encoding'], 'encoding must be [base64] or [gzip, base64]: a template holds texts')
}

/** What one part of the policy gives, another must not take or replace. */
function checkContradictions(spec: Examination): void {
  const { machine } = spec.input
  const given: [keyof typeof machine, string][] = []
  for (const part of ['require', 'defaults', 'set', 'append'] as const) {
    const names = part === 'require' ? (machine.require ?? []) : Object.keys(machine[part] ?? {})
    for (const name of names) given.push([part, name])
  }
  const why: Readonly<Record<string, string>> = {
    'require set': 'it is set anyway',
    'require defaults': 'it has a default',
    'defaults set': 'set replaces the default',
  }
  for (const [part, name] of given) {
    if (machine.forbid && Object.hasOwn(machine.forbid, name)) {
      spec.report(
        'KG090',
        ['machine', 'forbid', name],
        `${name} is forbidden here and given in machine.${part}: keep one`,
        { at: 'key' },
      )
    }
    for (const other of ['set', 'defaults'] as const) {
      const reason = why[`${part} ${other}`]
      if (reason === undefined || !Object.hasOwn(machine[other] ?? {}, name)) continue
      if (part === 'require' && wraps(machine[other]?.[name], name)) continue
      const path: Path =
        part === 'require' ? ['machine', 'require', machine.require?.indexOf(name) ?? 0] : ['machine', part, name]
      spec.report('KG090', path, `${name} is in machine.${part} and in machine.${other}: ${reason}; keep one`, {
        at: 'key',
      })
    }
  }
}

/** Whether a value is made of the user's own: `set: { cmd: 'prepare; ${{ machine.cmd }}' }`. */
function wraps(value: unknown, name: string): boolean {
  return typeof value === 'string' && value.includes(`machine.${name}`)
}

function checkBootstrap(spec: Examination): void {
  const { bootstrap } = spec.input
  if (!bootstrap) return
  checkBlockNames(spec, ['bootstrap', 'resource'], bootstrap.resource)
  checkBlockNames(spec, ['bootstrap', 'data'], bootstrap.data)
  checkTerraformNames(spec, ['bootstrap', 'locals'], bootstrap.locals)
  checkTerraformNames(spec, ['bootstrap', 'variable'], bootstrap.variable)
  checkVariables(spec)
  const addresses = [...addressesOf(bootstrap.resource), ...addressesOf(bootstrap.data, 'data.')]
  const known = [
    ...addresses,
    ...Object.keys(bootstrap.locals ?? {}).map((name) => `local.${name}`),
    ...Object.keys(bootstrap.variable ?? {}).map((name) => `var.${name}`),
  ]
  const outputs = Object.entries(bootstrap.outputs ?? {})
  if (outputs.length > 0 && addresses.length === 0) {
    spec.report(
      'KG080',
      ['bootstrap', 'outputs'],
      'these outputs have no resource or data source to come from: add bootstrap.resource',
      { at: 'key' },
    )
    return
  }
  const missing = (address: string) => `${address} is not in this bootstrap: it has ${known.join(', ')}`
  const repeated = repeatedBlocks(spec.input)
  for (const part of ['resource', 'data', 'locals', 'outputs'] as const) {
    const isValue = (path: Path) => part !== 'outputs' || path.length <= 3 || path[3] === 'value'
    checkReferences(spec, bootstrap[part], ['bootstrap', part], {
      known,
      missing,
      repeated,
      fault: (root, path) => contextFault(root, path, spec.input),
      skips: { path: (path) => !isValue(path) },
    })
  }
  for (const [name, output] of outputs) {
    const value = typeof output === 'string' ? output : output.value
    const path: Path =
      typeof output === 'string' ? ['bootstrap', 'outputs', name] : ['bootstrap', 'outputs', name, 'value']
    if (typeof value !== 'string' || !/\$\{/.test(value)) {
      spec.report(
        'KG082',
        path,
        `an output is an expression of Terraform, such as \${${addresses[0] ?? 'example_vpc.kloud'}.id}`,
      )
    }
  }
}

/** Nobody is asked for the variables of a bootstrap. */
function checkVariables(spec: Examination): void {
  for (const [name, variable] of Object.entries(spec.input.bootstrap?.variable ?? {})) {
    if (variable.default !== undefined) continue
    const message = `missing key default in bootstrap.variable.${name}: nobody else gives it a value`
    spec.report('KG021', ['bootstrap', 'variable', name], message, { at: 'key' })
  }
}

/** Types of resources, and the names of each. */
function checkBlockNames(
  spec: Examination,
  path: Path,
  blocks: Readonly<Record<string, Readonly<Record<string, unknown>>>> | undefined,
): void {
  checkTerraformNames(spec, path, blocks)
  for (const [type, named] of Object.entries(blocks ?? {})) checkTerraformNames(spec, [...path, type], named)
}

function checkTerraformNames(
  spec: Examination,
  path: Path,
  names: Readonly<Record<string, unknown>> | undefined,
): void {
  for (const name of Object.keys(names ?? {})) {
    if (/^[A-Za-z_][A-Za-z0-9_-]*$/.test(name)) continue
    const message = `${JSON.stringify(name)} is not a name in Terraform: use letters, digits, _ and -`
    spec.report('KG040', [...path, name], message, { at: 'key' })
  }
}

function checkKeys(
  spec: Examination,
  path: Path,
  map: Readonly<Record<string, unknown>> | undefined,
  dotted: boolean,
): void {
  for (const name of Object.keys(map ?? {})) {
    const fault = dotted
      ? attributePathFault(name, { wildcards: true })
      : /^[A-Za-z_][A-Za-z0-9_-]*$/.test(name)
        ? undefined
        : `${JSON.stringify(name)} is not the name of an argument`
    if (fault) spec.report('KG060', [...path, name], fault, { at: 'key' })
  }
}

function checkList(spec: Examination, path: Path, names: readonly string[] | undefined): void {
  for (const [index, name] of (names ?? []).entries()) {
    const fault = attributePathFault(name, { wildcards: true })
    if (fault) spec.report('KG060', [...path, index], fault)
    else if (names?.indexOf(name) !== index) spec.report('KG061', [...path, index], `${name} is in the list twice`)
  }
}
