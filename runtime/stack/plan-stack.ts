// In: a stack that is prepared. Out: what Terraform would do to it, in the words of stacks and machines.
import { createHash, randomUUID } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { inputError, KloudError } from '../errors.js'
import { isObject, type JsonObject, type JsonValue } from '../json.js'
import { quoteWord } from '../quote-word.js'
import { type Redact, redactor, secretsIn } from '../redact.js'
import { Secret } from '../secret.js'
import type { FileStore } from '../store/store.js'
import { folderFiles } from '../terraform/folder.js'
import type { PlannedChange, SavedPlan, TerraformPlan } from '../terraform/plan.js'
import { readState } from '../terraform/state.js'
import type { Terraform } from '../terraform/terraform.js'
import { type StackInput, variablesAtRest } from './compose-stack.js'
import type { PreparedStack } from './prepare-stack.js'
import { deposedIn, replacedBefore, serialIn } from './state-at-rest.js'

/** What would become of one machine. */
export interface PlannedMachine {
  readonly provider: string
  readonly label: string
  readonly resource: string
  readonly action: (typeof machineActions)[number] | 'none'
}

const machineActions = ['create', 'update', 'replace', 'delete', 'forget'] as const

/** What applying a stack would do. */
export interface StackPlan {
  /** Names the plan, for `apply` to take exactly this one. */
  readonly id: string
  readonly stack: string
  readonly hasChanges: boolean
  readonly counts: TerraformPlan['counts']
  readonly changes: readonly PlannedChange[]
  /** What differs from what Terraform last saw, without its doing. */
  readonly drift: readonly PlannedChange[]
  readonly machines: readonly PlannedMachine[]
  /** Machines that would be replaced, destroyed or let go: labels, and addresses of those that have none, as in a module. */
  readonly lost: readonly string[]
  /** Labels of machines that keep user data of an older kloud. */
  readonly older: readonly string[]
  readonly warnings: readonly string[]
}

/** Puts Terraform's plan into the words of the stack. */
export function describePlan(prepared: PreparedStack, plan: TerraformPlan, id: string = randomUUID()): StackPlan {
  const { name, composition, older, warnings, record } = prepared
  const changes = withReplaced(plan.changes, deposedIn(prepared.state))
  const current = new Map(changes.filter((change) => change.reason !== wasReplaced).map((one) => [one.address, one]))
  const planned = composition.machines.map(({ provider, label, resource, address }): PlannedMachine => {
    return { provider, label, resource, action: machineAction(current.get(address)?.action) }
  })
  // By address: another resource may have taken over the label of one that goes.
  const addresses = new Set(composition.machines.map(({ address }) => address))
  const gone = (record?.machines ?? [])
    .map(({ provider, label, resource }): PlannedMachine => {
      return { provider, label, resource, action: machineAction(current.get(resource)?.action) }
    })
    .filter(({ resource, action }) => !addresses.has(resource) && isLoss(action))
  const machines = [...planned, ...gone].sort((left, right) => (left.label < right.label ? -1 : 1))
  for (const { resource } of gone) addresses.add(resource)
  const lost = [
    ...machines.filter(({ action }) => isLoss(action)).map(({ label }) => label),
    ...lostElsewhere(prepared, changes, addresses),
  ]
  const { hasChanges, counts, drift } = plan
  return { id, stack: name, hasChanges, counts, changes, drift, machines, lost, older, warnings }
}

/** The reason that Terraform does not give: it was replaced before, and could not be deleted then. */
const wasReplaced = 'replaced_before'

/** Terraform tells of what was replaced as of what has taken its place: by one address. Where that is to go, it says why. */
function withReplaced(changes: readonly PlannedChange[], deposed: ReadonlySet<string>): readonly PlannedChange[] {
  return changes.map((change) => {
    const isReplaced = change.action === 'delete' && change.reason === undefined && deposed.has(change.address)
    return isReplaced ? { ...change, reason: wasReplaced } : change
  })
}

/** Machines that have no label: of modules, and what was replaced before. */
function lostElsewhere(
  { providers }: PreparedStack,
  changes: readonly PlannedChange[],
  labelled: ReadonlySet<string>,
): string[] {
  const types = new Set(providers.map(({ machine }) => machine.resource))
  return changes.flatMap(({ address, type, action, reason }) => {
    if (!types.has(type) || !isLoss(action)) return []
    if (reason === wasReplaced) return [replacedBefore(address)]
    return labelled.has(address) ? [] : [address]
  })
}

function machineAction(action: string | undefined): PlannedMachine['action'] {
  return machineActions.find((known) => known === action) ?? 'none'
}

function isLoss(action: string): boolean {
  return action === 'replace' || action === 'delete' || action === 'forget'
}

/** `2 to create, 1 to replace`, or that there is nothing to do. */
export function describeCounts({ counts, hasChanges }: StackPlan): string {
  const parts = [
    [counts.create, 'to create'],
    [counts.update, 'to change'],
    [counts.replace, 'to replace'],
    [counts.delete, 'to destroy'],
    [counts.forget, 'to let go'],
  ].flatMap(([count, what]) => (count ? [`${count} ${what}`] : []))
  if (parts.length > 0) return parts.join(', ')
  return hasChanges ? 'Only outputs change' : 'Nothing to change'
}

/** Tells whether a template or one of its variables is another than when it was planned. */
function fingerprintOf({ template, variables }: PreparedStack): string {
  return digestOf(JSON.stringify([template, variablesAtRest(variables)]))
}

