// In: a stack, its template's path and who it is for. Out: the one template for Terraform, with what its machines keep.
import { realpath } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { compose } from '../compose/compose.js'
import type { Composition } from '../compose/composition.js'
import { type Context, parseContext, withVarFiles } from '../compose/context.js'
import { isUsed, localNames } from '../compose/terraform-providers.js'
import { inputError } from '../errors.js'
import { isObject, type JsonObject, type JsonValue } from '../json.js'
import { createKeyPair } from '../klient/kite-key.js'
import type { Provider, ProviderFacts } from '../provider.js'
import { Secret } from '../secret.js'
import type { StackRecord } from '../store/records.js'
import { withoutStep } from '../template/key-step.js'
import { readTemplate } from '../template/read.js'
import { readVarFiles } from '../template/var-files.js'
import type { TerraformVariables } from '../terraform/variables.js'
import type { GivenCredential } from './given-credential.js'
import { keepProvisions } from './kept-provisions.js'
import { withLocalPaths } from './local-paths.js'
import { withMoves } from './moved.js'
import { refuseBackend } from './refuse-backend.js'
import { refuseSameLabels } from './refuse-same-labels.js'
import { type KeptVariable, readDetails, type StackDetails } from './stack-details.js'
import { stackFolder, type Workspace } from './workspace.js'

export interface StackInput {
  readonly name: string
  /** Paths of the template's files or folders, absolute. */
  readonly paths: readonly string[]
  /** Identifiers of credentials; the stack's own, or the only one there is of a provider, when not said. */
  readonly credentials?: readonly string[] | undefined
  /** The user's own variables; those of earlier applies stay unless they are given anew. */
  readonly variables?: Readonly<Record<string, KeptVariable>> | undefined
  /** More of them, as they were typed on a command line: read as the types say that the template declares. */
  readonly typed?: Readonly<Record<string, string>> | undefined
  /** A context as `compose --context` takes it; that of the last apply when not said. */
  readonly context?: JsonObject | undefined
  /** Give machines that exist the user data of this kloud. */
  readonly reprovision?: boolean | undefined
}

/** A stack, ready for Terraform. */
export interface ComposedStack {
  readonly name: string
  readonly composition: Composition
  readonly template: JsonObject
  readonly variables: TerraformVariables
  readonly given: readonly GivenCredential[]
  readonly context: Context
  readonly details: StackDetails
  readonly warnings: readonly string[]
  /** Labels of machines that keep user data of an older kloud. */
  readonly older: readonly string[]
}

/** A template that was read, and the providers that it uses. */
export interface ReadStack {
  readonly blocks: JsonObject
  readonly place: Awaited<ReturnType<typeof readTemplate>>['place']
  /** The folder that it lies in, absolute. */
  readonly folder: string
  readonly providers: readonly Provider[]
  /** The values that var files of the folder have for its variables. */
  readonly values: JsonObject
}

/** Reads a stack's template, and finds its providers. */
export async function readStack({ finder }: Workspace, paths: readonly string[]): Promise<ReadStack> {
  const [{ blocks, place, files }, values] = await Promise.all([readTemplate(paths), readVarFiles(paths)])
  refuseBackend(blocks, place)
  const { providers } = await finder.all((facts) => uses(blocks, facts))
  const folder = resolve(dirname(files[0] ?? '.'))
  if (providers.length > 0) return { blocks, place, folder, providers, values }
  const { providers: known, failures } = await finder.all()
  // It may be just the one that the template is for.
  if (failures[0] !== undefined) throw failures[0]
  const names = known.map(({ name }) => name).join(', ')
  throw inputError(`the template ${paths.join(', ')} uses none of the providers that there are: ${names}`, {
    hint: 'kloud providers',
  })
}

function uses(blocks: JsonObject, provider: ProviderFacts): boolean {
  const { resource, module: _module, ...others } = blocks
  if (isObject(resource) && Object.hasOwn(resource, provider.machine.resource)) return true
  return isUsed(localNames(provider, blocks), { ...others, ...(resource === undefined ? {} : { resource }) })
}

