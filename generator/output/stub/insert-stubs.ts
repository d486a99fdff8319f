// In: an author's file and the methods that its class must have. Out: the file with their stubs, not one other byte changed.
import type { SourceFile } from 'ts-morph'
import type { Stub } from '../output-file.js'
import { findClass, hasMember, insertionPoint, membersOfAll } from './author-class.js'
import { planImports } from './imports.js'
import { parse } from './parse.js'
import { importLines, indent, styleOf } from './text-style.js'

/** A piece of text, and where it goes. */
export interface Insertion {
  at: number
  text: string
}

export interface StubInsertion {
  /** The file with what could be inserted. */
  text: string
  /** Those that were. */
  inserted?: readonly Stub[]
  /** What could not, and why. */
  refused?: RefusedStubs
}

export interface RefusedStubs {
  stubs: readonly Stub[]
  /** As a clause: 'the file does not parse'. */
  why: string
  /** What the author can paste. */
  snippet: string
}

export interface InsertOptions {
  /** Why nothing may be written to the file, whatever it lacks. */
  hindrance?: string | undefined
  /** The text of a module that the file takes something from, as it is written in the import; nothing where it is not to be had. */
  read?: (module: string) => string | undefined
}

/**
 * Inserts stubs at the end of the author's class, and the imports that they need. What the class has already, in whatever
 * form, is left out, and so is what a class beside the file has, where the file's own is not the whole of it. Where it is
 * not plain what to do, nothing is done, and the reason is given with the source.
 *
 * @param source the file's text, a byte order mark included
 */
export function insertStubs(
  source: string,
  stubs: readonly Stub[],
  { hindrance, read = () => undefined }: InsertOptions = {},
): StubInsertion {
  const refuse = (lacking: readonly Stub[], why: string) => refuseStubs(source, lacking, hindrance ?? why)
  const mark = source.startsWith('\uFEFF') ? '\uFEFF' : ''
  const text = source.slice(mark.length)
  const file = parse(text)
  if (file === undefined) return refuse(stubs, 'the file does not parse')

  const missing: Stub[] = []
  const insertions: Insertion[] = []
  for (const group of byClass(stubs)) {
    const found = findClass(file, group[0])
    if ('why' in found) {
      const beside = membersBeside(file, read)
      const lacking = group.filter(({ member }) => !found.members?.has(member) && !beside.has(member))
      if (lacking.length === 0) continue
      return refuse(lacking, found.why)
    }
    const wanted = group.filter((stub) => !hasMember(found, stub.member))
    missing.push(...wanted)
    if (wanted.length > 0) insertions.push(membersInsertion(found, text, wanted))
  }
  if (missing.length === 0) return { text: source }
  if (hindrance !== undefined) return refuse(missing, hindrance)

  const imports = planImports(
    file,
    missing.flatMap((stub) => stub.imports),
  )
  if ('why' in imports) return refuse(missing, imports.why)
  const result = applyInsertions(text, [...imports.insertions, ...insertions])
  if (!holdsStubs(result, missing)) return refuse(missing, 'no place for it was found')
  return { text: mark + result, inserted: missing }
}

/** Nothing inserted, and what the author can do. */
function refuseStubs(text: string, stubs: readonly Stub[], why: string): StubInsertion {
  const style = styleOf('')
  const imports = importLines(
    stubs.flatMap((stub) => stub.imports),
    style,
  )
  const members = stubs.map((stub) => indent(stub.text, '  ', style))
  const classes = [...new Set(stubs.map((stub) => stub.className))]
  const snippet = [...imports, `// in class ${classes.join(', ')}:`, members.join('\n\n')].join('\n')
  return { text, refused: { stubs, why, snippet } }
}

/** What the classes have that stand in the files beside this one from which it takes something. */
function membersBeside(file: SourceFile, read: (module: string) => string | undefined): ReadonlySet<string> {
  const modules = [...file.getImportDeclarations(), ...file.getExportDeclarations()].flatMap(
    (declaration) => declaration.getModuleSpecifierValue() ?? [],
  )
  return new Set(
    modules.flatMap((module) => {
      const beside = parse(read(module) ?? '')
      return beside ? membersOfAll(beside) : []
    }),
  )
}

function byClass(stubs: readonly Stub[]): [Stub, ...Stub[]][] {
  const groups = new Map<string, [Stub, ...Stub[]]>()
  for (const stub of stubs) {
    const group = groups.get(stub.className)
    if (group) group.push(stub)
    else groups.set(stub.className, [stub])
  }
  return [...groups.values()]
}

function membersInsertion(
  found: Parameters<typeof insertionPoint>[0],
  text: string,
  stubs: readonly Stub[],
): Insertion {
  const point = insertionPoint(found, text)
  const style = styleOf(text)
  const members = stubs.map((stub) => indent(stub.text, point.indent, style)).join(style.eol + style.eol)
  const before = point.empty ? style.eol : style.eol + style.eol
  return { at: point.at, text: before + members + (point.closing === undefined ? '' : style.eol + point.closing) }
}

/** The insertions made from the last to the first, so that none moves the place of another. */
function applyInsertions(text: string, insertions: readonly Insertion[]): string {
  return [...insertions]
    .sort((a, b) => b.at - a.at)
    .reduce((result, { at, text: piece }) => result.slice(0, at) + piece + result.slice(at), text)
}

/** Reads the result as the compiler will: a stub that became part of what stands before it is none. */
function holdsStubs(text: string, stubs: readonly Stub[]): boolean {
  const file = parse(text)
  if (file === undefined) return false
  return byClass(stubs).every((group) => {
    const found = findClass(file, group[0])
    return !('why' in found) && group.every((stub) => hasMember(found, stub.member))
  })
}
