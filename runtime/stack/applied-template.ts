// In: the store. Out: the template and variables that Terraform had last, encrypted, so that a stack can be destroyed when its template is gone.

import { parseContext } from '../compose/context.js'
import { offerVariables } from '../compose/variables.js'
import { isObject, type JsonObject } from '../json.js'
import { Secret } from '../secret.js'
import type { Fence } from '../store/records.js'
import type { FileStore } from '../store/store.js'
import type { TerraformVariables } from '../terraform/variables.js'
import { variablesAtRest } from './compose-stack.js'
import type { GivenCredential } from './given-credential.js'

export interface AppliedTemplate {
  readonly template: JsonObject
  readonly variables: TerraformVariables
}

/** Keeps what Terraform is about to apply, its plan being made. */
export async function keepApplied(
  files: FileStore,
  fence: Fence,
  { template, variables }: AppliedTemplate,
): Promise<void> {
  await files.write(fence, 'template', JSON.stringify({ template, variables: variablesAtRest(variables) }))
}

/** What Terraform applied last; nothing where it never did. */
export async function readApplied(files: FileStore, owner: string): Promise<AppliedTemplate | undefined> {
  const content = await files.read(owner, 'template')
  const json: unknown = content === undefined ? undefined : JSON.parse(content.toString())
  if (!isObject(json) || !isObject(json.template) || !isObject(json.variables)) return undefined
  return { template: json.template as JsonObject, variables: secretVariables(json.variables as JsonObject) }
}

/** Variables as they were kept. What was no secret is one, too: nobody prints them. */
export function secretVariables(kept: JsonObject): TerraformVariables {
  return Object.fromEntries(Object.entries(kept).map(([name, value]) => [name, new Secret(value)]))
}

/** The same with the credentials as they are now: they may have been changed since. */
export function withCredentials(
  { template, variables }: AppliedTemplate,
  given: readonly GivenCredential[],
): AppliedTemplate {
  const fresh = [...offerVariables(given, parseContext({})).values()].flatMap(({ name, value, provider }) => {
    return provider === undefined || value === undefined || !Object.hasOwn(variables, name)
      ? []
      : [[name, new Secret(value)] as const]
  })
  return { template, variables: { ...variables, ...Object.fromEntries(fresh) } }
}
