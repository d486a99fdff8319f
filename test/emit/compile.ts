// In: TypeScript files, on disk or only in memory. Out: what the compiler says of them, under the strictest settings.
import { resolve } from 'node:path'
import ts from 'typescript'

const project = resolve(import.meta.dirname, '../..')

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  lib: ['lib.es2023.d.ts'],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: ['node'],
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  verbatimModuleSyntax: true,
  erasableSyntaxOnly: true,
  noImplicitOverride: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  isolatedModules: true,
  skipLibCheck: true,
  noEmit: true,
  allowImportingTsExtensions: true,
  paths: { 'kloud-gen/runtime': [resolve(project, 'runtime/index.ts')] },
}

/**
 * Compiles files together.
 *
 * @param files absolute paths; those with a text need not be on disk
 * @returns the faults in those files, a line each
 */
export function compile(files: ReadonlyMap<string, string | undefined>): string[] {
  const host = ts.createCompilerHost(options)
  const { fileExists, readFile } = host
  host.fileExists = (path) => files.has(path) || fileExists(path)
  host.readFile = (path) => files.get(path) ?? readFile(path)
  host.getCurrentDirectory = () => project
  delete host.directoryExists
  const roots = [...files.keys()].filter((path) => path.endsWith('.ts'))
  const program = ts.createProgram(roots, options, host)
  return roots.flatMap((path) => {
    const source = program.getSourceFile(path)
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
    return found.map((fault) => describeFault(path, fault))
  })
}

function describeFault(path: string, { file, start, messageText }: ts.Diagnostic): string {
  const line = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line + 1 : 0
  return `${path.replace(`${project}/`, '')}:${line} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`
}

/** What a file does: every node of its syntax in order, with its names, and with all literals and keys alike. */
export function shapeOf(text: string): string[] {
  const source = ts.createSourceFile('x.ts', text, ts.ScriptTarget.ES2023, true)
  const shape: string[] = []
  const visit = (node: ts.Node): void => {
    const isKey = ts.isPropertyAssignment(node.parent) && node.parent.name === node
    const name = ts.isIdentifier(node) && !isKey ? ` ${node.text}` : ''
    shape.push(isKey || ts.isStringLiteral(node) ? 'text' : ts.SyntaxKind[node.kind] + name)
    ts.forEachChild(node, visit)
  }
  ts.forEachChild(source, visit)
  return shape
}
