// In: the options that commands of a stack's life share. Out: Kloud opened as they say, closed when the command is over, and failures told with what goes on.
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { inputError, KloudError } from '../errors.js'
import type { Kloud } from '../kloud.js'
import type { SandboxOptions } from '../sandbox/sandbox-clouds.js'
import { sandboxFolder } from '../sandbox/sandbox-folder.js'
import type { SandboxHost } from '../sandbox/start-host.js'
import { defaultFolder } from '../store/default-folder.js'
import { storeFiles } from '../store/folder.js'
import type { ExitCode, Invocation, OptionDefinitions } from './command.js'
import { explainError } from './error-text.js'
import { providerOptions } from './provider-options.js'
import { storeFlags, withFlags } from './said-flags.js'
import { whenInsisted } from './terminal.js'

/** Options of every command that opens the store. */
export const storeOptions = {
  sandbox: { type: 'boolean', about: 'against the embedded cloud: real Terraform, no account, no network' },
  store: { type: 'string', value: 'DIR', about: 'the folder of the store (".kloud" when not said)' },
  ...providerOptions,
} as const satisfies OptionDefinitions

/** Options of commands that run Terraform. */
export const terraformOptions = {
  ...storeOptions,
  terraform: { type: 'string', value: 'PATH', about: 'the Terraform or OpenTofu to run' },
  fault: {
    type: 'string',
    multiple: true,
    value: 'KIND[:TYPE][=AMOUNT][*TIMES]',
    about: 'with --sandbox: something that goes wrong, TIMES times (once when not said), until this command ends',
  },
  yes: { type: 'boolean', short: 'y', about: 'answer every question with yes' },
} as const satisfies OptionDefinitions

interface LifeOptions {
  readonly sandbox?: boolean | undefined
  readonly store?: string | undefined
  readonly providers?: string | undefined
  readonly cwd?: string | undefined
  readonly terraform?: string | undefined
  readonly fault?: readonly string[] | undefined
}

/** What a command works with. */
export interface LifeCommand {
  readonly kloud: Kloud
  /** Aborted by the first Ctrl-C, and by the second. */
  readonly stops: { readonly signal: AbortSignal; readonly force: AbortSignal }
  /** What has to be added to a command that goes on from here. */
  readonly flags: string
}

interface LifeInvocation extends Pick<Invocation, 'cwd' | 'signal' | 'output'> {
  readonly options: LifeOptions
  /** In the sandbox, what serves Terraform is started before all else is loaded. */
  readonly runsTerraform?: boolean
  /** Whether a store is made where there is none: by commands that put something into it. */
  readonly makesStore?: boolean
}

/** Opens Kloud, runs a command, and closes it. An interrupted command says where things stand before it ends with 130. */
export async function withKloud(
  { options, cwd, signal, output, runsTerraform = false, makesStore = false }: LifeInvocation,
  work: (command: LifeCommand) => Promise<ExitCode>,
): Promise<ExitCode> {
  const { sandbox, store, providers, terraform } = options
  if (store !== undefined && !makesStore) refuseNoStore(resolve(cwd, store), sandbox === true)
  const faults = await readFaults(options)
  const host = sandbox === true && runsTerraform ? await startHost(resolve(cwd, store ?? defaultFolder)) : undefined
  const flags = storeFlags({ sandbox, store, providers, cwd: options.cwd })
  const { Kloud } = await import('../kloud.js')
  const kloud = await Kloud.open({
    cwd,
    folder: store,
    providers,
    terraform,
    sandbox: sandbox === true && { ...faults, host },
  }).catch(async (error: unknown) => {
    await host?.stop()
    throw withFlags(error, flags)
  })
  const insisted = new AbortController()
  const stopListening = whenInsisted(() => insisted.abort(new Error('interrupted twice')))
  let failed = false
  try {
    return await work({ kloud, stops: { signal, force: insisted.signal }, flags })
  } catch (thrown) {
    failed = true
    const error = withFlags(thrown, flags)
    if (!signal.aborted || !(error instanceof KloudError)) throw error
    const { message, hint } = explainError(error) ?? { message: error.message, hint: undefined }
    output.err(`interrupted: ${message}\n${hint === undefined ? '' : `  ${hint}\n`}`)
    return 130
  } finally {
    stopListening()
    // What went wrong before says more than a sandbox that cannot be written either.
    await kloud.close().catch((error: unknown) => (failed ? undefined : Promise.reject(error)))
  }
}

/** A folder that was said, and holds no store, is a slip: an empty one would tell that there is nothing. */
function refuseNoStore(said: string, sandbox: boolean): void {
  const { folder, database } = storeFiles(sandbox ? sandboxFolder(said) : said)
  if (existsSync(database)) return
  throw inputError(`there is no store in ${folder}: --store is the folder of one`, { file: said })
}

async function startHost(store: string): Promise<SandboxHost> {
  const { startSandboxHost } = await import('../sandbox/start-host.js')
  return startSandboxHost(sandboxFolder(store))
}

/** What goes wrong in the sandbox, as the flags say. */
export async function readFaults({ fault = [], sandbox }: LifeOptions): Promise<SandboxOptions> {
  if (fault.length === 0) return {}
  if (sandbox !== true) throw inputError('--fault is for the sandbox: say --sandbox too')
  const { parseFault } = await import('../sandbox/faults.js')
  return { faults: fault.map(parseFault) }
}
