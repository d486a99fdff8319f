// In: a folder with a store. Out: Kloud as a library: credentials, bootstraps, stacks, machines and events, on real clouds or in the sandbox.
import { join, resolve } from 'node:path'
import type { KloudEvent } from './events.js'
import type { JsonObject } from './json.js'
import type { Provider } from './provider.js'
import type { SandboxOptions } from './sandbox/sandbox-clouds.js'
import { sandboxFolder } from './sandbox/sandbox-folder.js'
import {
  type ApplyResult,
  type ApplyStackOptions,
  applyStack,
  type PlanResult,
  type PlanStackOptions,
  planStack,
} from './stack/apply-stack.js'
import { type BootstrapOptions, type BootstrapResult, bootstrapCredential } from './stack/bootstrap.js'
import type { Clouds } from './stack/clouds.js'
import { type Abortable, Credentials } from './stack/credential-methods.js'
import { type DestroyResult, type DestroyStackOptions, destroyStack } from './stack/destroy-stack.js'
import { askMachine, type MachineName, type MachineStatus, operateStackMachine } from './stack/operate-stack-machine.js'
import { foundProviders, givenProviders, type ProviderSource } from './stack/provider-source.js'
import { Run, type RunOptions, startRun } from './stack/run.js'
import { Stacks } from './stack/stack-methods.js'
import type { Workspace } from './stack/workspace.js'
import { defaultFolder } from './store/default-folder.js'
import { openStore } from './store/open-store.js'
import type { EventFilter, EventRecord, MachineRecord } from './store/records.js'
import type { FollowOptions, Rotation } from './store/store.js'
import { findTerraform, type TerraformBinary } from './terraform/find.js'

export interface KloudOptions {
  /** Where relative paths start; this process's own folder when not said. */
  readonly cwd?: string | undefined
  /** The store's folder; `.kloud` when not said. The sandbox has its own in `sandbox` below it. */
  readonly folder?: string | undefined
  /** A folder of generated providers, beside those that are found (`generated` when not said); or the providers themselves. */
  readonly providers?: string | readonly Provider[] | undefined
  /** A path or program name of Terraform or OpenTofu. */
  readonly terraform?: string | undefined
  /** The store's key; see `openStore`. */
  readonly key?: string | undefined
  /** Pretended clouds instead of real ones: real Terraform, no account, no network. */
  readonly sandbox?: boolean | SandboxOptions | undefined
}

/** A template's path, and a name that is made of it where none is given. */
export type StackPath<Options> = Omit<Options, 'paths' | 'name'> & {
  readonly path: string
  readonly name?: string | undefined
}

/**
 * Kloud, as a library. What takes a while gives a `Run`: its events as they happen, and its result.
 *
 * @example
 * await using kloud = await Kloud.open({ sandbox: true })
 * const run = kloud.apply({ path: 'examples/digitalocean/one-machine.yaml' })
 * for await (const { percentage, message } of run) console.error(percentage, message)
 * const { machines } = await run.result
 * await kloud.stop({ label: 'web' }).result
 */
export class Kloud {
  readonly credentials: Credentials
  readonly stacks: Stacks
  readonly #workspace: Workspace
  readonly #cwd: string

  private constructor(workspace: Workspace, cwd: string) {
    this.#workspace = workspace
    this.#cwd = cwd
    this.credentials = new Credentials(workspace)
    this.stacks = new Stacks(workspace)
  }

  /** Opens the store, and makes it where there is none. Close it when you are done. */
  static async open(options: KloudOptions = {}): Promise<Kloud> {
    const cwd = resolve(options.cwd ?? '.')
    const base = resolve(cwd, options.folder ?? defaultFolder)
    const folder = options.sandbox ? sandboxFolder(base) : base
    const { providers } = options
    const isGiven = providers !== undefined && typeof providers !== 'string'
    const finder = isGiven ? givenProviders(providers) : foundProviders({ cwd, folder: providers })
    // What a sandbox holds is as pretended as its clouds.
    const durable = !options.sandbox
    const store = await openStore({ folder, durable, ...(options.key === undefined ? {} : { key: options.key }) })
    try {
      const clouds = await openClouds(folder, finder, options.sandbox)
      let binary: Promise<TerraformBinary> | undefined
      const terraform = () => {
        binary ??= findTerraform({ flag: options.terraform, cwd, cacheFolder: join(folder, 'cache') })
        return binary
      }
      return new Kloud({ folder, store, finder, clouds, terraform }, cwd)
    } catch (error) {
      await store.close()
      throw error
    }
  }

  /** @throws KloudError 401 (unknown, with those known) */
  provider(name: string): Promise<Provider> {
    return this.#workspace.finder.get(name)
  }

  /** Values for a credential that look right; nothing where clouds are real ones. */
  async sampleCredential(name: string): Promise<JsonObject | undefined> {
    return this.#workspace.clouds.sampleCredential?.(await this.provider(name))
  }

