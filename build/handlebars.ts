// In: an import of a `.hbs` file. Out: a module whose default export renders it, precompiled, with the small Handlebars runtime.
import { readFile } from 'node:fs/promises'
import Handlebars from 'handlebars'

/** A plugin for both the bundler and the test runner, so that each sees the same precompiled templates. */
export function handlebarsTemplates() {
  return {
    name: 'handlebars-templates',
    async load(id: string) {
      if (!id.endsWith('.hbs')) return null
      const source = await readFile(id, 'utf8')
      const compiled = Handlebars.precompile(source, {
        strict: true,
        noEscape: true,
        knownHelpers: { each: true, if: true, unless: true },
        knownHelpersOnly: true,
      })
      const code = String(compiled)
      return {
        code: `import Handlebars from 'handlebars/runtime.js'\nexport default Handlebars.template(${code})\n`,
        map: { mappings: '' as const },
        moduleType: 'js' as const,
      }
    },
  }
}
