// In: a survey that found something to do. Out: the plan of it: read, resolve, emit, plan, one after the other.
import { emit } from './emit/emit.js'
import { gatherSpecs, loadSpec } from './load.js'
import { resolveModel } from './model/resolve.js'
import type { ProviderOutput } from './output/output-file.js'
import type { Plan } from './output/plan.js'
import { planOutput } from './output/plan-output.js'
import type { Diagnostic } from './spec/diagnostic.js'
import { type Survey, unknownProvider } from './survey.js'

export interface PlannedRun {
  plan: Plan
  /** Of all specs that were read. */
  diagnostics: readonly Diagnostic[]
  /** The providers that were planned, each with the files that its spec is made of. */
  planned: readonly PlannedProvider[]
}

export type PlannedProvider = Pick<ProviderOutput, 'name' | 'inputs'>

/** How many specs are in memory at once: enough to share what making types costs a call, few enough to keep memory flat. */
const BATCH = 25

/**
 * Plans a run, some specs at a time: of those that are planned, nothing is kept but the text of files that will change.
 * A broken spec is reported and keeps nothing of the others from being planned.
 */
export async function planRun(survey: Survey, { force = false } = {}): Promise<PlannedRun> {
  const { project, fresh, version } = survey
  const gathering = gatherSpecs({
    names: new Map(fresh.map(({ name, spec }) => [name, spec])),
    extended: fresh.flatMap(({ inputs }) => inputs.slice(1).map(({ path }) => path)),
  })
  const known = fresh.map(({ name }) => name)
  const planned: PlannedProvider[] = []
  const isBroken = () => gathering.end().diagnostics.some(({ severity }) => severity === 'error')
  const plan = await planOutput({
    project: project.cwd,
    root: project.out,
    specs: project.specs,
    generator: version,
    outputs: readAndEmit(),
    fresh,
    force,
    sweep: () => survey.names === undefined && !isBroken(),
  })
  const missing = survey.names?.find((name) => !known.includes(name))
  if (missing !== undefined && !isBroken()) throw unknownProvider(missing, known)
  return { plan, diagnostics: gathering.end().diagnostics, planned }

  async function* readAndEmit(): AsyncGenerator<ProviderOutput> {
    for (let start = 0; start < survey.work.length; start += BATCH) {
      const read = survey.work
        .slice(start, start + BATCH)
        .flatMap(({ spec: { path, file } }) => gathering.add(file, loadSpec(path, file)) ?? [])
      known.push(...read.map(({ spec }) => spec.name))
      const wanted = read.filter(({ spec }) => survey.names?.includes(spec.name) ?? true)
      const emitted = await emit(wanted.map(resolveModel), project.out.replaceAll('\\', '/'), { tests: project.tests })
      for (const [index, { spec, inputs }] of wanted.entries()) {
        planned.push({ name: spec.name, inputs })
        yield { name: spec.name, inputs, files: emitted[index] ?? [] }
      }
    }
  }
}
