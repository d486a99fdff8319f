// In: the auth of a spec's API. Out: what a call must carry to be let in, for the sandbox to look at.
import { azureTokenUrl, googleTokenUrl } from '../../../runtime/machine/http/token-urls.js'
import type { AuthDescription } from '../../../runtime/sandbox/api/description.js'
import type { AuthInput } from '../../spec/definition/api.js'
import { checkExpression, isProblem } from '../../spec/expression/check.js'
import { scanText } from '../../spec/expression/scan.js'
import { scopeOf } from '../../spec/expression/scope.js'
import type { Spec } from '../../spec/spec.js'
import { describeText, textsIn } from './describe-text.js'

/** Where a part of the credential may be absent, nothing is sent, and nothing can be asked for. */
export function describeAuth(spec: Spec, auth: AuthInput): AuthDescription | undefined {
  const { bearer, basic, header, query, oauth2, azureAd } = auth
  const mayLack = textsIn(auth).some((text) => isOptional(spec, text))
  if (mayLack && (bearer !== undefined || basic || header || query)) return undefined
  if (basic) return { headers: { authorization: 'Basic ' } }
  if (header) return { headers: Object.fromEntries(Object.keys(header).map((name) => [name.toLowerCase(), ''])) }
  if (query) return { query: Object.keys(query) }
  const headers = mayLack ? undefined : { authorization: 'Bearer ' }
  if (bearer !== undefined) return { headers }
  if (oauth2) return { headers, tokenUrl: describeText(spec, oauth2.tokenUrl) }
  return { headers, tokenUrl: azureAd ? azureTokenUrl('{}') : googleTokenUrl }
}

function isOptional(spec: Spec, text: string): boolean {
  return scanText(text).some((part) => {
    if (part.kind !== 'expression') return false
    const checked = checkExpression(part.source, scopeOf(spec, 'transport'))
    return !isProblem(checked) && checked.type.optional
  })
}
