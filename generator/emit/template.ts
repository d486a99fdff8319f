// The templates, precompiled by build/handlebars.ts, which with this file is the home of handlebars.
import api from './templates/api.gen.ts.hbs'
import index from './templates/index.ts.hbs'
import lifeTest from './templates/life.gen.test.ts.hbs'
import machineGen from './templates/machine.gen.ts.hbs'
import machine from './templates/machine.ts.hbs'
import readme from './templates/README.md.hbs'
import schemaGen from './templates/schema.gen.ts.hbs'
import stackGen from './templates/stack.gen.ts.hbs'
import stack from './templates/stack.ts.hbs'

/** Each file's template, by the file that it makes. */
export const templates = {
  'index.ts': index,
  'schema.gen.ts': schemaGen,
  'stack.gen.ts': stackGen,
  'machine.gen.ts': machineGen,
  'api.gen.ts': api,
  'stack.ts': stack,
  'machine.ts': machine,
  'life.gen.test.ts': lifeTest,
  'README.md': readme,
} as const

/** Renders a template with its view: a plain object that has every key the template names. */
export function render(file: keyof typeof templates, view: object): string {
  return templates[file](view)
}
