// In: a text of a description, with `{…}` where values stand, and what was really sent. Out: those values, if it is that text.
import { isObject, type JsonValue } from '../../json.js'

/** A value that a call held, and what stood in its place: `metadata.droplet_id`. */
export interface Captured {
  readonly name: string
  readonly text: string
}

/** Where the sandbox has calls go that follow a link of an answer. */
export const linkPath = '/sandbox/actions/'

const place = /\{(\+?)([^{}]*)\}/g

/** What a text is nothing but one place for: `headers.location` of `{headers.location}`. Such a path is a link that an answer gave. */
export function placeAlone(text: string): string | undefined {
  return /^\{((?:response|headers)\.[^{}]+)\}$/.exec(text)?.[1]
}

/**
 * Reads the values of a URL.
 *
 * @param base the base URL of the API
 * @param path the path of a call
 * @param url without its query
 * @example
 * matchUrl('https://api.acme.com/v1', '/vms/{metadata.id}', 'https://api.acme.com/v1/vms/7') // [{ name: 'metadata.id', text: '7' }]
 */
export function matchUrl(base: string, path: string, url: string): Captured[] | undefined {
  const link = placeAlone(path)
  const [, number] = link === undefined ? [] : (new RegExp(`^https?://[^/]+${linkPath}(\\d+)$`).exec(url) ?? [])
  if (link !== undefined) return number === undefined ? undefined : [{ name: link, text: number }]
  const begins = pattern(base.replace(/\/+$/, ''), '(.+?)', '(.+?)')
  const found = new RegExp(`^${begins}${pattern(path, '([^/]+)', '(.+)')}$`).exec(url)
  return found === null ? undefined : captured(base + path, found.slice(1).map(decode))
}

/** Reads the values of a text that is no part of a path. */
export function matchText(template: string, text: string): Captured[] | undefined {
  const found = new RegExp(`^${pattern(template, '([^]*)', '([^]*)')}$`).exec(text)
  return found === null ? undefined : captured(template, found.slice(1))
}

/** Reads the values of a body, which may hold more than its description. */
export function matchBody(template: JsonValue, body: JsonValue | undefined): Captured[] | undefined {
  if (template === '{}') return []
  if (typeof template === 'string')
    return typeof body === 'object' || body === undefined ? undefined : matchText(template, String(body))
  if (typeof template !== 'object' || template === null) return template === body ? [] : undefined
  const [parts, sent] = [Object.entries(template), body]
  if (Array.isArray(template) !== Array.isArray(sent) || !(Array.isArray(sent) || isObject(sent))) return undefined
  const values = new Map(Object.entries(sent))
  return all(parts.map(([key, part]) => matchBody(part, values.get(key))))
}

/** The values of all parts; nothing where one of them is another text. */
export function all(parts: readonly (Captured[] | undefined)[]): Captured[] | undefined {
  return parts.every((part) => part !== undefined) ? parts.flat() : undefined
}

function pattern(template: string, plain: string, withSlashes: string): string {
  let text = ''
  let at = 0
  for (const { 0: whole, 1: plus, index } of template.matchAll(place)) {
    text += escaped(template.slice(at, index)) + (plus === '+' ? withSlashes : plain)
    at = index + whole.length
  }
  return text + escaped(template.slice(at))
}

function captured(template: string, texts: readonly string[]): Captured[] {
  return [...template.matchAll(place)].map(([, , name = ''], index) => ({ name, text: texts[index] ?? '' }))
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
