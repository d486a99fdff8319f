// In: paths of files and folders. Out: one template, whatever languages it is written in, that knows the place of each of its parts.
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { inputError } from '../errors.js'
import type { JsonObject } from '../json.js'
import { commentKey } from './files/block-types.js'
import { readBlocks } from './files/blocks.js'
import { parseJson } from './files/json.js'
import { Merge } from './files/merge.js'
import { reading, TextReader } from './files/read-text.js'
import type { Source, SourceText } from './files/source.js'
import type { FindPlace } from './path.js'

/** A Terraform template as data. */
export interface Template {
  /**
   * All its blocks, in one shape: `resource`, `data` and `ephemeral` by type and name, `variable`, `output`, `module` and `check`
   * by name, each an object; `provider` by name, an object or a list of them; `locals` and `terraform` as one object; `moved`,
   * `import` and `removed` as lists.
   */
  readonly blocks: JsonObject
  /** The files that it was read from, as the user named them. */
  readonly files: readonly string[]
  /** Where the value at a path of `blocks` stands; worked out when asked for. */
  readonly place: FindPlace
}

/**
 * Reads a template: Terraform JSON (`.json`), the same shape as YAML (`.yaml`, `.yml`), or HCL (`.tf`), in one file, several, or a
 * folder. A folder gives its files named for Terraform (`.tf`, `.tf.json`, `.tf.yaml`), and all its JSON and YAML files when it has
 * none of those; folders inside it are not looked at. Files are put together as Terraform puts those of one module.
 *
 * @throws KloudError (input) with file, line and column: unreadable, not UTF-8, over 10 MiB, no JSON, YAML or HCL, a block of an
 *   unknown kind or wrong shape, the same name declared twice, nested deeper than 500 levels.
 * @example
 * const { blocks, place } = await readTemplate('stack.yaml')
 * place(['resource', 'aws_instance', 'web', 'ami']) // { file: 'stack.yaml', line: 4, column: 12 }
 */
export async function readTemplate(paths: string | readonly string[]): Promise<Template> {
  const given = typeof paths === 'string' ? [paths] : paths
  const files = [...new Set((await Promise.all(given.map(filesAt))).flat())]
  const reader = new TextReader()
  const sources: Source[] = []
  for (const file of files) {
    const { parse } = languageOf(file)
    sources.push(await parse(await reader.read(file)))
  }
  return mergeSources(sources)
}

/** As {@link readTemplate}, from a text that is at hand; the name says by its ending what language the text is in. */
export async function parseTemplate(text: string, file: string): Promise<Template> {
  return mergeSources([await languageOf(file).parse({ file, text })])
}

function mergeSources(sources: readonly Source[]): Template {
  const merge = new Merge()
  const overrides = sources.length > 1 ? sources.filter(({ file }) => overrideName.test(file)) : []
  for (const source of sources) {
    if (overrides.includes(source)) continue
    const { blocks, comment } = readBlocks(source)
    if (comment !== undefined) merge.blocks[commentKey] = comment
    for (const block of blocks) merge.add(block)
  }
  for (const source of overrides) for (const block of readBlocks(source).blocks) merge.override(block)
  merge.typeNumbers()
  return { blocks: merge.blocks, files: sources.map(({ file }) => file), place: (path) => merge.place(path) }
}

/** Files that Terraform lays over the others, when they stand beside them. */
const overrideName = /(?:^|[/\\_])override\.(?:tf|tf\.json|json|tf\.ya?ml|ya?ml)$/

interface Language {
  readonly ending: RegExp
  readonly parse: (source: SourceText) => Source | Promise<Source>
}

/** Only JSON is at hand at once: what reads the others takes time to load. */
const languages: readonly Language[] = [
  { ending: /\.json$/i, parse: parseJson },
  { ending: /\.ya?ml$/i, parse: async (source) => (await import('./files/yaml.js')).parseYaml(source) },
  { ending: /\.tf$/i, parse: async (source) => await (await import('./files/hcl.js')).parseHcl(source) },
]

function languageOf(file: string): Language {
  const language = languages.find(({ ending }) => ending.test(file))
  if (language !== undefined) return language
  throw inputError(`A template is a .tf, .tf.json, .json, .yaml or .yml file, and this is none: ${file}`, { file })
}

const forTerraform = /\.tf(?:\.json|\.ya?ml)?$/i
const anyLanguage = /\.(?:json|ya?ml)$/i

/** A file itself, or the templates in a folder, sorted by name; as an editor's own files, hidden ones are left out. */
async function filesAt(path: string): Promise<string[]> {
  if (!(await reading(path, stat(path))).isDirectory()) return [path]
  const entries = await reading(path, readdir(path, { withFileTypes: true }))
  const names = entries
    .flatMap((entry) => (entry.isDirectory() || /^[.#]|~$/.test(entry.name) ? [] : [entry.name]))
    .sort()
  const named = names.filter((name) => forTerraform.test(name))
  const files = named.length > 0 ? named : names.filter((name) => anyLanguage.test(name))
  if (files.length === 0)
    throw inputError(`There is no template (.tf, .json, .yaml) in the folder ${path}`, { file: path })
  return files.map((name) => join(path, name))
}
