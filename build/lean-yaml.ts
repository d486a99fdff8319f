// In: yaml's modules. Out: the same, for the bundles, in less than two thirds of the time. The lexer and the parser gather what they find
// in a list rather than hand it over one by one, in and out of generators; and a node's kind is a property like any other.

/** What a generator's method is called, once it gathers. */
const gathered = { lexer: 'lex', parser: 'parse' } as const

type Gathering = keyof typeof gathered

/** Takes the generators out of a module of yaml. */
function withoutGenerators(module: Gathering, code: string): string {
  const entry = gathered[module]
  const head = `    *${entry}(source, incomplete = false) {`
  if (!code.includes(head)) throw new Error(`yaml's ${module} begins in another way: see build/lean-yaml.ts`)
  const whole = `    ${entry}(source, incomplete = false) {
        this.found = [];
        this.${entry}All(source, incomplete);
        return this.found;
    }
    ${entry}All(source, incomplete) {`
  return code
    .replace(head, whole)
    .replaceAll(/^ {4}\*(\w+)\(/gm, '    $1(')
    .replaceAll(/\byield\* /g, '')
    .replaceAll(/\byield (?=[\w'"`{[(])/g, 'this.found[this.found.length] = ')
}

const definedKind = /Object\.defineProperty\(this, NODE_TYPE, \{ value: (\w+) \}\);/g

/** A kind that is assigned costs a node an instruction; one that is defined, a call of the engine's. */
function withPlainKinds(code: string): string {
  if (code.search(definedKind) === -1)
    throw new Error('a node of yaml is told its kind in another way: see build/lean-yaml.ts')
  return code.replaceAll(definedKind, 'this[NODE_TYPE] = $1;')
}

/** What becomes of a module of yaml, by its path in the package. */
export function leanModule(path: string, code: string): string {
  switch (path) {
    case 'parse/lexer.js':
      return withoutGenerators('lexer', code)
    case 'parse/parser.js':
      return withoutGenerators('parser', code)
    case 'nodes/Node.js':
    case 'nodes/Pair.js':
      return withPlainKinds(code)
    default:
      return code
  }
}

/** A plugin of the bundler. */
export function leanYaml() {
  const module = /[\\/]yaml[\\/]browser[\\/]dist[\\/](parse[\\/](?:lexer|parser)|nodes[\\/](?:Node|Pair))\.js$/
  return {
    name: 'lean-yaml',
    transform: {
      filter: { id: module },
      handler: (code: string, id: string) => leanModule(`${module.exec(id)?.[1]?.replaceAll('\\', '/')}.js`, code),
    },
  }
}
