// In: an author's file and a module. Out: the names that the file takes from the module, as that gives them.
import { parse } from './parse.js'

/** The names in imports and exports; nothing where the file does not parse. */
export function namesFrom(source: string, module: string): ReadonlySet<string> | undefined {
  const file = parse(source.replace(/^\uFEFF/, ''))
  if (file === undefined) return undefined
  const specifiers = [
    ...file.getImportDeclarations().map((one) => ({ one, names: one.getNamedImports() })),
    ...file.getExportDeclarations().map((one) => ({ one, names: one.getNamedExports() })),
  ]
  return new Set(
    specifiers.flatMap(({ one, names }) =>
      one.getModuleSpecifierValue() === module ? names.map((name) => name.getName()) : [],
    ),
  )
}
