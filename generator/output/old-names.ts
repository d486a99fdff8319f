// In: an author's file and the generated class that it extends. Out: names that the class had in earlier runs and that the file still uses.
import type { BaseClass } from './output-file.js'

/** A name that no generated file gives any more. */
export interface OldName {
  name: string
  /** The module beside the author's file that uses it; nothing where the file does itself. */
  beside?: string
}

/**
 * Looks for the names that a class had before its spec gave it another, in the author's file and in those beside it from which
 * that takes something.
 *
 * @param read the text of a module, as it is written in the import; nothing where it is not to be had
 */
export async function findOldNames(
  text: string,
  base: BaseClass,
  read: (module: string) => string | undefined,
): Promise<OldName[]> {
  const names: OldName[] = (await namesTaken(text, base)).map((name) => ({ name }))
  for (const module of new Set(modulesOf(text))) {
    for (const name of await namesTaken(read(module) ?? '', base)) names.push({ name, beside: module })
  }
  return names
}

/** The file with the new name in the place of the old ones; nothing where it has none of those. */
export function withNewName(text: string, base: BaseClass): string | undefined {
  const old = mentioned(text, base)
  if (old.length === 0) return undefined
  return old.reduce((result, name) => result.replace(new RegExp(`\\b${name}\\b`, 'g'), base.name), text)
}

/** What to do about a name, as a sentence. */
export function whyOld({ name, beside }: OldName, base: BaseClass, spec: string): string {
  const where = beside?.replace(/^\.\//, '').replace(/\.([cm]?)js$/, '.$1ts') ?? 'it'
  return `${spec} now calls the class ${base.name}: write that where ${where} says ${name}, then generate`
}

/** Those that an import or an export takes from the generated file; in a file that does not parse, those that seem to. */
async function namesTaken(text: string, base: BaseClass): Promise<readonly string[]> {
  const seeming = mentioned(text, base)
  if (seeming.length === 0) return []
  const { namesFrom } = await import('./stub/names-from.js')
  const taken = namesFrom(text, base.from)
  return taken ? seeming.filter((name) => taken.has(name)) : seeming
}

/** To look for them in a text is quicker than to parse that. */
function mentioned(text: string, { name, from, ending }: BaseClass): string[] {
  const lists = text.matchAll(/\{([^{}]*)\}\s*from\s*(["'])([^"'\r\n]+)\2/g)
  const words = [...lists].flatMap(([, list = '', , module]) => (module === from ? list.split(/\W+/) : []))
  return [...new Set(words)].filter((word) => word !== name && word !== ending && word.endsWith(ending))
}

function modulesOf(text: string): string[] {
  return [...text.matchAll(/\bfrom\s*(["'])(\.\.?\/[^"'\r\n]+)\1/g)].map(([, , module = '']) => module)
}
