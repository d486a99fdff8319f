// In: an author's file and stubs that the spec no longer asks for. Out: which of them it has, untouched or written.
import { Node, type SourceFile } from 'ts-morph'
import type { Stub } from '../output-file.js'
import { allClasses, membersOfAll } from './author-class.js'
import { bareText } from './bare-text.js'
import { parse } from './parse.js'

export interface KeptMembers {
  /** Ids of the stubs whose bodies are as they were given, whoever formatted them. */
  untouched: ReadonlySet<string>
  /** Ids of those in whose place the author has something else. */
  written: ReadonlySet<string>
}

/** Tells what has become of stubs. In a file that does not parse all are taken for untouched: the next run tells. */
export function keptMembers(source: string, stubs: readonly Stub[]): KeptMembers {
  const file = parse(source.replace(/^\uFEFF/, ''))
  if (file === undefined) return { untouched: new Set(stubs.map(({ id }) => id)), written: new Set() }
  const members = new Set(membersOfAll(file))
  const there = stubs.filter(({ member }) => members.has(member))
  const untouched = there.filter((stub) => {
    const [given] = bodiesOf(parse(`class Given {\n${stub.text}\n}`), stub.member)
    return given !== undefined && bodiesOf(file, stub.member).includes(given)
  })
  const written = there.filter((stub) => !untouched.includes(stub))
  return { untouched: new Set(untouched.map(({ id }) => id)), written: new Set(written.map(({ id }) => id)) }
}

/** The statements of all methods of a name, without what a formatter or a comment changes. */
function bodiesOf(file: SourceFile | undefined, member: string): string[] {
  if (file === undefined) return []
  return allClasses(file).flatMap((node) => {
    const body = node.getInstanceMethod(member)?.getBody()
    if (!Node.isBlock(body)) return []
    return body
      .getStatements()
      .map((statement) => bareText(statement.getText()))
      .join('\n')
  })
}
