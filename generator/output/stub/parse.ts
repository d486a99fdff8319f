// In: the text of a file in TypeScript. Out: its tree, where it has one.
import { Project, type SourceFile } from 'ts-morph'

/** Reads a file by itself; nothing where it does not parse. */
export function parse(text: string): SourceFile | undefined {
  const project = new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    skipFileDependencyResolution: true,
    compilerOptions: { noResolve: true },
  })
  const file = project.createSourceFile('/author.ts', text)
  return project.getProgram().getSyntacticDiagnostics(file).length === 0 ? file : undefined
}
