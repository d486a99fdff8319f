// In: a file's text. Out: how its author writes lines, indents and quotes, and new text in the same way.
import type { StubImport } from '../output-file.js'

export interface TextStyle {
  eol: string
  /** One step of indentation. */
  step: string
  quote: string
  semicolon: string
}

/** How a file is written; the house style where it does not tell. */
export function styleOf(text: string): TextStyle {
  const imported = /^\s*import\b[^'"\n]*(['"])[^'"\n]*\1\s*(;?)/m.exec(text)
  return { eol: eolOf(text), step: stepOf(text), quote: imported?.[1] ?? "'", semicolon: imported?.[2] ?? '' }
}

function eolOf(text: string): string {
  const crlf = text.match(/\r\n/g)?.length ?? 0
  const lf = (text.match(/\n/g)?.length ?? 0) - crlf
  const cr = (text.match(/\r/g)?.length ?? 0) - crlf
  if (crlf > lf && crlf >= cr) return '\r\n'
  return cr > lf ? '\r' : '\n'
}

function stepOf(text: string): string {
  let smallest = ''
  for (const [, spaces = ''] of text.matchAll(/(?:^|[\r\n])([ \t]+)(?=[^\s*])/g)) {
    if (spaces.startsWith('\t')) return '\t'
    if (spaces.length > 1 && (smallest === '' || spaces.length < smallest.length)) smallest = spaces
  }
  return /^ +$/.test(smallest) ? smallest : '  '
}

/** A stub's source at an indentation, in the file's own steps and line ends. */
export function indent(text: string, base: string, style: TextStyle): string {
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => {
      const spaces = /^ */.exec(line)?.[0].length ?? 0
      if (spaces === line.length) return ''
      return base + style.step.repeat(Math.floor(spaces / 2)) + ' '.repeat(spaces % 2) + line.slice(spaces)
    })
    .join(style.eol)
}

/** Import lines, one a module, names sorted and each once. */
export function importLines(imports: readonly StubImport[], style: TextStyle): string[] {
  const modules = new Map<string, Map<string, boolean>>()
  for (const { name, from, typeOnly } of imports) {
    const names = modules.get(from) ?? new Map<string, boolean>()
    modules.set(from, names.set(name, typeOnly && (names.get(name) ?? true)))
  }
  return [...modules].sort(byFirst).map(([from, names]) => {
    const sorted = [...names].sort(byFirst)
    const onlyTypes = sorted.every(([, typeOnly]) => typeOnly)
    const list = sorted.map(([name, typeOnly]) => (typeOnly && !onlyTypes ? `type ${name}` : name)).join(', ')
    return `import ${onlyTypes ? 'type ' : ''}{ ${list} } from ${style.quote}${from}${style.quote}${style.semicolon}`
  })
}

function byFirst([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1
}
