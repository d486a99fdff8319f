// In: the parameters or headers that a spec gives. Out: them in a URL or a request, without those that are absent.
import { inputError } from '../../errors.js'
import { Secret } from '../../secret.js'

type Scalar = string | number | boolean

/** Parameters of a query. An absent value leaves its parameter out; a list repeats it. */
export type Query = Readonly<Record<string, Scalar | readonly Scalar[] | undefined | null>>

/** Headers of a request. An absent value leaves its header out. */
export type HeaderValues = Readonly<Record<string, Scalar | Secret | undefined | null>>

/** Adds a call's parameters to its URL; those of every call give way to what is there already. */
export function addQuery(url: URL, everyCall: Query, thisCall: Query): void {
  for (const [name, value] of Object.entries(thisCall)) setParameter(url, name, value)
  for (const [name, value] of Object.entries(everyCall)) {
    if (!url.searchParams.has(name) && !Object.hasOwn(thisCall, name)) setParameter(url, name, value)
  }
}

function setParameter(url: URL, name: string, value: Query[string]): void {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value]
  url.searchParams.delete(name)
  for (const one of values) {
    if (one instanceof Secret) throw inputError(`the secret for ${name} cannot stand in a query: queries are logged`)
    if (one !== undefined && one !== null) url.searchParams.append(name, String(one))
  }
}

/** The headers of a call, by lower-case name; later ones replace earlier ones. */
export function readHeaders(...all: readonly HeaderValues[]): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const [name, value] of all.flatMap((some) => Object.entries(some))) {
    if (value === undefined || value === null) continue
    headers[name.toLowerCase()] = headerText(name, value instanceof Secret ? value.reveal() : String(value))
  }
  return headers
}

/** A header is one line of Latin letters. The value may be a secret and is not quoted. */
function headerText(name: string, text: string): string {
  if (/[^\t\x20-\x7e\x80-\xff]/.test(text))
    throw inputError(`the value for the header ${name} holds what a header cannot, such as a line break`)
  return text.trim()
}
