// Who may import whom. The tables here are the plan of the house: a new line in one is a decision.
import { readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'

const rooms = ['generator', 'runtime', 'generated', 'build', 'bench', 'test']
const files = rooms.flatMap((room) =>
  readdirSync(room, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ts$/.test(name) && !name.endsWith('.d.ts') && !/(^|[\\/])(\.|node_modules)/.test(name))
    .map((name) => join(room, name).replaceAll('\\', '/')),
)

interface Import {
  file: string
  /** As it is written. */
  from: string
  /** The file that a relative import leads to. */
  to: string
  /** The package that another leads to. */
  package: string
}

const statement =
  /^\s*(?:import|export)\b[^'"`\n]*?(?:\{[^}]*\}[^'"`\n]*?)?\bfrom\s+'([^']+)'|^\s*import\s+'([^']+)'|\bimport\(\s*'([^']+)'/gm

/** A file's text without its comments, which may show an import. */
function code(file: string): string {
  return readFileSync(file, 'utf8').replaceAll(/^\s*(\/\*\*?|\*|\/\/).*$/gm, '')
}

const imports = files.flatMap((file) =>
  [...code(file).matchAll(statement)].map(([, plain, bare, lazy]): Import => {
    const from = plain ?? bare ?? lazy ?? ''
    const relative = from.startsWith('.')
    return {
      file,
      from,
      to: relative ? join(dirname(file), from).replaceAll('\\', '/').replace(/\.js$/, '.ts') : '',
      package: relative
        ? ''
        : from
            .split('/')
            .slice(0, from.startsWith('@') ? 2 : 1)
            .join('/'),
    }
  }),
)

const importsOf = (room: string) => imports.filter(({ file }) => file.startsWith(`${room}/`))

describe('rooms', () => {
  test('the runtime imports nothing of the generator, and nothing that was generated', () => {
    expect(importsOf('runtime').filter(({ to }) => to !== '' && !to.startsWith('runtime/'))).toEqual([])
  })

  test('the generator imports nothing that was generated', () => {
    expect(importsOf('generator').filter(({ to }) => to !== '' && !/^(generator|runtime)\//.test(to))).toEqual([])
  })

  test('generated code imports the runtime’s front door, its siblings, and the SDK that its spec declares', () => {
    const foreign = importsOf('generated').filter(({ file, from, to }) => {
      const [, name = ''] = file.split('/')
      if (to !== '') return dirname(to) !== `generated/${name}`
      if (from === 'kloud-gen/runtime' || (from === 'vitest' && file.endsWith('.test.ts'))) return false
      return !readFileSync(`specs/${name}.yaml`, 'utf8').includes(`package: '${from}'`) && !declaresSdk(name, from)
    })
    expect(foreign).toEqual([])
  })

  test('nothing but a test imports a test', () => {
    const strangers = imports.filter(({ file, to }) => to.startsWith('test/') && !file.startsWith('test/'))
    expect(strangers).toEqual([])
  })
})

function declaresSdk(name: string, from: string): boolean {
  return new RegExp(`package: ["']?${from}["']?`).test(readFileSync(`specs/${name}.yaml`, 'utf8'))
}

/** The phases, and what each may know of the others. Data flows down: spec, model, emit, output. */
const phases: Readonly<Record<string, readonly RegExp[]>> = {
  'generator/spec': [
    /^generator\/spec\//,
    /^generator\/model\/(field|names|provider-name|size)\.ts$/,
    /^generator\/output\/content-hash\.ts$/,
  ],
  'generator/model': [/^generator\/(model|spec)\//, /^generator\/emit\/(code|literal|print)\.ts$/],
  'generator/emit': [
    /^generator\/(emit|model)\//,
    /^generator\/spec\/yaml\/write\.ts$/,
    /^generator\/output\/output-file\.ts$/,
  ],
  'generator/output': [/^generator\/(output\/|errors\.ts$)/],
  'generator/new': [/^generator\/(new|model|spec)\//, /^generator\/(errors|project|schema-text)\.ts$/],
}

describe('phases of the generator', () => {
  test.each(Object.entries(phases))('%s imports what it may know, and the runtime', (phase, allowed) => {
    const foreign = importsOf(phase).filter(
      ({ to }) => /^generator\//.test(to) && !allowed.some((pattern) => pattern.test(to)),
    )
    expect(foreign.map(({ file, to }) => `${file} imports ${to}`)).toEqual([])
  })

  test('commands are known to the program alone', () => {
    const strangers = imports.filter(
      ({ file, to }) => to.startsWith('generator/cli/') && !/^(generator\/cli\/|generator\/bin\.ts$|test\/)/.test(file),
    )
    expect(strangers).toEqual([])
  })
})

/** The home of each third-party package: the files and folders through which the rest reaches it. */
const homes: Readonly<Record<string, readonly string[]>> = {
  '@aws-sdk/client-ec2': ['generated/aws/machine.gen.ts'],
  '@cdktn/hcl2json': ['runtime/template/files/hcl.ts'],
  '@clack/prompts': ['generator/new/ask.ts', 'runtime/cli/ask.ts'],
  '@grpc/grpc-js': ['runtime/sandbox/plugin/', 'build/grpc-server.ts'],
  protobufjs: ['runtime/sandbox/plugin/', 'build/message-types.ts'],
  '@jmespath-community/jmespath': ['runtime/jmespath/'],
  '@msgpack/msgpack': ['runtime/sandbox/plugin/'],
  chokidar: ['generator/watch.ts'],
  diff: ['generator/output/diff.ts'],
  handlebars: ['build/handlebars.ts'],
  jiti: ['runtime/discovery/load-provider.ts'],
  jose: ['runtime/jwt.ts', 'runtime/klient/kite-key.ts'],
  'json-schema-to-typescript': ['generator/emit/types.ts'],
  libsql: ['runtime/store/sqlite/database.ts'],
  lodash: ['build/lodash.ts'],
  'log-update': ['runtime/cli/live-bar.ts'],
  picocolors: ['generator/spec/format.ts'],
  'proper-lockfile': ['runtime/terraform/plugin-cache.ts'],
  'ts-morph': ['generator/output/stub/'],
  undici: ['runtime/machine/http/fetch.ts'],
  yaml: [
    'generator/spec/yaml/',
    'runtime/cli/read-data.ts',
    'runtime/discovery/configured-folder.ts',
    'runtime/klient/cloud-config/nodes.ts',
    'runtime/template/files/yaml.ts',
  ],
  zod: ['generator/spec/', 'runtime/schema/validator.ts'],
  vitest: ['generated/'],
}

describe('third-party packages', () => {
  const used = ['generator', 'runtime', 'generated', 'build'].flatMap(importsOf).filter(({ package: name }) => {
    return name !== '' && !name.startsWith('node:') && name !== 'kloud-gen'
  })

  test('each has its home, and is imported nowhere else', () => {
    const strangers = used.filter(({ file, package: name }) => !homes[name]?.some((home) => file.startsWith(home)))
    expect(strangers.map(({ file, from }) => `${file} imports ${from}`)).toEqual([])
  })

  test('each lives where the table says', () => {
    const empty = Object.entries(homes).flatMap(([name, places]) =>
      places
        .filter((place) => !used.some(({ file, package: other }) => other === name && file.startsWith(place)))
        .map((place) => `${name} in ${place}`),
    )
    expect(empty).toEqual([])
  })

  test('builtins are imported as node:', () => {
    expect(imports.filter(({ from }) => builtinModules.includes(from))).toEqual([])
  })

  test('what the package depends on is used by it, and the other way round', () => {
    const { dependencies, devDependencies, peerDependencies = {} } = JSON.parse(readFileSync('package.json', 'utf8'))
    const names = new Set(used.map(({ package: name }) => name))
    expect(Object.keys(dependencies).filter((name) => !names.has(name) && name !== 'execa')).toEqual([])
    const known = { ...dependencies, ...devDependencies, ...peerDependencies }
    expect([...names].filter((name) => !Object.hasOwn(known, name) && name !== 'lodash')).toEqual([])
  })
})

describe('files', () => {
  test('are named after what they hold', () => {
    const vague = files.filter((file) => /(^|[/.-])(utils?|helpers?|commons?|misc)([/.-]|$)/.test(file))
    expect(vague).toEqual([])
  })

  test('begin with a sentence on what comes in and what goes out, but for tests, whose names say it', () => {
    const silent = files.filter(
      (file) => !file.endsWith('.test.ts') && !/^(#!.*\n)?\/\/ \S.*[.:]/.test(readFileSync(file, 'utf8')),
    )
    expect(silent).toEqual([])
  })

  test('are short: 300 lines at most, but for a table of words', () => {
    const long = files.filter(
      (file) =>
        !file.startsWith('test/') &&
        !file.startsWith('generated/') &&
        file !== 'generator/spec/explanations.ts' &&
        readFileSync(file, 'utf8').split('\n').length > 301,
    )
    expect(long).toEqual([])
  })

  test('hold no test that is skipped or alone, and nothing that is still to do', () => {
    const unfinished = files.filter(
      (file) =>
        basename(file) !== 'architecture.test.ts' &&
        /\b(test|it|describe)\.(only|todo)\(|\bTODO\b|\bFIXME\b/.test(readFileSync(file, 'utf8')),
    )
    expect(unfinished).toEqual([])
  })
})
