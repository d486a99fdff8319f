// In: what Terraform says is wrong, in JSON or in its frame. Out: the same as data, and in words for the user.
import { isObject } from '../json.js'

/** An error or a warning of Terraform's. */
export interface TerraformDiagnostic {
  severity: 'error' | 'warning'
  summary: string
  detail: string
  /** Of the resource that it is about: `digitalocean_droplet.web[0]`. */
  address?: string
  file?: string
  line?: number
}

/** Reads a diagnostic of the `-json` outputs; undefined when it is none. */
export function readDiagnostic(json: unknown): TerraformDiagnostic | undefined {
  if (!isObject(json) || (json.severity !== 'error' && json.severity !== 'warning')) return undefined
  const { severity, summary, detail, range } = json
  const start = isObject(range) && isObject(range.start) ? range.start : undefined
  const address = typeof json.address === 'string' && json.address !== '' ? json.address : addressIn(json.snippet)
  return {
    severity,
    summary: typeof summary === 'string' ? summary : '',
    detail: typeof detail === 'string' ? detail : '',
    ...(address === undefined ? {} : { address }),
    ...(isObject(range) && typeof range.filename === 'string' ? { file: range.filename } : {}),
    ...(typeof start?.line === 'number' ? { line: start.line } : {}),
  }
}

/** The place in the template that is shown with it names the resource, too: `resource.acme_vm.web`, or `resource "acme_vm" "web"`. */
function addressIn(snippet: unknown): string | undefined {
  const context = isObject(snippet) && typeof snippet.context === 'string' ? snippet.context : ''
  const [, mode, type, name] = /^(resource|data)[. ]"?([\w-]+)"?[. ]"?([\w-]+)"?(?:\.|$)/.exec(context) ?? []
  if (type === undefined) return undefined
  return mode === 'data' ? `data.${type}.${name}` : `${type}.${name}`
}

/**
 * A diagnostic in one line, without Terraform's frame: which resource, what, and why.
 *
 * @example
 * describeDiagnostic(diagnostic) // 'digitalocean_droplet.web: creating it failed: 422 image is not available'
 */
export function describeDiagnostic({ address, summary, detail }: TerraformDiagnostic): string {
  const what = oneLine(summary)
  const why = oneLine(detail)
  const text = why === '' || why === what ? what : what === '' ? why : `${what.replace(/[.:]$/, '')}: ${why}`
  return address === undefined ? text : `${address}: ${text}`
}

/** Diagnostics in what Terraform printed as plain text, in its frame of `╷`, `│` and `╵`, or without one. */
export function readPlainDiagnostics(text: string): TerraformDiagnostic[] {
  const lines = text.split('\n').map((line) => line.replace(/^[\s│╷╵|]+/, '').trimEnd())
  const found: TerraformDiagnostic[] = []
  for (const line of lines) {
    const [, kind, summary] = /^(Error|Warning): (.*)$/.exec(line) ?? []
    const last = found.at(-1)
    if (summary !== undefined) found.push({ severity: kind === 'Error' ? 'error' : 'warning', summary, detail: '' })
    else if (last !== undefined && line !== '') readPlainLine(last, line)
  }
  return found
}

function readPlainLine(diagnostic: TerraformDiagnostic, line: string): void {
  const [, address] = /^with ([^\s,]+),?$/.exec(line) ?? []
  const [, file, number] = /^on (\S+) line (\d+)/.exec(line) ?? []
  if (address !== undefined) diagnostic.address = address
  else if (file !== undefined) Object.assign(diagnostic, { file, line: Number(number) })
  else if (!/^\d+: /.test(line)) diagnostic.detail += `${diagnostic.detail === '' ? '' : '\n'}${line}`
}

/**
 * Tells which resources the errors without an address are about, where there is no doubt: Terraform does not say it of deletes.
 *
 * @param failed addresses of the resources that failed, in order
 */
export function withAddresses(
  diagnostics: readonly TerraformDiagnostic[],
  failed: readonly string[],
): TerraformDiagnostic[] {
  const known = new Set(diagnostics.map(({ address }) => address))
  const unnamed = failed.filter((address) => !known.has(address))
  const lacks = (diagnostic: TerraformDiagnostic) => diagnostic.severity === 'error' && diagnostic.address === undefined
  if (diagnostics.filter(lacks).length !== unnamed.length) return [...diagnostics]
  return diagnostics.map((diagnostic) => {
    const address = lacks(diagnostic) ? unnamed.shift() : undefined
    return address === undefined ? diagnostic : { ...diagnostic, address }
  })
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
