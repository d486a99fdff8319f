// In: what Terraform's side asks for. Out: the same done in the cloud, with the time that it takes and the faults that were asked for.
import { setTimeout as sleep } from 'node:timers/promises'
import type { JsonObject } from '../json.js'
import type { SandboxCloud } from './cloud.js'
import type { ResourceState } from './cloud-rows.js'
import type { CreateRequest, Outcome, Resources } from './plugin/resources.js'

export interface LifecycleOptions {
  cloud: SandboxCloud
  /** Whose the resources are. */
  owner: string
  /** Resource types that are machines: they run once they are made. */
  machines?: ReadonlySet<string>
  /** How long things take, in milliseconds; nothing when not said. */
  latency?: { create?: number; update?: number; remove?: number }
  /** What a `crash` does; without it, it is an error as any other. */
  crash?: () => void
}

/** How often a throttled request is tried again, as real providers do. */
const attempts = 5

/** The cloud, as Terraform's side changes it. */
export function cloudResources(options: LifecycleOptions): Resources {
  const { cloud, owner, machines = new Set(), latency = {}, crash } = options

  /** A create answers with an id at once; the rest is waiting, which an interruption cuts short without forgetting what exists. */
  async function create(request: CreateRequest, signal: AbortSignal): Promise<Outcome & { key?: string }> {
    const { source, type, attributes } = request
    const refused =
      (await throttled(type, signal)) ?? (await fault('fail-create', type, 'the cloud refused to make it'))
    if (refused !== undefined) return { failure: refused }
    const slow = await cloud.takeFault('slow-create', type)
    const after = (latency.create ?? 0) + (slow?.amount ?? 0)
    const state: ResourceState = machines.has(type) ? 'running' : 'ready'
    const { key } = await cloud.create({ owner, source, type, attributes, becomes: { state, after } })
    if (await interrupted(after, signal)) return { key, failure: 'interrupted while it was being made' }
    if ((await cloud.takeFault('crash', type)) !== undefined) crash?.()
    const broken = await fault('break-create', type, 'the cloud failed half way')
    if (broken !== undefined) return { key, failure: broken }
    const lost = (await cloud.takeFault('lose-answer', type)) !== undefined
    return lost ? { lost } : { key }
  }

  async function find(type: string, id: string): Promise<string | undefined> {
    const [found] = await cloud.list({ owner, type, id })
    return found?.key
  }

  async function read(key: string): Promise<JsonObject | undefined> {
    const found = await cloud.get(key)
    if (found === undefined || (await cloud.takeFault('vanish', found.type)) === undefined) return found?.attributes
    await cloud.remove(key, 'vanish')
    return undefined
  }

  async function update(key: string, attributes: JsonObject, signal: AbortSignal): Promise<Outcome> {
    const found = await cloud.get(key)
    const refused = found === undefined ? 'it is gone' : await throttled(found.type, signal)
    if (refused !== undefined) return { failure: refused }
    if (await interrupted(latency.update ?? 0, signal)) return { failure: 'interrupted before it was changed' }
    return (await cloud.update(key, attributes)) ? {} : { failure: 'it is gone' }
  }

  async function remove(key: string, signal: AbortSignal): Promise<Outcome> {
    const found = await cloud.get(key)
    if (found === undefined) return {}
    const refused =
      (await throttled(found.type, signal)) ??
      (await fault('fail-delete', found.type, 'the cloud refused to delete it'))
    if (refused !== undefined) return { failure: refused }
    if (await interrupted(latency.remove ?? 0, signal)) return { failure: 'interrupted before it was deleted' }
    await cloud.remove(key)
    return {}
  }

  async function fault(
    kind: 'fail-create' | 'break-create' | 'fail-delete',
    type: string,
    why: string,
  ): Promise<string | undefined> {
    return (await cloud.takeFault(kind, type)) === undefined ? undefined : why
  }

  async function throttled(type: string, signal: AbortSignal): Promise<string | undefined> {
    for (let attempt = 1; (await cloud.takeFault('throttle', type)) !== undefined; attempt += 1) {
      if (attempt === attempts) return 'too many requests (429)'
      if (await interrupted(10 * 2 ** attempt, signal)) return 'interrupted while the cloud asked to wait'
    }
    return undefined
  }

  return { create, find, read, update, remove }
}

/** Waits, and tells whether it was cut short. */
async function interrupted(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  if (milliseconds <= 0 || signal.aborted) return signal.aborted
  return sleep(milliseconds, false, { signal }).catch(() => true)
}
