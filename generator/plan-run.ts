// In: a survey that found something to do. Out: the plan of it: specs made, judged together, and planned.
import { judgeSpecs } from './load.js'
import { makeSpecs } from './make.js'
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
  const made = await makeSpecs(
    survey.work.map(({ spec }) => ({ path: spec.path, file: spec.file })),
    { names: survey.names, folder: project.out.replaceAll('\\', '/'), tests: project.tests },
  )
  const { specs, diagnostics } = judgeSpecs(made, others)
  const wanted = survey.names ? specs.filter(({ spec }) => survey.names?.includes(spec.name)) : specs
  const broken = diagnostics.some(({ severity }) => severity === 'error')
  const known = [...wanted.map(({ spec }) => spec.name), ...fresh.map(({ name }) => name)]
  const missing = survey.names?.find((name) => !known.includes(name))
  if (missing !== undefined && !broken) {
    throw unknownProvider(missing, [...specs.map(({ spec }) => spec.name), ...known])
  }
  const filesOf = new Map(made.map(({ file, files }) => [file, files]))
  const outputs = wanted.map(({ spec, file, inputs }) => ({ name: spec.name, inputs, files: filesOf.get(file) ?? [] }))
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
