// In: the `api` of a spec that is right. Out: its transport and its methods, with nothing left to decide.
import { machineMethods } from '../../spec/check/api/method.js'
import type { InfoInput, StepInput } from '../../spec/definition/api.js'
import type { Spec } from '../../spec/spec.js'
import { describeApi } from './describe-api.js'
import { resolveInfo } from './info.js'
import type { ApiModel, OperationModel, VerifyModel } from './model.js'
import { CallSites } from './sites.js'
import { resolveCall, resolveStep } from './step.js'
import { resolveTransport } from './transport.js'

export function resolveApi(spec: Spec): ApiModel {
  const { api } = spec
  if (!api) return { transport: undefined, methods: {}, played: describeApi(spec, undefined) }
  const transport = resolveTransport(spec)
  const { verify, info } = api
  const methods: ApiModel['methods'] = {
    ...(verify !== undefined && { verify: manualOr(verify, (input) => resolveVerify(spec, input)) }),
    ...(info !== undefined && { info: manualOr(info, (input) => resolveInfo(spec, asInfo(input))) }),
  }
  for (const name of machineMethods) {
    const method = api[name]
    if (method !== undefined) methods[name] = manualOr(method, (input) => resolveOperation(spec, input))
  }
  const played = describeApi(spec, methods.info?.kind === 'info' ? methods.info : undefined)
  return { transport, methods, played }
}

type StepsInput = string | StepInput | StepInput[]

function manualOr<Input, Model>(input: Input | 'manual', resolve: (input: Input) => Model) {
  return input === 'manual' ? ({ kind: 'manual' } as const) : resolve(input)
}

function stepsOf(input: StepsInput): readonly StepInput[] {
  if (typeof input === 'string') return [{ call: input }]
  return Array.isArray(input) ? input : [input]
}

function resolveOperation(spec: Spec, input: StepsInput): OperationModel {
  return {
    kind: 'operation',
    steps: stepsOf(input).map((step, index) => resolveStep(step, new CallSites(spec, index > 0))),
  }
}

function resolveVerify(spec: Spec, input: StepsInput): VerifyModel {
  const steps = stepsOf(input)
  return {
    kind: 'verify',
    calls: steps.map((step, index) => resolveCall(step, new CallSites(spec, index > 0, 'verify'))),
    description: steps.find(({ description }) => description !== undefined)?.description,
  }
}

function asInfo(input: string | InfoInput): InfoInput {
  if (typeof input === 'string') throw new Error('an info without a state reached the model')
  return input
}
