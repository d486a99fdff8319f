// In: a composed template, and the folder that the user wrote it in. Out: the same for Terraform at work in another folder: `path.module`, `path.root` and local modules are still those of the user's.
import { relative, resolve, sep } from 'node:path'
import { isObject, type JsonObject, type JsonValue } from '../json.js'
import { quoteText, replaceSpans } from '../template/references.js'
import { mapTexts, referencesIn } from '../template/texts.js'

/** Most texts say nothing of their folder, and are not parsed. */
const own = /\bpath\s*\.\s*(?:module|root)\b/

/**
 * @param folder that of the template, absolute
 * @param workingFolder the one that Terraform works in, absolute and without symbolic links: it counts `..` from where it really is
 */
export function withLocalPaths(template: JsonObject, folder: string, workingFolder: string): JsonObject {
  const written = mapTexts(template, (found) => {
    if (found.kind === 'literal' || !own.test(found.text)) return found.text
    const paths = referencesIn(found).filter(
      ({ root, name }) => root === 'path' && (name === 'module' || name === 'root'),
    )
    return replaceSpans(
      found.text,
      paths.map(({ whole }) => ({ span: whole, replacement: quoteText(folder) })),
    )
  })
  if (!isObject(written.module)) return written
  const modules = Object.entries(written.module).map(([name, body]) => [
    name,
    withLocalSource(body, folder, workingFolder),
  ])
  return { ...written, module: Object.fromEntries(modules) }
}

/** To Terraform a module is local when its source begins with a dot; another absolute path would be copied once, and never again. */
function withLocalSource(body: JsonValue, folder: string, workingFolder: string): JsonValue {
  if (!isObject(body) || typeof body.source !== 'string' || !/^\.\.?[/\\]/.test(body.source)) return body
  const path = relative(workingFolder, resolve(folder, body.source)).split(sep).join('/')
  return { ...body, source: path.startsWith('.') ? path : `./${path}` }
}
