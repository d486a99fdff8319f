// In: a provider's model. Out: its README.md: what it needs, what it fills in, what it makes, a first stack.
import type { Field, Fields } from '../../runtime/schema/fields.js'
import type { Compiled } from '../model/compile.js'
import { isRequired } from '../model/field.js'
import type { Assignment, PartName, ProviderModel } from '../model/model.js'
import { print } from './print.js'
import { render } from './template.js'

export function emitReadme(model: ProviderModel, path: string): string {
  const { title, name, terraform, bootstrap, machine, homepage, description } = model
  const ssh = bootstrap.sshKeyPair ? 'An SSH key pair is made for each credential and kept encrypted. ' : ''
  const made =
    bootstrap.resources.length > 0
      ? 'Once for each credential, and shared by all of its stacks, `kloud bootstrap` makes:'
      : bootstrap.template
        ? 'Nothing is made; values are looked up.'
        : 'Nothing: this provider has no bootstrap.'
  return render('README.md', {
    path,
    specFile: model.specFile,
    title: inline(title),
    name,
    about: inline(description ?? `${title}, as kloud knows it.`) + (homepage ? ` More at <${homepage}>.` : ''),
    source: terraform.source,
    version: terraform.version ?? '',
    credential: fieldRows(model.fields.credential, 'credential'),
    bootstrapAbout: ssh + made,
    cost: bootstrap.cost === undefined ? '' : inline(bootstrap.cost),
    notes: model.notes === undefined ? '' : markdown(model.notes),
    resources: bootstrap.resources,
    outputs: fieldRows(model.fields.bootstrap, 'bootstrap').map((row) => ({
      ...row,
      variable: `\${var.${name}_${row.name}}`,
    })),
    resource: machine.resource,
    policy: policyRows(model),
    metadata: fieldRows(model.fields.metadata, 'metadata').map((row) => ({
      ...row,
      from: metadataSource(model, row.name),
    })),
    methods: methodRows(model),
    states: [],
    example: firstStack(model),
  })
}

function fieldRows(fields: Fields, part: PartName) {
  return Object.entries(fields).map(([name, field]) => ({
    name,
    about: aboutField(field),
    type: typeName(field),
    required: isRequired(field, part) ? 'yes' : 'no',
    default: field.default === undefined ? '' : code(String(field.default)),
  }))
}

function aboutField(field: Field): string {
  const help =
    field.help === undefined ? '' : /^https?:\S+$/.test(field.help) ? `Found at <${field.help}>.` : field.help
  return cell([sentence(field.description ?? field.label), help, field.deprecated].filter(Boolean).join(' '))
}

function typeName(field: Field): string {
  const words = field.values?.map(({ value }) => code(value)) ?? []
  const name = words.length > 0 ? `${field.open ? 'text, such as ' : 'one of '}${words.join(', ')}` : field.type
  return field.secret ? `${name}, secret` : name
}

function policyRows({ machine, terraform }: ProviderModel) {
  const value = ({ value }: { value: Compiled }) => cell(code(readable(value)))
  const given = (assignment: Assignment) => `${value(assignment)} where it is not set`
  return [
    ...terraform.config.map((assignment) => ({
      path: `provider.${assignment.path}`,
      what: `${given(assignment)}${terraform.fixed.includes(assignment.path) ? '; another value is an error' : ''}`,
    })),
    ...machine.require.map((path) => ({ path, what: 'must be set' })),
    ...machine.defaults.map((assignment) => ({ path: assignment.path, what: given(assignment) })),
    ...machine.with.flatMap((part) => {
      const unless = part.unless.length > 0 ? `, unless ${part.unless.map(code).join(' or ')} is set` : ''
      return [
        ...part.resources.map(({ type }) => ({ path: type, what: `one is made beside each machine${unless}` })),
        ...part.defaults.map((assignment) => ({ path: assignment.path, what: `${value(assignment)}${unless}` })),
      ]
    }),
    ...machine.set.map((assignment) => ({ path: assignment.path, what: `always ${value(assignment)}` })),
    ...machine.append.map((assignment) => ({ path: assignment.path, what: `${value(assignment)} is added to it` })),
    ...machine.forbid.map(({ path, message }) => ({ path, what: `must not be set: ${cell(message)}` })),
    ...(machine.userData ? [{ path: machine.userData.field, what: userDataRow(machine.userData) }] : []),
  ]
}

function userDataRow({ format, limit, unless }: NonNullable<ProviderModel['machine']['userData']>): string {
  const what =
    format === 'cloudConfig'
      ? 'cloud-init data that installs Klient, merged with your own'
      : "Klient's provisioning data"
  const size = limit === undefined ? '' : `; at most ${limit} bytes`
  return `${what}${size}${unless.length > 0 ? `; not where ${unless.map(code).join(' or ')} is set` : ''}`
}

/** An expression as a spec's reader knows it: `bootstrap.key_id` rather than `this.bootstrap.key_id`. */
function readable({ code: tree }: Compiled): string {
  return print(tree, -10_000)
    .replaceAll('this.bootstrapName', 'bootstrap.name')
    .replaceAll('this.', '')
    .replaceAll(/\s*\n\s*/g, ' ')
}

function metadataSource({ machine, fields }: ProviderModel, name: string): string {
  const kept = machine.metadataValues.find(({ path }) => path === name)
  return kept ? code(readable(kept.value)) : code(fields.metadata[name]?.from ?? name)
}

const methodNames = {
  verify: 'verify a credential',
  info: 'info',
  start: 'start',
  stop: 'stop',
  restart: 'restart',
  destroy: 'destroy',
} as const

function methodRows({ api }: ProviderModel) {
  return (Object.keys(methodNames) as (keyof typeof methodNames)[]).map((method) => ({
    name: methodNames[method],
    how: api.methods[method]
      ? `written by hand, in \`${method === 'verify' ? 'stack.ts' : 'machine.ts'}\``
      : 'cannot be asked',
  }))
}

/** The shortest template that composes. */
function firstStack({ machine }: ProviderModel): string {
  const lines = ['resource:', `  ${machine.resource}:`, '    web:']
  if (machine.require.length === 0) return [...lines.slice(0, 2), '    web: {}'].join('\n')
  for (const path of machine.require)
    lines.push(`      ${path.includes('.') ? JSON.stringify(path) : path}: ${path === 'name' ? 'web' : '…'}`)
  return lines.join('\n')
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}

/** Text as it may stand in a table's cell. */
function cell(text: string): string {
  return inline(text).replaceAll('|', '\\|')
}

/** An author's Markdown: outside of code, markup is shown rather than obeyed. */
function markdown(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .split(/(^```[\s\S]*?^```)/m)
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll(/<(?!https?:[^<>\s]+>)/g, '&lt;')))
    .join('')
    .trim()
}

/** Text on one line, without what a reader's browser would take for markup. */
function inline(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/<(?!https?:[^<>\s]+>)/g, '&lt;')
    .trim()
}

function code(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``
}
