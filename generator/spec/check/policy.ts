// Checks what Terraform is told: the provider block, the machine policy and the bootstrap.
import { isObject } from '../../../runtime/json.js'
import { type Reference, scanText as scanTerraform } from '../../../runtime/template/references.js'
import { parseSize } from '../../model/size.js'
import type { Path } from '../document.js'
import { attributePathFault } from './attribute-path.js'
import type { Examination } from './report.js'
import { eachText } from './texts.js'

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
  checkUserData(spec)
  checkContradictions(spec)
}

function checkAppend(spec: Examination, path: Path, value: unknown): void {
  if (typeof value === 'string' || Array.isArray(value)) return
  if (isObject(value) && Array.isArray(value.items) && typeof value.by === 'string' && Object.keys(value).length === 2)
    return
  spec.report('KG022', path, 'append takes a list of items, a text whose lines are added, or { by: name, items: […] }')
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
  const blocks = {
    ...bootstrap.resource,
    ...Object.fromEntries(Object.entries(bootstrap.data ?? {}).map(([type, named]) => [`data.${type}`, named])),
  }
  const addresses = Object.entries(blocks).flatMap(([type, named]) =>
    Object.keys(named).map((name) => `${type}.${name}`),
  )
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
  for (const part of ['resource', 'data', 'locals', 'outputs'] as const) {
    eachText(bootstrap[part], ['bootstrap', part], /[$%]\{/, (text, path, isKey) => {
      if (isKey || (part === 'outputs' && path.length > 3 && path[3] !== 'value')) return
      if (known.includes(plainReference.exec(text)?.[1] ?? '')) return
      const { references, broken } = scanTerraform(withoutOurs(text))
      if (broken) {
        spec.report('KG083', path, `Terraform cannot read this: ${broken.message}`, {
          span: { start: broken.offset, end: text.length },
        })
      }
      for (const reference of references) {
        const address = addressOf(reference)
        if (address === undefined || known.includes(address)) continue
        spec.report('KG081', path, `${address} is not in this bootstrap: it has ${known.join(', ')}`, {
          span: { start: reference.start, end: reference.end },
          word: address,
          known,
        })
      }
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

/** A reference and nothing else, as most outputs are, in which nothing can be wrong but what it leads to. */
const plainReference = /^\$\{((?:data\.)?[A-Za-z_]\w*\.[A-Za-z_]\w*)(?:\.[A-Za-z_]\w*)*\}$/

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

/** `aws_vpc.kloud` of `aws_vpc.kloud.id`; undefined for what is no resource, data source, local or variable. */
function addressOf({ root, name, steps }: Reference): string | undefined {
  if (name === undefined || ['each', 'count', 'self', 'path', 'terraform', 'module'].includes(root)) return undefined
  if (root !== 'data') return `${root}.${name}`
  const second = steps[1]
  return second?.kind === 'attribute' ? `data.${name}.${second.name}` : undefined
}

/** The text with our own expressions blanked out, each place as long as it was: Terraform never sees them. */
function withoutOurs(text: string): string {
  return text.replaceAll(/\$\{\{.*?\}\}/gs, (expression) => '_'.repeat(expression.length))
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