/**
 * Composes a stack.
 *
 * @param existing addresses of what there is of it
 */
export async function composeStack(
  workspace: Workspace,
  input: StackInput,
  {
    read,
    given,
    record,
    existing,
  }: {
    read: ReadStack
    given: readonly GivenCredential[]
    record: StackRecord | undefined
    existing: readonly string[]
  },
): Promise<ComposedStack> {
  const { name, paths, reprovision = false } = input
  const { blocks, place, folder, values } = read
  const named = { details: readDetails(record?.details.reveal()), existing }
  const { details: kept, existing: there } = withMoves(named, blocks)
  const said: JsonObject = input.context ?? kept.context
  const variables = { ...kept.variables, ...input.variables }
  const kontrolKey = kept.kontrolKey ?? (await newKontrolKey(workspace, said))
  const { version } = await workspace.terraform()
  const context = contextOf(said, {
    name,
    details: { ...kept, variables, ...(kontrolKey === undefined ? {} : { kontrolKey }) },
    ...{ version, values },
  })
  const composition = await compose({ template: { blocks, place }, providers: given, context })
  refuseSameLabels(composition.machines, place)
  const {
    template,
    kept: provisions,
    older,
  } = keepProvisions(composition, {
    ...{ original: blocks, providers: read.providers, before: kept.provisions, reprovision },
    existing: new Set(there.map(withoutStep)),
  })
  const details: StackDetails = {
    ...kept,
    ...{ paths, context: said, variables, provisions, identities: identitiesOf(composition, kept) },
    ...(kontrolKey === undefined ? {} : { kontrolKey }),
    klientTimeouts: Object.fromEntries(
      composition.machines.flatMap(({ label, klientTimeout }) =>
        klientTimeout === undefined ? [] : [[label, klientTimeout]],
      ),
    ),
  }
  return {
    ...{ name, composition, given, context, details, older },
    template: withLocalPaths(template, folder, stackFolder({ folder: await realpath(workspace.folder) }, name)),
    variables: Object.fromEntries(composition.secrets),
    warnings: composition.warnings,
  }
}

/** The context of a stack: what was given, and what is kept for it. */
function contextOf(
  said: JsonObject,
  { name, details, version, values }: { name: string; details: StackDetails; version: string; values: JsonObject },
): Context {
  const { stack, kontrol, identities, variables, ...rest } = said
  const context = parseContext({
    ...rest,
    stack: { id: details.id, title: name, ...(isObject(stack) ? stack : {}) },
    kontrol: {
      ...(details.kontrolKey === undefined ? {} : { privateKey: details.kontrolKey }),
      ...(isObject(kontrol) ? kontrol : {}),
    },
    identities: { ...details.identities, ...(isObject(identities) ? identities : {}) },
    variables: isObject(variables) ? variables : {},
    terraform: { version },
  })
  // Var files of the template's folder are read each time: what is in them is not kept.
  return withVarFiles(
    { ...context, variables: new Map([...context.variables, ...Object.entries(details.variables)]) },
    values,
  )
}

/** A Kontrol key is the context's, the sandbox's, or made once for the stack. */
async function newKontrolKey({ clouds }: Workspace, { kontrol }: JsonObject): Promise<string | undefined> {
  if (isObject(kontrol) && kontrol.privateKey !== undefined) return undefined
  return (await clouds.kontrolKey()) ?? (await createKeyPair()).privateKey.reveal()
}

function identitiesOf({ machines }: Composition, before: StackDetails): StackDetails['identities'] {
  const now = machines.map(({ resource, label, kiteId, kiteKey }) => {
    return [`${resource.slice(0, resource.indexOf('.'))}.${label}`, { kiteId, kiteKey: kiteKey.reveal() }] as const
  })
  return { ...before.identities, ...Object.fromEntries(now) }
}

/** Values as Terraform takes them, in clear for the encrypted store. */
export function variablesAtRest(variables: TerraformVariables): JsonObject {
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]): [string, JsonValue] => [
      name,
      value instanceof Secret ? value.reveal() : value,
    ]),
  )
}
