// In: instances of a resource. Out: the text of a state file with them.
import type { JsonObject } from '../../runtime/json.js'

/** A state of `acme_vm.web`. */
export function vmState(instances: readonly JsonObject[], resource: JsonObject = {}): string {
  const web = { mode: 'managed', type: 'acme_vm', name: 'web', ...resource, instances: [...instances] }
  return JSON.stringify({ version: 4, resources: [web] })
}
