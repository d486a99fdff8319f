// In: a line of a `-json` stream of Terraform's. Out: what it says, as one of a few kinds of event.
import { isObject } from '../json.js'
import type { Redact } from '../redact.js'
import { ownAddress } from './address.js'
import { readDiagnostic, type TerraformDiagnostic } from './diagnostics.js'

/** What Terraform plans or does with a resource. */
export type ChangeAction = 'create' | 'update' | 'replace' | 'delete' | 'read' | 'import' | 'move' | 'forget' | 'noop'

/** A resource as Terraform names it. */
export interface ResourceAddress {
  /** `module.a.digitalocean_droplet.web["eu"]` */
  address: string
  type: string
  name: string
  /** Under `count` its number, under `for_each` its key. */
  key?: string | number
}

/** Something that Terraform said while it ran. */
export type TerraformEvent =
  | { kind: 'version'; terraform: string }
  | ({ kind: 'planned' | 'drift'; action: ChangeAction; reason?: string } & ResourceAddress)
  | ({
      kind: 'start' | 'progress' | 'done' | 'failed'
      action: ChangeAction
      seconds: number
      id?: string
    } & ResourceAddress)
  | { kind: 'summary'; operation: string; add: number; change: number; remove: number }
  /** Outputs: whether any would become another one, where it is a plan that tells. */
  | { kind: 'outputs'; change: boolean }
  | { kind: 'diagnostic'; diagnostic: TerraformDiagnostic }
  | { kind: 'interrupted'; text: string }
  /** A line that is no JSON. */
  | { kind: 'text'; text: string }
  /** A kind that this version of Kloud does not know. */
  | { kind: 'other'; type: string; text: string }

/**
 * Reads a line; whatever it is, there is an event for it.
 *
 * @param redact takes secrets out of what is said for people to read
 */
export function readEvent(line: string, redact: Redact = (text) => text): TerraformEvent {
  const event = readLine(line)
  if ('text' in event) return { ...event, text: redact(event.text) }
  if (event.kind !== 'diagnostic') return event
  const { summary, detail, ...rest } = event.diagnostic
  return { kind: 'diagnostic', diagnostic: { ...rest, summary: redact(summary), detail: redact(detail) } }
}

function readLine(line: string): TerraformEvent {
  const json = parse(line)
  if (json === undefined) return plain(line)
  const text = typeof json['@message'] === 'string' ? json['@message'] : ''
  const type = typeof json.type === 'string' ? json.type : ''
  return readKnown(type, json) ?? { kind: 'other', type, text }
}

function parse(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined
  try {
    const json: unknown = JSON.parse(line)
    return isObject(json) ? json : undefined
  } catch {
    return undefined
  }
}

/** Terraform says that it was interrupted in one way or the other, by version and by command. */
function plain(text: string): TerraformEvent {
  const interrupted = /^(Interrupt received|Stopping operation|Two interrupts received)/.test(text.trim())
  return { kind: interrupted ? 'interrupted' : 'text', text: text.trim() }
}

const steps: Readonly<Record<string, 'start' | 'progress' | 'done' | 'failed'>> = {
  apply_start: 'start',
  apply_progress: 'progress',
  apply_complete: 'done',
  apply_errored: 'failed',
}

function readKnown(type: string, json: Record<string, unknown>): TerraformEvent | undefined {
  const step = steps[type]
  if (step !== undefined) return readStep(step, json.hook)
  if (type === 'planned_change') return readChange('planned', json.change)
  if (type === 'resource_drift') return readChange('drift', json.change)
  if (type === 'log' && typeof json['@message'] === 'string') {
    const event = plain(json['@message'])
    return event.kind === 'interrupted' ? event : undefined
  }
  if (type === 'version') return { kind: 'version', terraform: textOf(json.terraform) }
  if (type === 'change_summary' && isObject(json.changes)) {
    const { operation, add, change, remove } = json.changes
    return {
      kind: 'summary',
      operation: textOf(operation),
      add: numberOf(add),
      change: numberOf(change),
      remove: numberOf(remove),
    }
  }
  if (type === 'outputs' && isObject(json.outputs)) {
    const changes = Object.values(json.outputs).map((output) =>
      readAction(isObject(output) ? output.action : undefined),
    )
    return { kind: 'outputs', change: changes.some((action) => action !== 'noop') }
  }
  if (type !== 'diagnostic') return undefined
  const diagnostic = readDiagnostic(json.diagnostic)
  return diagnostic && { kind: 'diagnostic', diagnostic }
}

function readStep(kind: 'start' | 'progress' | 'done' | 'failed', hook: unknown): TerraformEvent | undefined {
  if (!isObject(hook)) return undefined
  const resource = readResource(hook.resource)
  if (resource === undefined) return undefined
  const { id_value: id, elapsed_seconds: seconds } = hook
  const time = typeof seconds === 'number' ? seconds : 0
  return {
    kind,
    ...resource,
    action: readAction(hook.action),
    seconds: time,
    ...(typeof id === 'string' ? { id } : {}),
  }
}

function readChange(kind: 'planned' | 'drift', change: unknown): TerraformEvent | undefined {
  if (!isObject(change)) return undefined
  const resource = readResource(change.resource)
  if (resource === undefined) return undefined
  const { reason } = change
  return { kind, ...resource, action: readAction(change.action), ...(typeof reason === 'string' ? { reason } : {}) }
}

function readResource(json: unknown): ResourceAddress | undefined {
  if (!isObject(json) || typeof json.addr !== 'string') return undefined
  const { addr: address, resource_type, resource_name, resource_key: key } = json
  const resource: ResourceAddress = {
    address,
    type: textOf(resource_type),
    name: textOf(resource_name),
    ...(typeof key === 'string' || typeof key === 'number' ? { key } : {}),
  }
  return { ...resource, address: ownAddress(resource) }
}

/** What Terraform has always said as text or number may one day be something else: that is no reason to fail. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0
}

const actions = new Set<string>([
  'create',
  'update',
  'replace',
  'delete',
  'read',
  'import',
  'move',
  'forget',
  'noop',
] satisfies ChangeAction[])

function readAction(word: unknown): ChangeAction {
  // What is let go is `forget` in a plan's file, and `remove` in what Terraform says.
  if (word === 'remove') return 'forget'
  return isAction(word) ? word : 'noop'
}

function isAction(word: unknown): word is ChangeAction {
  return typeof word === 'string' && actions.has(word)
}
