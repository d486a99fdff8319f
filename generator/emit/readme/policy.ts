// In: a provider's model. Out: the table that says what is filled in, in the order in which it happens.
import type { Assignment, ProviderModel, UserDataModel, WithModel } from '../../model/model.js'
import { article } from '../article.js'
import { cell, listed, table } from './markdown.js'
import { readable } from './value.js'

interface PolicyRow {
  path: string
  what: string
}

export function policyTable(model: ProviderModel): string {
  return table(
    ['attribute', 'what happens'],
    policyRows(model).map(({ path, what }) => [`\`${path}\``, what]),
  )
}

function policyRows({ machine, terraform }: ProviderModel): PolicyRow[] {
  return [
    ...terraform.config.map((assignment) => ({
      path: `provider.${assignment.path}`,
      what: `${given(assignment)}${terraform.fixed.includes(assignment.path) ? '; another value is an error' : ''}`,
    })),
    ...machine.require.map((path) => ({ path, what: 'must be set' })),
    ...machine.defaults.map((assignment) => ({ path: assignment.path, what: given(assignment) })),
    ...machine.with.flatMap(withRows),
    ...machine.set.map(({ path, value }) => ({ path, what: `always ${readable(value)}` })),
    ...machine.append.map(({ path, value }) => ({ path, what: `${readable(value)} is added to it` })),
    ...machine.forbid.map(({ path, message }) => ({ path, what: `must not be set: ${cell(message)}` })),
    ...(machine.userData ? [{ path: machine.userData.field, what: aboutUserData(machine.userData) }] : []),
  ]
}

function given({ value }: Assignment): string {
  return `${readable(value)} where it is not set`
}

/** What comes together, or not at all. */
function withRows({ unless, when, resources, defaults }: WithModel): PolicyRow[] {
  const otherThan = (path: string) => {
    const others = unless.filter((name) => name !== path)
    return others.length > 0 ? `, unless ${listed(others, 'or')} is set` : ''
  }
  const condition = when === undefined ? '' : `, when there is ${readable(when)}`
  return [
    ...resources.map(({ type }) => ({
      path: type,
      what: `${article(type)} \`${type}\` is made beside each machine${otherThan('')}${condition}`,
    })),
    ...defaults.map((assignment) => ({
      path: assignment.path,
      what: `${given(assignment)}${otherThan(assignment.path)}${condition}`,
    })),
  ]
}

const formats = {
  cloudConfig: 'cloud-init data that installs Klient, merged with your own',
  provisionData: "Klient's provisioning data, with your own script in it",
  metadata: "Klient's metadata",
} as const satisfies Record<UserDataModel['format'], string>

function aboutUserData({ format, limit, unless }: UserDataModel): string {
  const size = limit === undefined ? '' : `; at most ${sizeText(limit)}`
  return `${formats[format]}${size}${unless.length > 0 ? `; not where ${listed(unless, 'or')} is set` : ''}`
}

function sizeText(bytes: number): string {
  return bytes % 1024 === 0 ? `${bytes / 1024} KiB` : `${bytes} bytes`
}