  /** Whether credentials are good: identifier to answer. */
  async authenticate(
    identifiers: readonly string[],
    { signal }: Abortable = {},
  ): Promise<Record<string, { verified: boolean; message?: string }>> {
    const answers = identifiers.map(async (identifier) => {
      try {
        await this.credentials.verify(identifier, { signal })
        return [identifier, { verified: true }] as const
      } catch (error) {
        signal?.throwIfAborted()
        return [
          identifier,
          { verified: false, message: error instanceof Error ? error.message : String(error) },
        ] as const
      }
    })
    return Object.fromEntries(await Promise.all(answers))
  }

  /** Makes, changes or destroys what a credential's stacks share. */
  bootstrap(options: Omit<BootstrapOptions, 'trust' | 'context'>): Run<BootstrapResult> {
    this.#workspace.clouds.prepare()
    return this.#run('bootstrap', { signal: options.signal }, (events) =>
      bootstrapCredential(this.#workspace, options, events),
    )
  }

  /** What applying a template would do. */
  plan(options: StackPath<PlanStackOptions>): Run<PlanResult> {
    const stack = this.#stackOptions(options)
    return this.#run('plan', { stack: stack.name, signal: options.signal }, (events) =>
      planStack(this.#workspace, stack, events),
    )
  }

  /** Applies a template, as far as it is not. */
  apply(options: StackPath<ApplyStackOptions>): Run<ApplyResult> {
    const stack = this.#stackOptions(options)
    return this.#run('apply', { stack: stack.name, signal: options.signal }, (events) =>
      applyStack(this.#workspace, stack, events),
    )
  }

  /** Destroys a stack by what its state holds. */
  destroy(options: DestroyStackOptions): Run<DestroyResult> {
    this.#workspace.clouds.prepare()
    return this.#run('destroy', { stack: options.name, signal: options.signal }, (events) =>
      destroyStack(this.#workspace, options, events),
    )
  }

  /** Starts a machine that is stopped. */
  start(options: MachineName & Abortable): Run<MachineStatus> {
    return this.#run('start', { stack: this.#stackOf(options), signal: options.signal }, (events) =>
      operateStackMachine(this.#workspace, { ...options, operation: 'start' }, options, events),
    )
  }

  /** Stops a machine that runs. */
  stop(options: MachineName & Abortable): Run<MachineStatus> {
    return this.#run('stop', { stack: this.#stackOf(options), signal: options.signal }, (events) =>
      operateStackMachine(this.#workspace, { ...options, operation: 'stop' }, options, events),
    )
  }

  /** Asks a machine's cloud how it is. */
  info(options: MachineName & Abortable): Promise<MachineStatus> {
    return askMachine(this.#workspace, options, options)
  }

  /** All machines, or those of one stack, as they were last seen. */
  machines(filter: { stack?: string; label?: string } = {}): Promise<MachineRecord[]> {
    return this.#workspace.store.stacks.machines(filter)
  }

  /** What happened, in order. */
  events(filter: EventFilter & { limit?: number } = {}): Promise<EventRecord[]> {
    return this.#workspace.store.events.list(filter)
  }

  /** What happened and what is going to, in any process, until the signal aborts. */
  follow(filter: EventFilter = {}, options: FollowOptions = {}): AsyncIterableIterator<EventRecord> {
    return this.#workspace.store.events.follow(filter, options)
  }

  /** Encrypts the store anew, with a new key. */
  rotateKey(): Promise<Rotation> {
    return this.#workspace.store.rotate()
  }

  /** Ends what was started for this, such as the sandbox's process, and closes the store. */
  async close(): Promise<void> {
    await this.#workspace.clouds.close()
    await this.#workspace.store.close()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  #run<T>(type: string, about: Pick<RunOptions, 'stack' | 'signal'>, work: Parameters<typeof startRun<T>>[1]): Run<T> {
    const { events, stacks } = this.#workspace.store
    const exists = async (stack: string) => (await stacks.find(stack)) !== undefined
    return startRun({ type, ...about, exists, store: events }, work)
  }

  /** The stack of a machine that is named by its label alone. */
  async #stackOf({ label, stack }: MachineName): Promise<string | undefined> {
    if (stack !== undefined) return stack
    const [only, ...others] = await this.machines({ label })
    return others.length === 0 ? only?.stack : undefined
  }

  #stackOptions<Options>({ path, name, ...options }: StackPath<Options>) {
    this.#workspace.clouds.prepare()
    const paths = [resolve(this.#cwd, path)]
    return { ...options, paths, name: name ?? stackName(path) }
  }
}

async function openClouds(folder: string, finder: ProviderSource, sandbox: KloudOptions['sandbox']): Promise<Clouds> {
  if (!sandbox) return (await import('./stack/real-clouds.js')).realClouds()
  const { sandboxClouds } = await import('./sandbox/sandbox-clouds.js')
  return sandboxClouds(folder, finder, sandbox === true ? {} : sandbox)
}

/** A stack's name is its file's, without what follows the first dot; a folder's is its own. */
export function stackName(path: string): string {
  const last = resolve(path).split(/[\\/]/).at(-1) ?? ''
  return last.replace(/(?:\.tf)?\.(?:json|ya?ml)$|\.tf$/i, '')
}

export type { KloudEvent }
export { Run }
