// In: the keys that lead to a value of a template. Out: the words that name it in a message.
import { inputError, type KloudError } from '../errors.js'
import type { Broken } from './syntax.js'

/** The keys and list indexes that lead to a value: `['resource', 'aws_instance', 'web', 'tags', 'Name']`. */
export type JsonPath = readonly (string | number)[]

/** Where something stands in a file; line and column count from 1. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** Finds the place of a value; {@link Template.place} is one. */
export type FindPlace = (path: JsonPath) => Place | undefined

/** `resource.aws_instance.web.tags["a b"]`, cut to a length that fits in a line. */
export function nameOf(path: JsonPath): string {
  let name = ''
  for (const step of path) {
    if (typeof step === 'number') name += `[${step}]`
    else if (/^[\w-]+$/.test(step)) name += name === '' ? step : `.${step}`
    else name += `[${JSON.stringify(step)}]`
  }
  return name.length > 200 ? `${name.slice(0, 200)}…` : name
}

/** The first label behind a block's type, whether or not lists stand between: `aws` in a provider block, the name in `locals`. */
export function labelIn(path: JsonPath): string | undefined {
  return path.slice(1).find((step) => typeof step === 'string')
}

/** An error about a value of a template, at its place in the user's file where that is known. */
export function errorAt(path: JsonPath, message: string, find?: FindPlace, hint?: string): KloudError {
  const place = find?.(path)
  const name = nameOf(path)
  return inputError(name === '' ? message : `${name}: ${message}`, {
    ...place,
    ...(hint === undefined ? {} : { hint }),
  })
}

/** The error for a text in which Terraform would find no sense. */
export function brokenAt(path: JsonPath, broken: Broken, find?: FindPlace): KloudError {
  return errorAt(path, `${broken.message}, at character ${broken.offset + 1} of the text`, find)
}
