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

/**
 * Plans a run, one spec at a time: of those that are planned, nothing is kept but the text of files that will change.
 * A broken spec is reported and keeps nothing of the others from being planned.
 */
export async function planRun(survey: Survey, { force = false } = {}): Promise<PlannedRun> {
  const { project, fresh, version } = survey
  const gathering = gatherSpecs({
    names: new Map(fresh.map(({ name, spec }) => [name, spec])),
    extended: fresh.flatMap(({ inputs }) => inputs.slice(1).map(({ path }) => path)),
  })
  const known = fresh.map(({ name }) => name)
  // A spec that is so broken that its name cannot be told may be the one that was asked for.
  let nameless = false
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
  if (missing !== undefined && !nameless) throw unknownProvider(missing, [...known, ...survey.others])
  return { plan, diagnostics: gathering.end().diagnostics, planned }

  async function* readAndEmit(): AsyncGenerator<ProviderOutput> {
    const folder = project.out.replaceAll('\\', '/')
    for (const { spec } of survey.work) {
      const read = loadSpec(spec.path, spec.file)
      const loaded = gathering.add(spec.file, read)
      if (read.name !== undefined) known.push(read.name)
      else if (read.named) nameless = true
      if (!loaded) continue
      const { inputs } = loaded
      const { name } = loaded.spec
      if (survey.names && !survey.names.includes(name)) continue
      const [files = []] = await emit([resolveModel(loaded)], folder, { tests: project.tests })
      planned.push({ name, inputs })
      yield { name, inputs, files }
    }
  }
}
