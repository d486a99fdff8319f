// In: a template's blocks. Out: which of its locals hold a secret, directly or through other locals.
import type { JsonObject } from '../json.js'
import { type FindPlace, labelIn } from './path.js'
import { mapTexts, referencesIn } from './texts.js'

/** The locals that refer to secret variables, each with all the secrets that it comes to hold; locals may refer in circles. */
export function secretLocals(
  blocks: JsonObject,
  secrets: ReadonlySet<string>,
  find?: FindPlace,
): ReadonlyMap<string, ReadonlySet<string>> {
  const held = new Map<string, Set<string>>()
  const users = new Map<string, Set<string>>()
  mapTexts(onlyLocals(blocks), (text) => {
    const local = labelIn(text.path) ?? ''
    for (const { root, name } of referencesIn(text, find)) {
      if (name === undefined) continue
      if (root === 'var' && secrets.has(name)) addTo(held, local, name)
      if (root === 'local') addTo(users, name, local)
    }
    return text.text
  })

  const pending = [...held.keys()]
  for (let local = pending.pop(); local !== undefined; local = pending.pop()) {
    for (const user of users.get(local) ?? []) {
      const before = held.get(user)?.size ?? 0
      for (const secret of held.get(local) ?? []) addTo(held, user, secret)
      if ((held.get(user)?.size ?? 0) > before) pending.push(user)
    }
  }
  return held
}

function onlyLocals(blocks: JsonObject): JsonObject {
  const { locals } = blocks
  return locals === undefined ? {} : { locals }
}

function addTo(sets: Map<string, Set<string>>, key: string, item: string): void {
  const set = sets.get(key)
  if (set === undefined) sets.set(key, new Set([item]))
  else set.add(item)
}
