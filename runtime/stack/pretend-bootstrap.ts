// In: credentials that are not bootstrapped yet. Out: the same with made-up outputs, good for seeing whether a template can be composed, before anything is made for it.
import { laterVariables } from '../compose/variables.js'
import type { JsonObject } from '../json.js'
import type { Field, Fields } from '../schema/fields.js'
import { schemaClass } from '../schema/schema-class.js'
import { Secret } from '../secret.js'
import { usedVariables } from '../template/variables.js'
import type { GivenCredential } from './given-credential.js'

/**
 * Nothing where all of them are bootstrapped, and where it would depend on the values whether the template is right: where it uses them
 * itself, or where one is a file.
 */
export function pretendBootstrap(
  given: readonly GivenCredential[],
  blocks: JsonObject,
): readonly GivenCredential[] | undefined {
  const waiting = given.filter(({ provider, bootstrap }) => {
    return bootstrap === undefined && Object.keys(provider.Bootstrap.fields).length > 0
  })
  const later = laterVariables(waiting)
  const isUsed = [...usedVariables(blocks).keys()].some((name) => later.has(name))
  const hasFiles = waiting.some(({ provider }) => {
    return Object.values(provider.Bootstrap.fields).some(({ type }) => type === 'file')
  })
  if (waiting.length === 0 || isUsed || hasFiles) return undefined
  return given.map((one) => {
    const { fields } = one.provider.Bootstrap
    const MadeUp = schemaClass('bootstrap', fields)
    return { ...one, bootstrap: one.bootstrap ?? new MadeUp(madeUp(fields)) }
  })
}

/** Values of the right types, which need not be what the fields take: nobody is given them. */
function madeUp(fields: Fields): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => {
      const value = plainValue(field)
      return [name, field.secret === true ? new Secret(value) : value]
    }),
  )
}

function plainValue({ type, values = [], min = 1, items, fields }: Field): unknown {
  if (type === 'integer' || type === 'number') return min
  if (type === 'boolean') return false
  if (type === 'list') return items === undefined ? [] : [plainValue(items)]
  if (type === 'map') return {}
  if (type === 'object') return madeUp(fields ?? {})
  return values[0]?.value ?? 'later'
}
