// In: a template's blocks. Out: a warning for each place that can read what Terraform itself is given, the secrets among it.
import { isObject, type JsonObject, type JsonValue } from '../json.js'
import { nameOf } from '../template/path.js'

/** Nobody can keep a program from its own environment: the user is told, and decides whose templates to apply. */
const reach = 'where Terraform runs, and can read its secrets: apply it only if you trust who wrote it'

/** Programs that Terraform starts (`local-exec`, `data.external`), and files of `/proc`, which have its environment. */
export function reachWarnings(blocks: JsonObject): string[] {
  const external = isObject(blocks.data) && isObject(blocks.data.external) ? Object.keys(blocks.data.external) : []
  const found = external.map((name) => `data.external.${name} runs a program ${reach}`)
  look(blocks, [], found)
  return found
}

function look(value: JsonValue, path: (string | number)[], found: string[]): void {
  if (typeof value === 'string') {
    if (value.includes('/proc') && readsProcesses.test(value))
      found.push(`${nameOf(path)} reads a file of /proc ${reach}`)
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, entry] of Object.entries(value)) {
      path.push(Array.isArray(value) ? Number(key) : key)
      if (key === 'local-exec' && path.includes('provisioner')) found.push(`${nameOf(path)} runs a program ${reach}`)
      look(entry, path, found)
      path.pop()
    }
  }
}

const readsProcesses = /[$%]\{[\s\S]*\b(?:templatefile|file\w*)\s*\(\s*"\/+proc\b/
