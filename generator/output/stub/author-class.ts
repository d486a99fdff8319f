// In: an author's file. Out: the class in it that extends the generated one, what that class has, and where a member can go.
import { type ClassDeclaration, type ClassExpression, Node, type SourceFile, SyntaxKind } from 'ts-morph'
import type { Stub } from '../output-file.js'
import { styleOf } from './text-style.js'

type AuthorClass = ClassDeclaration | ClassExpression

/** The author's class, and the names of all instance members that it has or inherits from classes in the file. */
export interface FoundClass {
  node: AuthorClass
  members: ReadonlySet<string>
}

/** Why no class was chosen, and which members the nearest candidate has. */
export interface NoClass {
  why: string
  members?: ReadonlySet<string>
}

/**
 * Finds the class that a stub belongs in: the one that the file gives under the expected name, or else the only one that
 * extends the generated class.
 */
export function findClass(file: SourceFile, stub: Pick<Stub, 'className' | 'baseName'>): FoundClass | NoClass {
  const bases = localNames(file, stub.baseName)
  const named = namedClass(file, stub.className)
  const line = named && lineageOf(file, named, bases, stub.baseName)
  if (named && line?.reachesBase && !line.leaves) return { node: named, members: line.members }

  const extending = allClasses(file)
    .map((node) => ({ node, ...lineageOf(file, node, bases, stub.baseName) }))
    .filter((candidate) => candidate.direct && !candidate.leaves)
  const outside = extending.filter(({ node }) => isGivenOut(node))
  const [only, second] = extending.length > 1 ? outside : extending
  if (only && second === undefined) return only
  if (extending.length > 1) return { why: `several classes in the file extend ${stub.baseName}` }
  if (named && line) {
    return { why: `${stub.className} does not extend ${stub.baseName} in this file`, members: line.members }
  }
  return { why: `no class in the file extends ${stub.baseName}` }
}

/** Whether the class has a member of that name, in whatever form. */
export function hasMember(found: FoundClass, member: string): boolean {
  return found.members.has(member)
}

/** The names of the instance members of all classes in a file. */
export function membersOfAll(file: SourceFile): string[] {
  return allClasses(file).flatMap(memberNames)
}

/** Where a member goes: behind the last one, in front of the brace. */
export interface InsertionPoint {
  at: number
  indent: string
  /** The class has neither members nor comments. */
  empty: boolean
  /** The brace stands on the line of what is before it: it moves to its own line, with this indentation. */
  closing?: string
}

/** Finds where in a class a member can be inserted. */
export function insertionPoint({ node }: FoundClass, text: string): InsertionPoint {
  const close = node.getEnd() - 1
  const open = node.getFirstChildByKindOrThrow(SyntaxKind.OpenBraceToken).getEnd()
  const body = text.slice(open, close)
  const filled = body.trimEnd()
  const empty = filled === ''
  const outer = indentationAt(text, lineStartsAt(text, close) ? close : node.getStart())
  const first = node.getMembers().find((member) => lineStartsAt(text, member.getStart()))
  const indent = first ? indentationAt(text, first.getStart()) : outer + styleOf(text).step
  const at = open + filled.length
  return /[\r\n]/.test(text.slice(at, close)) ? { at, indent, empty } : { at: close, indent, empty, closing: outer }
}

function lineStartsAt(text: string, position: number): boolean {
  return /(?:^|[\r\n])[ \t]*$/.test(text.slice(0, position))
}

function indentationAt(text: string, position: number): string {
  const start = Math.max(text.lastIndexOf('\n', position - 1), text.lastIndexOf('\r', position - 1)) + 1
  return /^[ \t]*/.exec(text.slice(start, position))?.[0] ?? ''
}

/** Under which names the file imports the generated class. */
function localNames(file: SourceFile, baseName: string): Set<string> {
  const names = new Set([baseName])
  for (const specifier of file.getImportDeclarations().flatMap((declaration) => declaration.getNamedImports())) {
    const alias = specifier.getAliasNode()
    if (alias && specifier.getName() === baseName) names.add(alias.getText())
  }
  return names
}

/** All classes in a file, wherever they stand. */
export function allClasses(file: SourceFile): AuthorClass[] {
  return [
    ...file.getDescendantsOfKind(SyntaxKind.ClassDeclaration),
    ...file.getDescendantsOfKind(SyntaxKind.ClassExpression),
  ]
}

