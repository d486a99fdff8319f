// In: a template as an object, and what is said of the rest. Out: it composed, with test providers and keys that need no signing.
import { compose } from '../../runtime/compose/compose.js'
import type { ComposeProvider } from '../../runtime/compose/compose-input.js'
import type { Composition } from '../../runtime/compose/composition.js'
import { parseContext } from '../../runtime/compose/context.js'
import { isObject, type JsonObject, type JsonValue } from '../../runtime/json.js'
import type { Provider } from '../../runtime/provider.js'
import { parseTemplate } from '../../runtime/template/read.js'
import { kontrolKey as privateKey } from '../kontrol-key.js'
import acme from './providers/acme.js'
import beta from './providers/beta.js'

export interface Said {
  credential?: JsonObject
  /** False for a credential that is not bootstrapped yet. */
  bootstrap?: JsonObject | false
  context?: JsonObject
  /** Beta is given too. */
  beta?: boolean
  others?: Provider[]
}

/** Composes a template; a text is the content of `stack.json`. */
export async function composed(template: JsonObject | string, said: Said = {}): Promise<Composition> {
  const { credential = {}, bootstrap = { vpc: 'vpc-1', key_id: 'key-1' }, context = {}, others } = said
  const text = typeof template === 'string' ? template : JSON.stringify(template)
  const providers: ComposeProvider[] = [
    {
      provider: acme,
      credential: acme.Credential.parse({ token: 'T0KEN-of-acme', ...credential }),
      bootstrap: bootstrap === false ? undefined : acme.Bootstrap.parse(bootstrap),
    },
  ]
  if (said.beta) providers.push({ provider: beta, credential: beta.Credential.parse({ password: 'Pa55-of-beta' }) })
  const kontrol = { privateKey, ...(isObject(context.kontrol) ? context.kontrol : {}) }
  return compose({
    template: await parseTemplate(text, 'stack.json'),
    providers,
    context: parseContext({ ...context, kontrol }),
    others,
  })
}

/** A template with one machine, and arguments for it. */
export function oneMachine(vm: JsonObject = {}, more: JsonObject = {}): JsonObject {
  return { resource: { acme_vm: { web: { name: 'web', ...vm } } }, ...more }
}

/** A value of a composed template. */
export function at({ template }: Composition, ...path: (string | number)[]): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>((value, step) => {
    if (Array.isArray(value)) return value[Number(step)]
    return isObject(value) ? value[step] : undefined
  }, template)
}
