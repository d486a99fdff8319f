// In: a stack's template. Out: nothing, or the error that it would keep its state elsewhere than in the store.
import { inputError } from '../errors.js'
import { isObject, type JsonObject } from '../json.js'
import type { FindPlace } from '../template/path.js'

/**
 * A stack is known by the state in Kloud's store: with a `backend` or a `cloud` block there would be none, and what Terraform makes would be
 * forgotten at once.
 *
 * @throws KloudError (input) at the block
 */
export function refuseBackend({ terraform }: JsonObject, find?: FindPlace): void {
  const block = ['backend', 'cloud'].find((name) => isObject(terraform) && Object.hasOwn(terraform, name))
  if (block === undefined) return
  throw inputError(`terraform.${block}: the state of a stack is kept in Kloud's own store, encrypted`, {
    ...find?.(['terraform', block]),
    hint: `take the ${block} block out of the template`,
  })
}
