// In: the text of Terraform's state. Out: its outputs.
import { isObject, type JsonValue } from '../json.js'
import { readOutputs, type StateOutput } from '../terraform/state.js'

/** Outputs by name; sensitive ones in clear, and marked. */
export function outputsIn(state: string | undefined): Record<string, StateOutput> {
  if (state === undefined) return {}
  const json: JsonValue = JSON.parse(state)
  return isObject(json) ? readOutputs(json.outputs ?? {}) : {}
}
