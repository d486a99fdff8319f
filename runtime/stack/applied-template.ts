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
import { serialIn } from './state-at-rest.js'

/** The kind of file that it is in the store. */
const kind = 'template'

export interface AppliedTemplate {
  readonly template: JsonObject
  readonly variables: TerraformVariables
}

/** Keeps what Terraform is about to apply, its plan being made. */
export async function keepApplied(files: FileStore, fence: Fence, applied: AppliedTemplate): Promise<void> {
  await files.write(fence, kind, JSON.stringify(atRest(applied)))
}

/**
 * Keeps what Terraform is about to plan and to apply at once, beside what it applied last: until the plan is made, or the state is
 * another one, that counts.
 *
 * @param state the text of the state as it is now
 */
export async function keepApplying(
  files: FileStore,
  fence: Fence,
  { state, ...applying }: AppliedTemplate & { state: string | undefined },
): Promise<void> {
  const before = await readApplied(files, fence.lock, state)
  const kept = {
    ...atRest(applying),
    serial: serialIn(state),
    ...(before === undefined ? {} : { before: atRest(before) }),
  }
  await files.write(fence, kind, JSON.stringify(kept))
}

/** What Terraform applied last; nothing where it never did. */
export async function readApplied(
  files: FileStore,
  owner: string,
  state: string | undefined,
): Promise<AppliedTemplate | undefined> {
  const content = await files.read(owner, kind)
  const json: unknown = content === undefined ? undefined : JSON.parse(content.toString())
  if (!isObject(json)) return undefined
  return readKept(typeof json.serial === 'number' && json.serial === serialIn(state) ? json.before : json)
}

/** Forgets what could not be planned. */
export async function restoreApplied(files: FileStore, fence: Fence, state: string | undefined): Promise<void> {
  const before = await readApplied(files, fence.lock, state)
  await (before === undefined ? files.remove(fence, kind) : keepApplied(files, fence, before))
}

function atRest({ template, variables }: AppliedTemplate): JsonObject {
  return { template, variables: variablesAtRest(variables) }
}

function readKept(json: unknown): AppliedTemplate | undefined {
  if (!isObject(json) || !isObject(json.template) || !isObject(json.variables)) return undefined
  const variables = Object.entries(json.variables as JsonObject).map(
    ([name, value]) => [name, new Secret(value)] as const,
  )
  return { template: json.template as JsonObject, variables: Object.fromEntries(variables) }
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
