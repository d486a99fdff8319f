// In: credentials, bootstrap values and the context. Out: the variables that a template can use, with their values.
import type { JsonValue } from '../json.js'
import type { Field, Fields } from '../schema/fields.js'
import { revealedValue } from '../schema/reveal.js'
import type { ComposeProvider } from './compose-input.js'
import type { Context } from './context.js'

/** A variable that a template can use, as `var.name`. */
export interface Variable {
  readonly name: string
  /** In clear; undefined where an optional field was not given. */
  readonly value: JsonValue | undefined
  readonly secret: boolean
  /** The provider that it comes from. When it is secret, that provider's block alone may use it. */
  readonly provider?: string
}

/** All that a template of these providers and this context can use, by name. */
export function offerVariables(providers: readonly ComposeProvider[], context: Context): Map<string, Variable> {
  const variables = [
    ...providers.flatMap(providerVariables),
    ...Object.entries(kodingVariables(context)).map(([name, value]) => ({ name, value, secret: false })),
    ...[...context.variables]
      .filter(([name]) => !name.startsWith('__'))
      .map(([name, { value, secret }]) => ({ name: customName(name), value, secret })),
  ]
  return new Map(variables.map((variable) => [variable.name, variable]))
}

/** The name under which a template sees a variable of the context. */
export function customName(name: string): string {
  return name.startsWith('custom_') || name.startsWith('userInput_') ? name : `custom_${name}`
}

/** The values of a provider by field: those of the credential and, once there are any, those of the bootstrap. */
export function providerValues({ provider, credential, bootstrap }: ComposeProvider): [string, Field, unknown][] {
  const parts: [Fields, object | undefined][] = [
    [provider.Credential.fields, credential],
    [provider.Bootstrap.fields, bootstrap],
  ]
  return parts.flatMap(([fields, values]) => {
    if (values === undefined) return []
    const given = new Map<string, unknown>(Object.entries(values))
    return Object.entries(fields).map(([name, field]): [string, Field, unknown] => [name, field, given.get(name)])
  })
}

/** The variables that there will be once the credentials are bootstrapped that are not yet. */
export function laterVariables(providers: readonly ComposeProvider[]): Set<string> {
  const waiting = providers.filter(({ bootstrap }) => bootstrap === undefined)
  return new Set(
    waiting.flatMap((given) => Object.keys(given.provider.Bootstrap.fields).map((field) => variableName(given, field))),
  )
}

/** The name of the variable that holds a field. */
export function variableName(given: ComposeProvider, field: string): string {
  return `${given.provider.name}_${field}`
}

function providerVariables(given: ComposeProvider): Variable[] {
  return providerValues(given).map(([name, field, value]) => ({
    name: variableName(given, name),
    value: value === undefined ? undefined : revealedValue(value),
    secret: holdsSecret(field),
    provider: given.provider.name,
  }))
}

function holdsSecret(field: Field): boolean {
  const parts = [field.fields, field.json, field.items === undefined ? {} : { items: field.items }]
  return field.secret === true || parts.some((fields) => Object.values(fields ?? {}).some(holdsSecret))
}

/** Koding's own variables. */
function kodingVariables({ user, team, stack, klient }: Context): Record<string, string> {
  return {
    koding_user_email: user.email,
    koding_user_username: user.username,
    koding_account_profile_nickname: user.nickname,
    koding_account_profile_firstName: user.firstName,
    koding_account_profile_lastName: user.lastName,
    koding_account_profile_hash: user.hash,
    koding_group_title: team.title,
    koding_group_slug: team.slug,
    koding_stack_id: stack.id,
    koding_template_id: stack.templateId,
    koding_klient_url: klient.url,
    koding_klient_sha256: klient.sha256?.toLowerCase() ?? '',
    koding_screen_url: new URL('screen.tar.gz', klient.url).href,
    koding_cert_url: new URL('ca-certificates.crt.gz', klient.url).href,
  }
}
