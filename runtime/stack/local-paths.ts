// In: a composed template, and the folder that the user wrote it in. Out: the same for Terraform at work in another folder: `path.…`, files named from that folder and local modules are still those of the user's.
import { relative, resolve, sep } from 'node:path'
import { isObject, type JsonObject, type JsonValue } from '../json.js'
import { callsIn } from '../template/calls.js'
import { quoteText, replaceSpans } from '../template/references.js'
import type { Call, Span } from '../template/syntax.js'
import { mapTexts, referencesIn, type TemplateText } from '../template/texts.js'

const paths: ReadonlySet<string | undefined> = new Set(['module', 'root', 'cwd'])
/** Functions whose first argument is a path. */
const fileFunctions: ReadonlySet<string> = new Set([
  ...['file', 'fileexists', 'fileset', 'filebase64', 'templatefile', 'abspath'],
  ...['filemd5', 'filesha1', 'filesha256', 'filesha512', 'filebase64sha256', 'filebase64sha512'],
])

/** Most texts say nothing of their folder, and are not parsed. */
const own = /\bpath\s*\.\s*(?:module|root|cwd)\b/
const mayNameFile = /(?:file\w*|abspath)\s*\(/

interface Edit {
  readonly span: Span
  readonly replacement: string
}

/**
 * @param folder that of the template, absolute
 * @param workingFolder the one that Terraform works in, absolute and without symbolic links: it counts `..` from where it really is
 */
export function withLocalPaths(template: JsonObject, folder: string, workingFolder: string): JsonObject {
  const written = mapTexts(template, (found) => {
    if (found.kind === 'literal') return found.text
    return replaceSpans(found.text, [...pathEdits(found, folder), ...fileEdits(found, folder)])
  })
  if (!isObject(written.module)) return written
  const modules = Object.entries(written.module).map(([name, body]) => [
    name,
    withLocalSource(body, folder, workingFolder),
  ])
  return { ...written, module: Object.fromEntries(modules) }
}

function pathEdits(found: TemplateText, folder: string): Edit[] {
  if (!own.test(found.text)) return []
  return referencesIn(found)
    .filter(({ root, name }) => root === 'path' && paths.has(name))
    .map(({ whole }) => ({ span: whole, replacement: quoteText(folder) }))
}

/** A relative path, or the beginning of one, is put behind the folder. */
function fileEdits({ kind, text }: TemplateText, folder: string): Edit[] {
  if (kind !== 'text' || !mayNameFile.test(text)) return []
  const inside = quoteText(`${folder}/`).slice(1, -1)
  return callsIn(text).flatMap((call) => {
    const at = relativePathAt(call, text)
    return at === undefined ? [] : [{ span: { start: at, end: at }, replacement: inside }]
  })
}

/** Where the path begins that a function is given, if it is written out there and relative; `~` is the user's home. */
function relativePathAt({ name, arguments: [path] }: Call, text: string): number | undefined {
  if (!fileFunctions.has(name.replace(/^core::/, '')) || path?.kind !== 'text' || text[path.start] !== '"')
    return undefined
  const [first] = path.parts
  if (first !== undefined && (first.kind !== 'words' || /^(?:[/\\~]|[A-Za-z]:)/.test(first.value))) return undefined
  return path.start + 1
}

/** To Terraform a module is local when its source begins with a dot; another absolute path would be copied once, and never again. */
function withLocalSource(body: JsonValue, folder: string, workingFolder: string): JsonValue {
  if (!isObject(body) || typeof body.source !== 'string' || !/^\.\.?[/\\]/.test(body.source)) return body
  const path = relative(workingFolder, resolve(folder, body.source)).split(sep).join('/')
  return { ...body, source: path.startsWith('.') ? path : `./${path}` }
}
