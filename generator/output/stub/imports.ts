// In: an author's file and the names that a stub needs. Out: the import lines that it lacks, and where they go.
import { Node, type SourceFile, ts } from 'ts-morph'
import type { StubImport } from '../output-file.js'
import type { Insertion } from './insert-stubs.js'
import { importLines, styleOf } from './text-style.js'

/** The insertions that bring the names in, or why they cannot be brought in. */
export function planImports(
  file: SourceFile,
  imports: readonly StubImport[],
): { insertions: readonly Insertion[] } | { why: string } {
  const missing: StubImport[] = []
  for (const wanted of imports) {
    const has = bindingOf(file, wanted.name)
    if (has === undefined) missing.push(wanted)
    else if (has === 'local') return { why: `${wanted.name} means something else in the file` }
    else if (has === 'type' && !wanted.typeOnly) return { why: `${wanted.name} is imported as a type only` }
  }
  if (missing.length === 0) return { insertions: [] }
  const text = file.getFullText()
  const style = styleOf(text)
  const lines = importLines(missing, style)
  const last = file.getImportDeclarations().at(-1)
  if (last === undefined) {
    return { insertions: [{ at: topOf(file, text), text: lines.join(style.eol) + style.eol + style.eol }] }
  }
  const end = ts.getTrailingCommentRanges(text, last.getEnd())?.at(-1)?.end ?? last.getEnd()
  const rest = /^[^\r\n]*/.exec(text.slice(end))?.[0] ?? ''
  const alone = rest.trim() === ''
  const added = lines.map((line) => style.eol + line).join('')
  return { insertions: [alone ? { at: end + rest.length, text: added } : { at: end, text: added + style.eol }] }
}

/** What a name is in the file already. */
function bindingOf(file: SourceFile, name: string): 'value' | 'type' | 'local' | undefined {
  for (const declaration of file.getImportDeclarations()) {
    const whole = declaration.isTypeOnly() ? 'type' : 'value'
    if (declaration.getDefaultImport()?.getText() === name) return whole
    if (declaration.getNamespaceImport()?.getText() === name) return whole
    for (const specifier of declaration.getNamedImports()) {
      const local = specifier.getAliasNode()?.getText() ?? specifier.getName()
      if (local === name) return specifier.isTypeOnly() ? 'type' : whole
    }
  }
  return file.getStatements().some((statement) => declares(statement, name)) ? 'local' : undefined
}

function declares(statement: Node, name: string): boolean {
  if (Node.isVariableStatement(statement)) {
    return statement.getDeclarations().some((declaration) => declaration.getName() === name)
  }
  if (Node.isImportEqualsDeclaration(statement)) return statement.getName() === name
  return Node.hasName(statement) || Node.isClassDeclaration(statement) || Node.isFunctionDeclaration(statement)
    ? statement.getName() === name
    : false
}

/** Before the first statement and what documents it; after the file's own head, which may hold instructions. */
function topOf(file: SourceFile, text: string): number {
  const statement = file.getStatements().find((candidate) => !isDirective(candidate))
  if (statement === undefined) return text.length
  const comment = ts.getLeadingCommentRanges(text, statement.getPos())?.at(-1)
  return comment && text.startsWith('/**', comment.pos) ? comment.pos : statement.getStart()
}

function isDirective(statement: Node): boolean {
  return Node.isExpressionStatement(statement) && Node.isStringLiteral(statement.getExpression())
}
