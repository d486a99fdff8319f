// In: what the HCL library makes of a file, and the file's blocks. Out: the same with provisioners in the order in which they run.
import { isObject, type JsonObject, type JsonValue } from '../../json.js'
import type { HclBlock, HclItem } from './hcl-body.js'
import { childOf } from './json.js'

/** The library gathers provisioners by their kind; Terraform runs them one after the other as they were written. */
export function keepProvisionerOrder(value: JsonObject, items: readonly HclItem[]): void {
  const seen = new Map<string, number>()
  for (const item of items) {
    if (item.kind !== 'block') continue
    const path = [item.type, ...item.labels]
    const index = seen.get(path.join('\0')) ?? 0
    seen.set(path.join('\0'), index + 1)
    const provisioners = item.body.flatMap((inner) =>
      inner.kind === 'block' && inner.type === 'provisioner' ? [inner] : [],
    )
    if (provisioners.length < 2) continue
    const body = [...path, index].reduce<JsonValue | undefined>(childOf, value)
    if (isObject(body)) body.provisioner = inOrder(body.provisioner, provisioners)
  }
}

function inOrder(byKind: JsonValue | undefined, provisioners: readonly HclBlock[]): JsonValue[] {
  const next = new Map<string, number>()
  return provisioners.map(({ labels: [kind = ''] }) => {
    const index = next.get(kind) ?? 0
    next.set(kind, index + 1)
    return { [kind]: childOf(childOf(byKind, kind), index) ?? {} }
  })
}
