// In: a survey that found something to do. Out: the plan of it: read, resolve, emit, plan, one after the other.
import { emit } from './emit/emit.js'
import { loadSpecs } from './load.js'
import { resolveModel } from './model/resolve.js'
import type { Plan } from './output/plan.js'
import { planOutput } from './output/plan-output.js'
import type { Diagnostic } from './spec/diagnostic.js'
import type { LoadedSpec } from './spec/spec.js'
import { type Survey, unknownProvider } from './survey.js'

export interface PlannedRun {
  plan: Plan
  /** Of all specs that were read. */
  diagnostics: readonly Diagnostic[]
  /** The specs whose providers were planned. */
  planned: readonly LoadedSpec[]
}

/** Plans a run. A broken spec is reported and keeps nothing of the others from being planned. */
export async function planRun(survey: Survey, { force = false } = {}): Promise<PlannedRun> {
  const { project, fresh, version } = survey
  const others = {
    names: new Map(fresh.map(({ name, spec }) => [name, spec])),
    extended: fresh.flatMap(({ inputs }) => inputs.slice(1).map(({ path }) => path)),
  }
  const { specs, diagnostics } = loadSpecs(
    survey.work.map(({ spec }) => ({ path: spec.path, file: spec.file })),
    others,
  )
  const wanted = survey.names ? specs.filter(({ spec }) => survey.names?.includes(spec.name)) : specs
  const broken = diagnostics.some(({ severity }) => severity === 'error')
  const known = [...wanted.map(({ spec }) => spec.name), ...fresh.map(({ name }) => name)]
  const missing = survey.names?.find((name) => !known.includes(name))
  if (missing !== undefined && !broken) {
    throw unknownProvider(missing, [...specs.map(({ spec }) => spec.name), ...known])
  }
  const models = wanted.map(resolveModel)
  const emitted = await emit(models, project.out.replaceAll('\\', '/'), { tests: project.tests })
  const outputs = wanted.map(({ spec, inputs }, index) => ({ name: spec.name, inputs, files: emitted[index] ?? [] }))
  const plan = await planOutput({
    project: project.cwd,
    root: project.out,
    specs: project.specs,
    generator: version,
    outputs,
    fresh,
    force,
    sweep: survey.names === undefined && !broken,
  })
  return { plan, diagnostics, planned: wanted }
}
