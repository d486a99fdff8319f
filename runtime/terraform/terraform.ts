// In: a working folder with a template, and the values of its variables. Out: Terraform's commands as methods, their answers as data.
import { rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { KloudError } from '../errors.js'
import { isObject, type JsonObject, type JsonValue } from '../json.js'
import { type Redact, redactor } from '../redact.js'
import { Secret } from '../secret.js'
import { setLongTextsApart } from '../template/long-texts.js'
import { readDiagnostic, readPlainDiagnostics, type TerraformDiagnostic, withAddresses } from './diagnostics.js'
import { terraformEnvironment } from './environment.js'
import { TerraformError } from './errors.js'
import { readEvent, type TerraformEvent } from './events.js'
import { isAtLeast, type TerraformBinary } from './find.js'
import { folderFiles, prepareTerraformFolder, sweepLeftovers, writePrivate, writeSecrets } from './folder.js'
import { PlanReader, type SavedPlan, type TerraformPlan } from './plan.js'
import { withPluginCache } from './plugin-cache.js'
import { type Progress, ProgressCounter } from './progress.js'
import { type RunMode, runTerraform } from './run.js'
import { readOutputs, readState, type StateOutput, type StateResource } from './state.js'
import { showStateFile, stateTextIn } from './state-file.js'
import { MadeResources } from './unrecorded.js'
import { splitVariables, type TerraformVariables } from './variables.js'

export interface TerraformOptions {
  binary: TerraformBinary
  /** The working folder: template, state, lock file and plans are in it. Made with mode 0700. */
  folder: string
  /** Values of the template's variables, given to plan and to apply; never in arguments, and on disk only while Terraform runs. */
  variables?: TerraformVariables
  /** Added to Terraform's environment: where a sandbox serves the providers. Each command waits for it. */
  environment?: Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>
  /** Whether its providers' schemas are inferred from the template, as a sandbox's are. */
  inferredSchemas?: boolean
  /** A folder in which providers are kept for all stacks. */
  pluginCache?: string
  /** Terraform's own configuration file; none when not said. */
  configFile?: string
}

export interface CommandOptions {
  /** Aborted: Terraform is asked to stop, and waited for; what exists is in its state. */
  signal?: AbortSignal
  /** Aborted: Terraform is made to stop, within seconds. What it was making then may exist without being in its state. */
  force?: AbortSignal
  /** Everything that Terraform says, as it says it. Secrets are taken out. */
  onEvent?: (event: TerraformEvent) => void
}

export interface PlanOptions extends CommandOptions {
  /** Plan to destroy everything. */
  destroy?: boolean
  /** Whether to ask the cloud how things are; true when not said. */
  refresh?: boolean
}

export interface ApplyOptions extends CommandOptions {
  onProgress?: (progress: Progress) => void
}

export interface ApplyAtOnceOptions extends ApplyOptions {
  /** Is told what will be done, when the plan is made and before anything is. */
  onPlan?: (plan: TerraformPlan) => void
}

/**
 * Terraform at work in one folder. Commands throw a TerraformError when Terraform fails or is interrupted.
 *
 * @example
 * const terraform = new Terraform({ binary: await findTerraform(), folder, variables: { token: new Secret('…') } })
 * await terraform.writeTemplate(template)
 * await terraform.init()
 * const plan = await terraform.plan()
 * if (plan.hasChanges) await terraform.apply(plan)
 */
export class Terraform {
  readonly folder: string
  readonly binary: TerraformBinary
  readonly #options: TerraformOptions
  readonly #variables: TerraformVariables
  readonly #redact: Redact

  constructor(options: TerraformOptions) {
    this.folder = options.folder
    this.binary = options.binary
    this.#options = options
    this.#variables = options.variables ?? {}
    this.#redact = redactor(Object.values(this.#variables).filter((value) => value instanceof Secret))
  }

  /** Writes the template that the commands work on. */
  async writeTemplate(template: JsonObject): Promise<void> {
    await prepareTerraformFolder(this.folder)
    await writePrivate(this.folder, folderFiles.template, JSON.stringify(setLongTextsApart(template)))
  }

  /** Fetches the template's providers and modules, as far as they are not there. */
  async init(options: CommandOptions = {}): Promise<void> {
    const { binary, pluginCache } = this.#options
    await prepareTerraformFolder(this.folder)
    await sweepLeftovers(this.folder)
    const json = binary.product === 'terraform' && isAtLeast(binary.version, '1.9.0')
    const args = ['init', '-input=false', '-no-color', ...(json ? ['-json'] : [])]
    const run = () => this.#run('work', args, options)
    await (pluginCache === undefined ? run() : withPluginCache(pluginCache, run))
  }

  /** What Terraform finds wrong with the template; an empty list when it is valid. */
  async validate(options: CommandOptions = {}): Promise<TerraformDiagnostic[]> {
    const json = await this.#read(['validate', '-json'], options, [0, 1])
    const found = isObject(json) && Array.isArray(json.diagnostics) ? json.diagnostics : []
    return found.map(readDiagnostic).filter((diagnostic) => diagnostic !== undefined)
  }

  /** Plans, into a file of the working folder. */
  async plan({ destroy = false, refresh = true, ...options }: PlanOptions = {}): Promise<SavedPlan> {
    const file = join(this.folder, folderFiles.plan)
    const reader = new PlanReader()
    const args = ['plan', '-json', '-input=false', '-detailed-exitcode', `-out=${folderFiles.plan}`]
    if (destroy) args.push('-destroy')
    if (!refresh) args.push('-refresh=false')
    const onEvent = (event: TerraformEvent) => {
      reader.read(event)
      options.onEvent?.(event)
    }
    const exitCode = await this.#withVariables((extra) =>
      this.#run('work', [...args, ...extra.args], { ...options, onEvent }, extra.environment, [0, 2]),
    )
    return { ...reader.plan({ destroy, hasChanges: exitCode === 2 }), file }
  }

  /** Does exactly what a plan says. Refused by Terraform when the state has changed since. */
  async apply(plan: SavedPlan, { onProgress, ...options }: ApplyOptions = {}): Promise<void> {
    const counter = new ProgressCounter()
    const onEvent = (event: TerraformEvent) => {
      options.onEvent?.(event)
      const progress = counter.count(event)
      if (progress !== undefined) onProgress?.({ done: progress.done, total: Math.max(progress.total, plan.steps) })
    }
    // Before 1.10 a plan holds all variables itself, and a var file beside it is refused.
    const again = isAtLeast(this.binary.version, '1.10.0')
    await this.#withVariables((extra) =>
      this.#run(
        'change',
        ['apply', '-json', '-input=false', ...(again ? extra.args : []), plan.file],
        { ...options, onEvent },
        extra.environment,
      ),
    )
    await rm(plan.file, { force: true })
  }

  /** Plans, and does just that, in one run of Terraform: as `plan` and `apply`, and sooner, where nobody is to be asked in between. */
  async applyAtOnce({ onPlan, onProgress, ...options }: ApplyAtOnceOptions = {}): Promise<TerraformPlan> {
    const reader = new PlanReader()
    const counter = new ProgressCounter()
    let plan: TerraformPlan | undefined
    const tellPlan = () => {
      plan = reader.plan({ destroy: false })
      onPlan?.(plan)
      return plan
    }
    const onEvent = (event: TerraformEvent) => {
      if (plan === undefined && reader.isOver(event)) tellPlan()
      if (plan === undefined) reader.read(event)
      options.onEvent?.(event)
      const progress = counter.count(event)
      if (plan !== undefined && progress !== undefined) onProgress?.(progress)
    }
    const args = ['apply', '-json', '-input=false', '-auto-approve']
    await this.#withVariables((extra) =>
      this.#run('change', [...args, ...extra.args], { ...options, onEvent }, extra.environment, [0], () =>
        plan === undefined ? 'plan' : 'apply',
      ),
    )
    return plan ?? tellPlan()
  }

  /** Plans to destroy everything, and does. */
  async destroy(options: ApplyOptions & { refresh?: boolean } = {}): Promise<void> {
    const { onProgress, ...planOptions } = options
    const plan = await this.plan({ ...planOptions, destroy: true })
    if (plan.hasChanges) await this.apply(plan, options)
  }

  /** The resources in the state, sensitive values in clear. Terraform itself is asked only where its file does not tell. */
  async show(options: CommandOptions = {}): Promise<StateResource[]> {
    const text = await stateTextIn(this.folder)
    const { inferredSchemas: inferred = false } = this.#options
    const shown = text === undefined ? undefined : showStateFile(text, { inferred })
    return shown ?? readState(await this.#read(['show', '-json'], options))
  }

  /** A plan in Terraform's own JSON form, sensitive values in clear. */
  showPlan(plan: SavedPlan, options: CommandOptions = {}): Promise<JsonValue> {
    return this.#read(['show', '-json', plan.file], options)
  }

  /** The outputs in the state, sensitive values in clear. */
  async outputs(options: CommandOptions = {}): Promise<Record<string, StateOutput>> {
    return readOutputs(await this.#read(['output', '-json'], options))
  }

  /** Runs a command that speaks in events; gives its exit code. */
  async #run(
    mode: RunMode,
    args: readonly string[],
    { signal, force, onEvent }: CommandOptions,
    extra: Readonly<Record<string, string>> = {},
    accepted: readonly number[] = [0],
    commandNow = () => args[0] ?? '',
  ): Promise<number> {
    const diagnostics: TerraformDiagnostic[] = []
    const failed: string[] = []
    const text: string[] = []
    const made = new MadeResources()
    const onLine = (line: string) => {
      const event = readEvent(line, this.#redact)
      made.read(event)
      if (event.kind === 'diagnostic') diagnostics.push(event.diagnostic)
      if (event.kind === 'failed') failed.push(event.address)
      if (event.kind === 'text') text.push(event.text)
      onEvent?.(event)
    }
    const setup = await this.#command(args, extra)
    const { exitCode, ...ended } = await runTerraform({ ...setup, mode, onLine, signal, force })
    if (exitCode !== undefined && accepted.includes(exitCode)) return exitCode
    const said = diagnostics.length > 0 ? withAddresses(diagnostics, failed) : readPlainDiagnostics(text.join('\n'))
    const left =
      mode === 'change' ? await made.leftBy({ exitCode, ...ended, diagnostics: said, text }, this.folder) : {}
    throw new TerraformError({
      ...{ command: commandNow(), exitCode, ...ended, diagnostics: said },
      text: text.slice(-20),
      ...left,
    })
  }

  /** Runs a command that prints one JSON value. */
  async #read(
    args: readonly string[],
    { signal, force }: CommandOptions,
    accepted: readonly number[] = [0],
  ): Promise<JsonValue> {
    const lines: string[] = []
    const errors: string[] = []
    const { exitCode, ...ended } = await runTerraform({
      ...(await this.#command([...args, '-no-color'], {})),
      mode: 'read',
      onLine: (line) => void lines.push(line),
      onErrorLine: (line) => void errors.push(this.#redact(line)),
      signal,
      force,
    })
    if (exitCode === undefined || !accepted.includes(exitCode)) {
      const diagnostics = readPlainDiagnostics(errors.join('\n'))
      throw new TerraformError({ command: args[0] ?? '', exitCode, ...ended, diagnostics, text: errors.slice(-20) })
    }
    try {
      return JSON.parse(lines.join('\n'))
    } catch {
      // The cause is left out: what it says may quote a secret of the state.
      throw new KloudError('badResponse', `terraform ${args[0]} printed no JSON`)
    }
  }

  async #command(args: readonly string[], extra: Readonly<Record<string, string>>) {
    const { binary, folder, pluginCache, configFile } = this.#options
    const environment = await this.#options.environment
    return {
      path: binary.path,
      folder,
      args,
      environment: terraformEnvironment({ configFile, pluginCache, extra: { ...environment, ...extra } }),
    }
  }

  /** Gives variables to a command: by the environment, and what is too large for it by a file that is there only meanwhile. */
  async #withVariables<T>(
    command: (extra: { environment: Record<string, string>; args: string[] }) => Promise<T>,
  ): Promise<T> {
    const { environment, file } = splitVariables(this.#variables)
    await sweepLeftovers(this.folder)
    if (Object.keys(file).length === 0) return command({ environment, args: [] })
    const path = await writeSecrets(this.folder, file)
    const remove = () => rmSync(path, { force: true })
    process.once('exit', remove)
    try {
      return await command({ environment, args: [`-var-file=${path}`] })
    } finally {
      process.off('exit', remove)
      remove()
    }
  }
}
