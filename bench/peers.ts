// Measures peers on the same number of properties as our 200 specs have, in one run with `kloud-gen`. They are installed for this, here.
// Run it with: npm run bench:peers
import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Command, measure, printTable } from './measure.js'
import { forgetGenerated, syntheticProject } from './synthetic.js'

const work = fileURLToPath(new URL('./.work', import.meta.url))
const bin = fileURLToPath(new URL('../dist/kloud-gen.cjs', import.meta.url))
const tools = join(work, 'tools')
const count = 200
const propertiesEach = 30

/** The newest of each that runs on Node 20. */
const packages = [
  'openapi-typescript@7.13.0',
  'json-schema-to-typescript@16.0.0',
  'orval@7.13.2',
  '@cdktn/provider-generator@0.24.0',
  'plop@4.0.5',
  'hygen@6.2.11',
  'typescript@5.9.3',
]

rmSync(work, { recursive: true, force: true })
mkdirSync(tools, { recursive: true })
writeFileSync(join(tools, 'package.json'), '{ "private": true, "type": "module" }\n')
execFileSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', ...packages], {
  cwd: tools,
  stdio: 'inherit',
})

const properties = Object.fromEntries(
  Array.from({ length: propertiesEach }, (_, index) => [
    `field_${index}`,
    [
      { type: 'integer' },
      { type: 'string', enum: ['a', 'b'] },
      { type: 'string', description: 'A text of some length.' },
    ][index % 3],
  ]),
)
const schemas = Object.fromEntries(
  Array.from({ length: count }, (_, index) => [
    `Cloud${index}`,
    { type: 'object', properties, additionalProperties: false },
  ]),
)
const openApi = {
  openapi: '3.0.3',
  info: { title: 'Clouds', version: '1' },
  paths: Object.fromEntries(
    Object.keys(schemas).map((name) => [
      `/${name}`,
      {
        get: {
          operationId: `get${name}`,
          responses: {
            200: {
              description: 'ok',
              content: { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } },
            },
          },
        },
      },
    ]),
  ),
  components: { schemas },
}
writeFileSync(join(tools, 'openapi.json'), JSON.stringify(openApi))
mkdirSync(join(tools, 'schemas'))
for (const [name, schema] of Object.entries(schemas)) {
  writeFileSync(join(tools, 'schemas', `${name}.json`), JSON.stringify({ title: name, ...schema }))
}
const resource = {
  version: 0,
  block: {
    attributes: Object.fromEntries(
      Array.from({ length: propertiesEach }, (_, index) => [
        `field_${index}`,
        { type: index % 3 ? 'string' : 'number', optional: true },
      ]),
    ),
  },
}
const providerSchema = {
  format_version: '1.0',
  provider_schemas: {
    'registry.terraform.io/acme/acme': {
      provider: { version: 0, block: {} },
      resource_schemas: Object.fromEntries(
        Array.from({ length: count }, (_, index) => [`acme_cloud${index}`, resource]),
      ),
    },
  },
}
writeFileSync(join(tools, 'provider.json'), JSON.stringify(providerSchema))
writeFileSync(
  join(tools, 'cdktn.mjs'),
  `import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
const require = createRequire(import.meta.url)
const { CodeMaker } = require('codemaker')
const { TerraformProviderGenerator } = require('@cdktn/provider-generator')
const code = new CodeMaker()
const schema = JSON.parse(readFileSync('provider.json', 'utf8'))
const generator = new TerraformProviderGenerator(code, schema)
generator.generateAll()
await code.save('out-cdktn')
`,
)
writeFileSync(
  join(tools, 'plopfile.js'),
  `export default (plop) => plop.setGenerator('provider', { prompts: [{ type: 'input', name: 'name', message: 'Name?' }], actions: [
  { type: 'add', path: 'out-plop/{{name}}.yaml', templateFile: 'spec.hbs', force: true } ] })\n`,
)
writeFileSync(join(tools, 'spec.hbs'), 'spec: kloud/v1\nname: {{name}}\n')
mkdirSync(join(tools, '_templates', 'provider', 'new'), { recursive: true })
writeFileSync(
  join(tools, '_templates', 'provider', 'new', 'spec.ejs.t'),
  '---\nto: out-hygen/<%= name %>.yaml\nforce: true\n---\nspec: kloud/v1\nname: <%= name %>\n',
)

const tool = (name: string, path: string, ...args: string[]): Command => ({
  name,
  args: [process.execPath, join(tools, 'node_modules', path), ...args],
  cwd: tools,
})
const project = syntheticProject(join(work, 'ours'), count)
const fresh = join(work, 'new')

printTable(
  measure(
    [
      {
        name: 'kloud-gen, 200 cold',
        args: [process.execPath, bin, 'generate'],
        cwd: project,
        before: () => forgetGenerated(project),
      },
      tool('openapi-typescript', 'openapi-typescript/bin/cli.js', 'openapi.json', '-o', 'out-openapi.ts'),
      tool(
        'json-schema-to-typescript, unformatted',
        'json-schema-to-typescript/dist/src/cli.js',
        '-i',
        'schemas',
        '-o',
        'out-jstt',
        '--format=false',
      ),
      tool('orval', 'orval/dist/bin/orval.js', '--input', 'openapi.json', '--output', 'out-orval.ts'),
      { name: '@cdktn/provider-generator', args: [process.execPath, 'cdktn.mjs'], cwd: tools },
    ],
    3,
  ),
)
console.log('\nOne new spec:')
printTable(
  measure(
    [
      {
        name: 'kloud-gen new provider --yes (spec and code)',
        args: [process.execPath, bin, 'new', 'provider', 'acme', '--yes'],
        cwd: syntheticProject(fresh, 0),
        before: () => {
          syntheticProject(fresh, 0)
        },
      },
      tool('plop (spec alone)', 'plop/bin/plop.js', 'provider', '--', '--name', 'acme'),
      tool('hygen (spec alone)', 'hygen/dist/bin.js', 'provider', 'new', '--name', 'acme'),
    ],
    5,
  ),
)
rmSync(work, { recursive: true, force: true })