/** The class that other files get under a name. */
function namedClass(file: SourceFile, name: string): AuthorClass | undefined {
  const own = file
    .getExportDeclarations()
    .filter((declaration) => !declaration.hasModuleSpecifier())
    .flatMap((declaration) => declaration.getNamedExports())
    .find((specifier) => specifier.getAliasNode()?.getText() === name)
  const [only, second] = classesOf(file, own?.getName() ?? name)
  return second === undefined ? only : undefined
}

/** The classes that a top-level name stands for: itself, or those in what a variable or a function is made of. */
function classesOf(file: SourceFile, name: string): AuthorClass[] {
  const declared = file.getClass(name)
  if (declared) return [declared]
  const maker = file.getVariableDeclaration(name)?.getInitializer() ?? file.getFunction(name)
  if (maker === undefined) return []
  if (Node.isIdentifier(maker) && maker.getText() !== name) return classesOf(file, maker.getText())
  const within = [
    ...maker.getDescendantsOfKind(SyntaxKind.ClassExpression),
    ...maker.getDescendantsOfKind(SyntaxKind.ClassDeclaration),
  ]
  return Node.isClassExpression(maker) ? [maker, ...within] : within
}

function isGivenOut(node: AuthorClass): boolean {
  const statement = node.getFirstAncestorByKind(SyntaxKind.VariableStatement)
  return Node.isClassDeclaration(node) ? node.isExported() : (statement?.isExported() ?? false)
}

interface Lineage {
  members: ReadonlySet<string>
  /** The class itself names the generated one. */
  direct: boolean
  reachesBase: boolean
  /** Something from another file stands between: what it has cannot be known from here. */
  leaves: boolean
}

/** What a class has and inherits, as far as the file tells. */
function lineageOf(file: SourceFile, node: AuthorClass, bases: ReadonlySet<string>, baseName: string): Lineage {
  const imported = importedNames(file)
  const members = new Set<string>()
  const seen = new Set<AuthorClass>()
  const open: AuthorClass[] = [node]
  let direct = false
  let reachesBase = false
  let leaves = false
  for (let current = open.pop(); current; current = open.pop()) {
    if (seen.has(current)) continue
    seen.add(current)
    for (const name of memberNames(current)) members.add(name)
    for (const parent of parentsOf(current)) {
      if (bases.has(parent) || parent.endsWith(`.${baseName}`)) {
        reachesBase = true
        direct ||= current === node
      } else if (imported.has(parent.split('.')[0] ?? parent)) leaves = true
      else open.push(...classesOf(file, parent))
    }
  }
  return { members, direct, reachesBase, leaves }
}

function importedNames(file: SourceFile): Set<string> {
  const names = new Set<string>()
  for (const declaration of file.getImportDeclarations()) {
    const single = declaration.getDefaultImport() ?? declaration.getNamespaceImport()
    if (single) names.add(single.getText())
    for (const named of declaration.getNamedImports()) names.add(named.getAliasNode()?.getText() ?? named.getName())
  }
  return names
}

/** The names in what a class extends, each with its qualifiers: 'Base', 'gen.Base', and all of 'mixin(Base)'. */
function parentsOf(node: AuthorClass): string[] {
  const expression = node.getExtends()?.getExpression()
  if (expression === undefined) return []
  const names: string[] = []
  const visit = (part: Node): void => {
    if (Node.isIdentifier(part) || Node.isPropertyAccessExpression(part)) names.push(part.getText().replace(/\s/g, ''))
    else part.forEachChild(visit)
  }
  visit(expression)
  return names
}

function memberNames(node: AuthorClass): string[] {
  const names: string[] = []
  for (const member of node.getMembers()) {
    if (Node.isConstructorDeclaration(member)) {
      names.push(
        ...member
          .getParameters()
          .filter((one) => one.isParameterProperty())
          .map((one) => one.getName()),
      )
    } else if (Node.isStaticable(member) && !member.isStatic()) {
      names.push(writtenName(member))
    }
  }
  return names
}

function writtenName(member: Node): string {
  const name = Node.isPropertyNamed(member) ? member.getNameNode() : undefined
  if (name === undefined) return ''
  const literal = Node.isComputedPropertyName(name) ? name.getExpression() : name
  return Node.isStringLiteral(literal) || Node.isNoSubstitutionTemplateLiteral(literal)
    ? literal.getLiteralText()
    : literal.getText()
}
