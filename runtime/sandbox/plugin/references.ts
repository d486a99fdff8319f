// In: a text of a Terraform template. Out: what its expressions refer to, step by step.

export type Step = { attribute: string } | { index: number | string | undefined }

/** `aws_vpc.main[0].id` has the root `aws_vpc` and three steps. */
export interface Traversal {
  /** The first name; empty where the steps follow a call, a list or an object: `one(aws_vpc.main[*]).id`. */
  root: string
  steps: readonly Step[]
  /** Whether it stands where only a list or map can: after `in`, or in a function that takes nothing else. */
  collection: boolean
}

/**
 * Everything that the expressions in a text refer to. `$${` and `%%{` are text. What is no proper expression gives what could be read of it.
 *
 * @example
 * findReferences('http://${aws_instance.web[0].public_ip}:80')
 * // [{ root: 'aws_instance', steps: [{ attribute: 'web' }, { index: 0 }, { attribute: 'public_ip' }], collection: false }]
 */
export function findReferences(text: string): Traversal[] {
  if (!text.includes('${') && !text.includes('%{')) return []
  const scanner = new Scanner(text)
  scanner.template('end')
  return scanner.found
}

/** The steps of a path as a spec or a person writes it: `network_interface[0].access_config[0].nat_ip`. */
export function parsePath(path: string): Step[] {
  const scanner = new Scanner(path)
  scanner.expression('end', '')
  const [first] = scanner.found
  return first === undefined ? [] : [{ attribute: first.root }, ...first.steps]
}

/** Functions of which these arguments can only be collections. */
const collectionFunctions: ReadonlyMap<string, Which> = new Map([
  ...functions(
    'all',
    'concat distinct flatten keys merge one reverse sort sum toset tolist tomap transpose values zipmap',
  ),
  ...functions('all', 'setunion setproduct setintersection setsubtract coalescelist compact alltrue anytrue'),
  ...functions('first', 'chunklist contains element index lookup slice'),
  ...functions('second', 'join'),
])

type Which = 'all' | 'first' | 'second'

function functions(which: Which, names: string): [string, Which][] {
  return names.split(' ').map((name) => [name, which])
}

/** Words of the language that are no references. */
const words = new Set(['for', 'in', 'if', 'else', 'endif', 'endfor', 'true', 'false', 'null'])

/** Deeper than this nobody writes; what lies deeper is not looked at. */
const deepest = 500

class Scanner {
  readonly found: Traversal[] = []
  readonly #text: string
  #at = 0
  #depth = 0

  constructor(text: string) {
    this.#text = text
  }

  /** Reads text up to its closing quote, or to the end. */
  template(until: '"' | 'end'): void {
    while (this.#at < this.#text.length) {
      const char = this.#text[this.#at]
      const next = this.#text[this.#at + 1]
      if (until === '"' && char === '"') return
      if (until === '"' && char === '\\') this.#at += 2
      else if ((char === '$' || char === '%') && next === char && this.#text[this.#at + 2] === '{') this.#at += 3
      else if ((char === '$' || char === '%') && next === '{') {
        this.#at += 2
        this.#inside('}', '')
      } else this.#at += 1
    }
  }

  /** Reads an expression up to the bracket that closes it; `caller` is the function whose arguments it is. */
  expression(close: string, caller: string): void {
    const takes = collectionFunctions.get(caller)
    let collection = takes === 'all' || takes === 'first'
    while (this.#at < this.#text.length) {
      const char = this.#text[this.#at] ?? ''
      if (char === close) return
      const opened = closing[char]
      if (opened !== undefined) {
        this.#at += 1
        this.#inside(opened, '')
        this.#follow('', false)
      } else if (char === '"') {
        this.#at += 1
        this.template('"')
        this.#at += 1
      } else if (char === '#' || this.#text.startsWith('//', this.#at)) this.#skipTo('\n')
      else if (this.#text.startsWith('/*', this.#at)) this.#skipTo('*/')
      else if (/[0-9]/.test(char)) this.#word(/[0-9][0-9A-Za-z.]*/y)
      else {
        const name = this.#word(/[\p{ID_Start}_][\p{ID_Continue}-]*/uy)
        if (name === undefined) {
          if (char === ',') collection = takes === 'all' || takes === 'second'
          this.#at += 1
        } else {
          this.#name(name, collection)
          collection = name === 'in' || takes === 'all'
        }
      }
    }
  }

  #name(name: string, collection: boolean): void {
    if (words.has(name)) return
    const space = this.#word(/\s*/y) ?? ''
    if (this.#text[this.#at] === '(') {
      this.#at += 1
      this.#inside(')', name)
      this.#follow('', collection)
    } else {
      this.#at -= space.length
      this.#follow(name, collection)
    }
  }

  /** Reads the steps after a name or a closing bracket. */
  #follow(root: string, collection: boolean): void {
    const steps: Step[] = []
    for (let step = this.#step(); step !== undefined; step = this.#step()) steps.push(step)
    if (root !== '' || steps.length > 0) this.found.push({ root, steps, collection })
  }

  #step(): Step | undefined {
    if (this.#word(/\.\*|\[\*\]/y) !== undefined) return { index: undefined }
    const attribute = this.#word(/\.[\p{ID_Start}_][\p{ID_Continue}-]*/uy)
    if (attribute !== undefined) return { attribute: attribute.slice(1) }
    const dotted = this.#word(/\.[0-9]+/y)
    if (dotted !== undefined) return { index: Number(dotted.slice(1)) }
    const number = this.#word(/\[\s*[0-9]+\s*\]/y)
    if (number !== undefined) return { index: Number(number.slice(1, -1)) }
    const key = this.#word(/\[\s*"[^"\\$%]*"\s*\]/y)
    if (key !== undefined) return { index: key.slice(1, -1).trim().slice(1, -1) }
    if (this.#text[this.#at] !== '[') return undefined
    this.#at += 1
    this.#inside(']', '')
    return { index: undefined }
  }

  #inside(close: string, caller: string): void {
    this.#depth += 1
    if (this.#depth > deepest) this.#at = this.#text.length
    else this.expression(close, caller)
    this.#depth -= 1
    this.#at += 1
  }

  #word(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    const [word] = pattern.exec(this.#text) ?? []
    if (word !== undefined) this.#at += word.length
    return word
  }

  #skipTo(end: string): void {
    const at = this.#text.indexOf(end, this.#at)
    this.#at = at < 0 ? this.#text.length : at + end.length
  }
}

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }
