// In: an import of a `.hbs` file. Out: a module whose default export renders it, precompiled, with the small Handlebars runtime.
import { readFile } from 'node:fs/promises'
import Handlebars from 'handlebars'

/** The helpers that templates use. Handlebars wraps each of its own anew whenever a template is rendered. */
const helpers = ['each', 'if', 'unless']

/** What renders the templates: an environment with those helpers alone. */
const environment = 'virtual:handlebars-environment'
const environmentCode = `
  import Handlebars from 'handlebars/runtime.js'
  const environment = Handlebars.create()
  for (const name of Object.keys(environment.helpers))
    if (!${JSON.stringify(helpers)}.includes(name)) environment.unregisterHelper(name)
  export const template = environment.template
`

/** A plugin for both the bundler and the test runner, so that each sees the same precompiled templates. */
export function handlebarsTemplates() {
  return {
    name: 'handlebars-templates',
    resolveId: (id: string) => (id === environment ? `\0${environment}` : null),
    async load(id: string) {
      if (id === `\0${environment}`) return { code: environmentCode, moduleType: 'js' as const }
      if (!id.endsWith('.hbs')) return null
      const source = await readFile(id, 'utf8')
      const compiled = Handlebars.precompile(source, {
        strict: true,
        noEscape: true,
        knownHelpers: Object.fromEntries(helpers.map((name) => [name, true])),
        knownHelpersOnly: true,
      })
      const code = String(compiled)
      return {
        code: `import { template } from '${environment}'\nexport default template(${code})\n`,
        map: { mappings: '' as const },
        moduleType: 'js' as const,
      }
    },
  }
}
