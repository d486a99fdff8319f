// In: what the specs give, the disk and the manifests. Out: a plan of everything that would change; nothing is written.
import { resolve } from 'node:path'
import { GeneratorError } from '../errors.js'
import { realPath } from './disk.js'
import type { ProviderOutput } from './output-file.js'
import type { Plan, PlanContext, ProviderPlan } from './plan.js'
import { planProvider } from './plan-provider.js'
import { planLeftOvers } from './plan-removed.js'
import { refuseOutputFolder, refuseProviderName } from './safety.js'

export interface PlanInput {
  /** The folder that paths are told from: the working folder. */
  project: string
  /** The output folder, from the project or absolute. */
  root: string
  /** The folder of the specs, from the project or absolute: it cannot be the output folder. */
  specs?: string
  /** The generator's version. */
  generator: string
  /** They may come one by one: of those that came, only what is to be written is kept. */
  outputs: Iterable<ProviderOutput> | AsyncIterable<ProviderOutput>
  /** Providers that are as their specs give them, from `findFresh`: they need no planning, but are not left over. */
  fresh?: readonly { name: string; spec: string }[]
  /** Replace and delete generated files that someone edited, and files that stand where ours would go. */
  force?: boolean
  /**
   * Look as well for what providers left behind whose specs are gone. Not when only some were asked for by name. As a
   * function it is asked when all outputs have come.
   */
  sweep?: boolean | (() => boolean)
}

/**
 * Plans what a run would do. `apply` does it, `diffPlan` shows it and `checkPlan` judges it.
 *
 * @throws GeneratorError (exit 3) where the disk cannot be read
 * @example
 * const plan = await planOutput({ project: process.cwd(), root: 'generated', generator: '1.0.0', outputs, sweep: true })
 * if (plan.problems.length === 0) apply(plan)
 */
export async function planOutput(input: PlanInput): Promise<Plan> {
  const project = resolve(input.project)
  const root = resolve(project, input.root)
  const refused = refuseOutputFolder({ project, root, ...(input.specs !== undefined && { specs: input.specs }) })
  if (refused) return { project, root, providers: [], entries: [], problems: [refused] }
  const within = [realPath(root), realPath(project)] as const
  const context: PlanContext = { project, root, within, generator: input.generator, force: input.force ?? false }

  const planned: (ProviderPlan | GeneratorError)[] = []
  const names = new Set<string>()
  const namesBySpec = new Map((input.fresh ?? []).map(({ name, spec }): [string | undefined, string] => [spec, name]))
  for await (const output of input.outputs) {
    assertNew(output.name, names)
    namesBySpec.set(output.inputs[0]?.path, output.name)
    planned.push(refuseProviderName(output.name) ?? (await planProvider(context, output)))
  }
  const sweep = typeof input.sweep === 'function' ? input.sweep() : input.sweep
  if (sweep) planned.push(...planLeftOvers(context, namesBySpec))

  const providers: ProviderPlan[] = []
  const problems: GeneratorError[] = []
  for (const result of planned) {
    if (result instanceof GeneratorError) problems.push(result)
    else providers.push(result)
  }
  providers.sort(byName)
  return { project, root, providers, entries: providers.flatMap(({ entries }) => entries), problems }
}

function assertNew(name: string, seen: Set<string>): void {
  if (seen.has(name)) throw new Error(`two outputs are named ${name}: reading the specs should have refused that`)
  seen.add(name)
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : 1
}
