// In: a project. Out: its code, as the specs say, and what became of each file. The whole of `generate`.
import type { FreshProvider } from './output/fresh.js'
import { withLock } from './output/lock.js'
import { Memory, memoryFile } from './output/memory.js'
import type { Action } from './output/plan.js'
import { outFolder, type Project } from './project.js'
import type { Diagnostic } from './spec/diagnostic.js'
import { survey } from './survey.js'

export interface GenerateOptions {
  /** The providers to generate; all when empty. */
  names?: readonly string[]
  /** Replaces generated files that someone edited. */
  force?: boolean
  /** Told once, when another run must be waited for. */
  onWait?: (message: string) => void
}

export interface GeneratedFile {
  path: string
  action: Action
  /** It is one of ours, and what someone put in its place was kept. */
  refused?: true
  /** Why it was kept, and what to do. */
  reason?: string
  /** Code for the author to insert by hand. */
  snippet?: string
  /** The methods of which stubs were put into it, for the author to write. */
  toWrite?: readonly string[]
}

export interface Generated {
  providers: readonly string[]
  files: readonly GeneratedFile[]
  /** Every file that the specs are made of, from the project. */
  inputs: readonly string[]
  diagnostics: readonly Diagnostic[]
  /** What kept a provider from being written. */
  problems: readonly Error[]
  durationMs: number
}

/**
 * Generates a project's providers.
 * @throws GeneratorError for folders that would do harm, and where the disk or another run stands in the way
 */
export async function generate(
  project: Project,
  { names = [], force = false, onWait }: GenerateOptions = {},
): Promise<Generated> {
  const start = process.uptime()
  const memory = new Memory(memoryFile(project.cwd))
  const first = survey(project, names, { all: force, memory })
  memory.save()
  if (first.work.length === 0 && !first.leftOver)
    return { ...untouched(first.fresh, project), diagnostics: [], problems: [], durationMs: since(start) }
  const { planRun } = await import('./plan-run.js')
  const { apply } = await import('./output/apply.js')
  let waited = false
  return withLock(
    outFolder(project),
    async () => {
      const now = waited ? survey(project, names, { all: force }) : first
      const { plan, diagnostics, planned } = await planRun(now, { force })
      const { entries } = apply(plan)
      const files = entries.map(({ path, owner, action, reason, snippet, toWrite }) => ({
        path,
        action,
        ...(action === 'edited' || (action === 'kept' && owner === 'generated') ? { refused: true as const } : {}),
        ...(reason === undefined ? {} : { reason }),
        ...(snippet === undefined ? {} : { snippet }),
        ...(toWrite === undefined || action !== 'written' ? {} : { toWrite }),
      }))
      const rest = untouched(now.fresh, project)
      return {
        providers: [...rest.providers, ...planned.map(({ name }) => name)].sort(),
        files: [...rest.files, ...files].sort((a, b) => (a.path < b.path ? -1 : 1)),
        inputs: [...rest.inputs, ...planned.flatMap(({ inputs }) => inputs.map(({ path }) => path))],
        diagnostics,
        problems: plan.problems,
        durationMs: since(start),
      }
    },
    {
      onWait: ({ pid, host }) => {
        waited = true
        onWait?.(`waiting for kloud-gen with pid ${pid} on ${host}`)
      },
    },
  )
}

/** What is said of providers of which nothing had to be read or written. */
function untouched(
  fresh: readonly FreshProvider[],
  project: Project,
): Pick<Generated, 'providers' | 'files' | 'inputs'> {
  return {
    providers: fresh.map(({ name }) => name).sort(),
    files: fresh
      .flatMap(({ name, files }) =>
        files.map((path): GeneratedFile => ({ path: `${project.out}/${name}/${path}`, action: 'unchanged' })),
      )
      .sort((a, b) => (a.path < b.path ? -1 : 1)),
    inputs: fresh.flatMap(({ inputs }) => inputs.map(({ path }) => path)),
  }
}

function since(start: number): number {
  return Math.round((process.uptime() - start) * 1000)
}
