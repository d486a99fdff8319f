// In: the source of one expression. Out: a path from a root, and filters; or where it stops making sense.

/** A stretch of the expression's source, as offsets. */
export interface Span {
  start: number
  end: number
}

export interface Step extends Span {
  /** A name, or a number in brackets. */
  key: string | number
}

export interface Filter extends Span {
  name: string
  args: readonly (string | number)[]
}

/** `root.step[0]['step'] | filter('argument')` */
export interface Expression extends Span {
  root: Step & { key: string }
  steps: readonly Step[]
  filters: readonly Filter[]
}

export interface ExpressionFault extends Span {
  message: string
}

const name = /[A-Za-z_][A-Za-z0-9_]*/y
const number = /\d+/y
const string = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/y
const space = /\s*/y

/** Parses what stands between `${{` and `}}`. */
export function parseExpression(source: string): Expression | ExpressionFault {
  let at = 0
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    const match = pattern.exec(source)
    if (!match) return undefined
    at = pattern.lastIndex
    return match[0]
  }
  const skip = () => take(space)
  const word = (character: string): boolean => {
    if (source[at] !== character) return false
    at++
    return true
  }
  const fault = (message: string, start = at, end = Math.max(start + 1, at)): ExpressionFault => ({
    message,
    start: Math.min(start, source.length),
    end: Math.min(Math.max(end, start), source.length),
  })

  skip()
  if (at === source.length)
    return fault('an expression is empty: write a path such as credential.token', 0, source.length)
  const rootStart = at
  const root = take(name)
  if (root === undefined) return fault('an expression begins with a root such as credential, bootstrap or machine')
  const steps: Step[] = []
  for (;;) {
    const start = at
    if (word('.')) {
      const key = take(name)
      if (key === undefined) return fault('a name is expected after the dot', start)
      steps.push({ key, start: start + 1, end: at })
    } else if (word('[')) {
      skip()
      const index = take(number)
      const key = index === undefined ? take(string) : undefined
      if (index === undefined && key === undefined) return fault('a number or a quoted name is expected in [ ]', start)
      skip()
      if (!word(']')) return fault('] is missing', start)
      steps.push({ key: index === undefined ? unquote(key ?? '') : Number(index), start, end: at })
    } else break
  }
  const filters: Filter[] = []
  for (skip(); word('|'); skip()) {
    skip()
    const start = at
    const filter = take(name)
    if (filter === undefined) return fault('the name of a filter is expected after |')
    const args: (string | number)[] = []
    if (word('(')) {
      skip()
      while (!word(')')) {
        const text = take(string)
        const digits = text === undefined ? take(number) : undefined
        if (text === undefined && digits === undefined)
          return fault('a quoted text or a number is expected in ( )', start)
        args.push(text === undefined ? Number(digits) : unquote(text))
        skip()
        if (!word(',') && source[at] !== ')') return fault(') is missing', start)
        skip()
      }
    }
    filters.push({ name: filter, args, start, end: at })
  }
  if (at < source.length) {
    return fault('this cannot be read: an expression is a path from a root, then filters after |', at, source.length)
  }
  return {
    root: { key: root, start: rootStart, end: rootStart + root.length },
    steps,
    filters,
    start: rootStart,
    end: source.trimEnd().length,
  }
}

/** Whether parsing went wrong. */
export function isFault(result: Expression | ExpressionFault): result is ExpressionFault {
  return 'message' in result
}

function unquote(text: string): string {
  return text.slice(1, -1).replaceAll(/\\(.)/g, '$1')
}