function digestOf(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}

/** What a plan was made with, so that whoever applies it need not say it again. */
type PlannedInput = Pick<StackInput, 'credentials' | 'variables' | 'context' | 'reprovision'>

/** Keeps a plan, encrypted, for a later apply. */
export async function keepPlan(
  files: FileStore,
  prepared: PreparedStack,
  plan: SavedPlan,
  { id, reprovision }: Pick<StackPlan, 'id'> & Pick<StackInput, 'reprovision'>,
): Promise<void> {
  const { place, credentials, details } = prepared
  const { lease, folder } = place
  const content = await readFile(join(folder, folderFiles.plan))
  await files.write(lease, 'plan', content)
  const { file: _file, ...rest } = plan
  const { variables, context } = details
  const kept: KeptPlan = {
    ...{
      id,
      fingerprint: fingerprintOf(prepared),
      serial: serialIn(prepared.state),
      plan: rest,
      digest: digestOf(content),
    },
    input: { credentials: Object.values(credentials), variables, context, reprovision },
  }
  await files.write(lease, 'plan.json', JSON.stringify(kept))
}

/**
 * The input of an apply, with what its plan was made with where nothing else is said.
 * @throws KloudError (input) where there is no such plan
 */
export async function asPlanned<Input extends StackInput>(
  files: FileStore,
  owner: string,
  input: Input,
  id: string,
): Promise<Input> {
  const { input: planned } = await readKept(files, owner, input, id)
  return {
    ...input,
    variables: { ...planned.variables, ...input.variables },
    credentials: input.credentials ?? planned.credentials,
    context: input.context ?? planned.context,
    reprovision: input.reprovision ?? planned.reprovision,
  }
}

/**
 * Puts a kept plan back into the folder.
 * @throws KloudError (input) where there is no such plan, or where the template or the state has changed since
 */
export async function takePlan(files: FileStore, prepared: PreparedStack, id: string): Promise<SavedPlan> {
  const { lease, folder } = prepared.place
  const stack = { name: prepared.name, paths: prepared.details.paths }
  const kept = await readKept(files, lease.lock, stack, id)
  const content = await files.read(lease.lock, 'plan')
  // Two files are written one after the other: a kill between them leaves another plan than the one that is told of.
  if (content === undefined || digestOf(content) !== kept.digest) throw noPlan(stack, id)
  const changed =
    kept.fingerprint !== fingerprintOf(prepared)
      ? 'its template, a variable or a credential'
      : kept.serial !== serialIn(prepared.state)
        ? 'what there is of it'
        : undefined
  if (changed !== undefined)
    throw inputError(
      `plan ${id} does not fit stack ${prepared.name} any more: ${changed} has changed since`,
      planAgain(stack),
    )
  const file = join(folder, folderFiles.plan)
  await writeFile(file, content, { mode: 0o600 })
  return { ...kept.plan, file }
}

interface KeptPlan {
  readonly id: string
  readonly fingerprint: string
  readonly serial: number
  readonly plan: TerraformPlan
  /** Of the file that Terraform made. */
  readonly digest: string
  readonly input: PlannedInput
}

type NamedStack = Pick<StackInput, 'name' | 'paths'>

async function readKept(files: FileStore, owner: string, stack: NamedStack, id: string): Promise<KeptPlan> {
  const about = await files.read(owner, 'plan.json')
  const kept: KeptPlan | undefined = about === undefined ? undefined : JSON.parse(about.toString())
  if (kept?.id !== id) throw noPlan(stack, id)
  return kept
}

function noPlan(stack: NamedStack, id: string): KloudError {
  return inputError(`there is no plan ${id} of stack ${stack.name}`, planAgain(stack))
}

function planAgain({ name, paths }: NamedStack) {
  return { hint: `plan again: kloud plan ${paths.map(quoteWord).join(' ')} --name ${name}` }
}

/** Forgets a plan that has been applied, or that another has taken the place of. */
export async function dropPlan(files: FileStore, { place: { lease } }: PreparedStack): Promise<void> {
  await files.remove(lease, 'plan')
  await files.remove(lease, 'plan.json')
}

/** The attributes that each planned machine would have, by label; secrets are taken out. */
export async function plannedAttributes(
  terraform: Terraform,
  prepared: PreparedStack,
  plan: SavedPlan,
): Promise<Map<string, JsonObject>> {
  const json = await terraform.showPlan(plan)
  const resources = readState({ values: isObject(json) ? (json.planned_values ?? null) : null })
  const secrets = [
    ...Object.values(prepared.variables).filter((value) => value instanceof Secret),
    ...secretsIn(prepared.given),
  ]
  const redact = redactor(secrets)
  return new Map(
    prepared.composition.machines.map(({ label, address }) => {
      const attributes = resources.find((resource) => resource.address === address)?.attributes ?? {}
      return [label, redactedObject(attributes, redact)]
    }),
  )
}

function redactedObject(object: JsonObject, redact: Redact): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, redacted(value, redact)]))
}

function redacted(value: JsonValue, redact: Redact): JsonValue {
  if (typeof value === 'string') return redact(value)
  if (Array.isArray(value)) return value.map((item) => redacted(item, redact))
  return isObject(value) ? redactedObject(value, redact) : value
}

/** What an answer of no means. */
export function declined(name: string): KloudError {
  return new KloudError('other', `stack ${name} is left as it was`, { fault: 'no' })
}
