// In: a template, and the folder that its modules are told from. Out: the templates of its local modules, and of theirs.
import { realpath } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { JsonObject } from '../json.js'
import { readTemplate } from '../template/read.js'
import { blocks, named } from './plugin/addresses.js'

/**
 * Modules of a registry or of git are not among them: Terraform fetches those. What cannot be read is left out, for Terraform to say what
 * is wrong with it.
 */
export async function localModules(template: JsonObject, folder: string): Promise<JsonObject[]> {
  const seen = new Set<string>()
  const modulesOf = async (of: JsonObject, base: string): Promise<JsonObject[]> => {
    const found: JsonObject[] = []
    for (const source of localSources(of)) {
      const path = await realpath(resolve(base, source)).catch(() => undefined)
      // One that calls itself, by way of others say, Terraform refuses.
      if (path === undefined || seen.has(path)) continue
      seen.add(path)
      const read = await readTemplate(path).catch(() => undefined)
      if (read !== undefined) found.push(read.blocks, ...(await modulesOf(read.blocks, path)))
    }
    return found
  }
  return template.module === undefined ? [] : modulesOf(template, await realpath(folder).catch(() => folder))
}

function localSources({ module }: JsonObject): string[] {
  const bodies = named(module).flatMap(([, body]) => blocks(body))
  return bodies.flatMap(({ source }) =>
    typeof source === 'string' && /^\.\.?(?:[/\\]|$)/.test(source) ? [source] : [],
  )
}
