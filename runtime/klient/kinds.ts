// In: the beginning of a text. Out: what cloud-init takes it for.

/** Cloud-init looks at a text's beginning without regard to capitals and leading white space; the longest that fits counts. */
const beginnings = [
  ['#cloud-config-archive', 'text/cloud-config-archive'],
  ['#cloud-config-jsonp', 'text/cloud-config-jsonp'],
  ['## template: jinja', 'text/jinja2'],
  ['#cloud-boothook', 'text/cloud-boothook'],
  ['#cloud-config', 'text/cloud-config'],
  ['#part-handler', 'text/part-handler'],
  ['#include-once', 'text/x-include-once-url'],
  ['#include', 'text/x-include-url'],
  ['#!', 'text/x-shellscript'],
] as const

export const SCRIPT = 'text/x-shellscript'
export const CLOUD_CONFIG = 'text/cloud-config'
export const JSON_PATCH = 'text/cloud-config-jsonp'
export const ARCHIVE = 'text/cloud-config-archive'

/** Scripts of a shell, or of whatever their first line says. */
export const scriptTypes: ReadonlySet<string> = new Set([
  SCRIPT,
  'text/cloud-boothook',
  'text/x-shellscript-per-boot',
  'text/x-shellscript-per-instance',
  'text/x-shellscript-per-once',
])

/** Parts that bring cloud-config which cannot be read here: it is elsewhere, or is worked out on the machine. */
export const unreadConfigTypes: ReadonlySet<string> = new Set([
  'text/cloud-config-archive',
  'text/cloud-config-jsonp',
  'text/jinja2',
  'text/x-include-once-url',
  'text/x-include-url',
])

export type ContentType = (typeof beginnings)[number][1]

/**
 * The content type of user data, by its first words.
 *
 * @example
 * sniff('#!/bin/sh\necho')  // 'text/x-shellscript'
 * sniff('echo')             // undefined
 */
export function sniff(text: string): ContentType | undefined {
  const start = text.trimStart().slice(0, 32).toLowerCase()
  return beginnings.find(([beginning]) => start.startsWith(beginning))?.[1]
}
