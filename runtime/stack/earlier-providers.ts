// In: a composed template, and the one that was applied before. Out: the template with what Terraform needs to destroy resources of providers that are used no more.
import { isObject, type JsonObject, type JsonValue } from '../json.js'
import { usedVariables } from '../template/variables.js'

/** Adds the provider blocks that only the earlier template has, with their requirements and the variables that they use. */
export function withEarlierProviders(template: JsonObject, earlier: JsonObject): JsonObject {
  const now = asObject(template.provider)
  const gone = Object.entries(asObject(earlier.provider)).filter(([name]) => !Object.hasOwn(now, name))
  if (gone.length === 0) return template
  const provider = Object.fromEntries(gone)
  const used = new Set(usedVariables({ provider }).keys())
  const pick = (from: JsonValue | undefined, isWanted: (name: string) => boolean) =>
    Object.fromEntries(Object.entries(asObject(from)).filter(([name]) => isWanted(name)))
  const terraform = asObject(template.terraform)
  const required = pick(asObject(earlier.terraform).required_providers, (name) => Object.hasOwn(provider, name))
  return {
    ...template,
    terraform: { ...terraform, required_providers: { ...required, ...asObject(terraform.required_providers) } },
    provider: { ...provider, ...now },
    variable: { ...pick(earlier.variable, (name) => used.has(name)), ...asObject(template.variable) },
  }
}

function asObject(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {}
}
