// kloud-gen as a library: the phases, in their order: load, resolve, emit, plan, apply.
//
//   const { loaded, diagnostics } = loadSpec('specs/acme.yaml')
//   if (loaded) {
//     const [files = []] = await emit([resolveModel(loaded)])
//     const outputs = [{ name: loaded.spec.name, inputs: loaded.inputs, files }]
//     const plan = await planOutput({ project: process.cwd(), root: 'generated', generator: '1.0.0', outputs })
//     if (plan.problems.length === 0) apply(plan)
//   }

export { emit } from './emit/emit.js'
export { GeneratorError } from './errors.js'
export { type Generated, type GeneratedFile, type GenerateOptions, generate } from './generate.js'
export { type LoadedSpecs, loadSpec, loadSpecs, type SpecPath } from './load.js'
export type { ProviderModel } from './model/model.js'
export { resolveModel } from './model/resolve.js'
export { apply } from './output/apply.js'
export { checkPlan, type Finding, type Judgement } from './output/check.js'
export { diffPlan } from './output/diff.js'
export type { InputHash, OutputFile, ProviderOutput, Stub, StubImport } from './output/output-file.js'
export type { Action, Plan, PlanEntry } from './output/plan.js'
export { type PlanInput, planOutput } from './output/plan-output.js'
export { findProject, type Project } from './project.js'
export type { Code } from './spec/codes.js'
export type { Diagnostic, Place } from './spec/diagnostic.js'
export type { Format } from './spec/diagnostic-format.js'
export { formatDiagnostics } from './spec/format.js'
export { specJsonSchema } from './spec/json-schema.js'
export type { LoadedSpec, Spec } from './spec/spec.js'
