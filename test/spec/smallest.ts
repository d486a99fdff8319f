// The smallest spec, with parts of it replaced: what the tests of reading specs begin with.
import { checkSpec, type ReadSpec, unread } from '../../generator/spec/read-spec.js'
import { decodeSource } from '../../generator/spec/source.js'

const parts: Readonly<Record<string, string>> = {
  spec: 'spec: kloud/v1',
  name: 'name: acme',
  title: 'title: Acme',
  terraform: 'terraform:\n  source: acme/acme',
  credential: 'credential:\n  token: { secret: true }',
  machine: 'machine:\n  resource: acme_server',
}

/** The smallest spec, with the top-level keys of `fragment` in the place of its own. */
export function smallestWith(fragment = ''): string {
  const rest = Object.entries(parts).filter(([key]) => !new RegExp(`^${key}:`, 'm').test(fragment))
  return `${fragment}\n${rest.map(([, text]) => text).join('\n')}\n`
}

/** Reads a spec's text. */
export function read(text: string | Uint8Array, path = 'specs/acme.yaml'): ReadSpec {
  const source = decodeSource(Buffer.from(text), 'specs/acme.yaml')
  return 'code' in source ? unread(source) : checkSpec(source, path)
}

/** What reading a spec says, a line each: `6:10 KG072 message`. */
export function findings(text: string | Uint8Array): string[] {
  return read(text).diagnostics.map(({ line, column, code, message }) => `${line}:${column} ${code} ${message}`)
}

/** What is wrong in the smallest spec with a fragment: `3:19 KG023 string`, with the suggestion where there is one. */
export function faults(fragment: string): string[] {
  return read(smallestWith(fragment)).diagnostics.map(({ line, column, code, suggestion }) =>
    [`${line}:${column}`, code, suggestion].filter((part) => part !== undefined).join(' '),
  )
}

/** The stretches of the smallest spec with a fragment that its diagnostics speak of, each with its code: `KG072 tokne`. */
export function pointedAt(fragment: string): string[] {
  const text = smallestWith(fragment)
  const lines = text.split(/\r?\n/)
  return read(text).diagnostics.map(({ code, line, column, endLine, endColumn }) => {
    const source = lines[line - 1] ?? ''
    return `${code} ${source.slice(column - 1, endLine === line ? endColumn - 1 : undefined)}`
  })
}
