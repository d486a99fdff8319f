// In: what was found on the way. Out: what the user should know, a sentence each.
import { isObject, type JsonObject } from '../json.js'
import type { Provider } from '../provider.js'
import { nameOf } from '../template/path.js'
import type { Shadowed } from '../template/shadow.js'
import type { ComposeProvider } from './compose-input.js'
import { findMachines } from './find-machines.js'
import { otherSource } from './terraform-providers.js'

/** Where secrets were hidden from the user. */
export function shadowWarnings({ texts, locals }: Shadowed): string[] {
  return [
    ...texts.map(({ path, variable }) => `${nameOf(path)}: var.${variable} is secret, and reads FORBIDDEN here`),
    ...locals.map(({ path, local, variables }) => {
      const names = variables.map((name) => `var.${name}`).join(', ')
      return `${nameOf(path)}: local.${local} holds what is secret, and reads FORBIDDEN: write ${names} here`
    }),
  ]
}

/** Machines that may be where nobody can reach them. */
export function moduleWarnings({ module: modules }: JsonObject): string[] {
  if (!isObject(modules)) return []
  return Object.keys(modules).map(
    (name) => `module.${name}: machines inside a module cannot be reached, and get no Klient`,
  )
}

/** Machines of providers that are known, and have no credential here. */
export function otherMachineWarnings(
  blocks: JsonObject,
  others: Iterable<Provider>,
  given: readonly Provider[],
): string[] {
  const names = new Set(given.map(({ name }) => name))
  const without = [...others].filter(({ name }) => !names.has(name))
  return without.flatMap((provider) =>
    findMachines(blocks, provider).map(
      ({ type, name }) => `${type}.${name}: there is no credential for ${provider.name}, so it gets no Klient`,
    ),
  )
}

/** Providers under one of our names that are not ours. */
export function otherSourceWarnings(blocks: JsonObject, given: readonly Provider[]): string[] {
  return given.flatMap((provider) => {
    const source = otherSource(provider, blocks)
    if (source === undefined) return []
    return [`required_providers has ${source}, and kloud knows ${provider.name} as ${provider.terraform.source}`]
  })
}

/** Credentials that are not bootstrapped yet, of providers that have something to bootstrap. */
export function bootstrapWarnings(given: readonly ComposeProvider[]): string[] {
  return given.flatMap(({ provider, bootstrap }) => {
    const fields = Object.keys(provider.Bootstrap.fields)
    if (bootstrap !== undefined || fields.length === 0) return []
    return [`${provider.name} is not bootstrapped: what needs its ${fields.join(', ')} is left out`]
  })
}
