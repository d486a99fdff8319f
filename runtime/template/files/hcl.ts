// In: the text of an HCL file. Out: its value in the shape of Terraform JSON, with exact numbers, or the error at its place.
import { parse } from '@cdktn/hcl2json'
import type { JsonObject } from '../../json.js'
import { type JsonPath, nameOf } from '../path.js'
import { replaceSpans } from '../references.js'
import { BrokenExpression } from '../scanner.js'
import type { Expression } from '../syntax.js'
import { blockTypes } from './block-types.js'
import { type HclBody, type HclItem, parseHclBody } from './hcl-body.js'
import { keepProvisionerOrder } from './hcl-order.js'
import { asTerraformJson } from './hcl-shape.js'
import { type Edit, signEdits } from './hcl-signs.js'
import { isExact, placeOf, type Source, type SourceText, sourceError } from './source.js'

/**
 * Blocks become lists of objects below their labels, expressions become `${…}`. This is the home of the library that
 * does it, half a second to load: import this file only when there is HCL.
 *
 * @throws KloudError (input) for what is not HCL, or nests too deep.
 */
export async function parseHcl(source: SourceText): Promise<Source> {
  const body = readBody(source)
  const text = replaceSpans(source.text, [...signEdits(source.text, body.items), ...numberEdits(source.text, body)])
  const value: JsonObject = await parse(source.file, text).catch((error: unknown) => {
    throw libraryError(source, error)
  })
  keepProvisionerOrder(value, body.items)
  const digits: JsonPath[] = []
  const shaped = asTerraformJson(value, digits, (path, message) => {
    const name = nameOf(path.filter((step, index) => index > 2 || typeof step === 'string'))
    throw sourceError(source, offsetOf(body.items, path), `${name}: ${message}`)
  })
  return { ...source, value: shaped, digits, offsetOf: (path) => offsetOf(body.items, path) }
}

/** Our own look at the file comes first: it knows the places, and refuses what is nested too deep before the library falls over it. */
function readBody(source: SourceText): HclBody {
  try {
    const body = parseHclBody(source.text)
    for (const item of body.items) checkLabels(source, item)
    checkNames(source, body.items)
    return body
  } catch (error) {
    if (!(error instanceof BrokenExpression)) throw error
    throw sourceError(source, error.offset, `Not the HCL of a template: ${error.message}`)
  }
}

/** In JSON, a label too many would look like a block inside, and one too few like nothing at all. */
function checkLabels(source: SourceText, item: HclItem): void {
  const wanted = item.kind === 'block' ? blockTypes.get(item.type)?.labels : undefined
  if (item.kind === 'argument' || wanted === undefined || item.labels.length === wanted) return
  const labels = ['no label', 'one label, its name', 'two labels, its type and its name'][wanted]
  throw sourceError(source, item.start, `A ${item.type} block has ${labels}, and this one has ${item.labels.length}`)
}

/** The library forgets blocks for an argument of the same name; to Terraform, a name is one or the other. */
function checkNames(source: SourceText, items: readonly HclItem[]): void {
  const seen = new Map<string, HclItem>()
  for (const item of items) {
    const name = item.kind === 'argument' ? item.name : item.type
    const first = seen.get(name) ?? item
    if (first.kind !== item.kind) {
      const [here, there] = item.kind === 'argument' ? ['an argument', 'a block'] : ['a block', 'an argument']
      const { line } = placeOf(source, first.start)
      throw sourceError(source, item.start, `${name} is ${here} here, and ${there} in line ${line}: it cannot be both`)
    }
    seen.set(name, first)
    if (item.kind === 'block') checkNames(source, item.body)
  }
}

/** The library rounds numbers, but leaves alone what stands in parentheses. */
function numberEdits(text: string, { numbers }: HclBody): readonly Edit[] {
  return numbers.flatMap((span) => {
    const digits = text.slice(span.start, span.end)
    return isExact(digits) ? [] : [{ span, replacement: `(${digits})` }]
  })
}

/** The library says `parse config: [FILE:3,5-6: Summary; Detail]`. */
function libraryError(source: SourceText, error: unknown) {
  const text = error instanceof Error ? error.message : String(error)
  const match = /:(\d+),(\d+)-[\d,]+: ([^;]*)(?:; ([^\n\]]*))?/.exec(text)
  if (match === null) return sourceError(source, 0, `Not the HCL of a template: ${text.split('\n')[0]}`)
  const [, line = '1', column = '1', summary = '', detail = ''] = match
  const lineStart =
    source.text
      .split('\n')
      .slice(0, Number(line) - 1)
      .join('\n').length + (line === '1' ? 0 : 1)
  return sourceError(source, lineStart + Number(column) - 1, `Not the HCL of a template: ${detail || summary}`)
}

/** Where the value at a path stands: at the name of the argument or block, or at a key inside an argument. */
function offsetOf(items: readonly HclItem[], path: JsonPath): number {
  const [type, ...rest] = path
  if (typeof type !== 'string') return 0
  const named = items.filter((item) => (item.kind === 'argument' ? item.name : item.type) === type)
  const argument = named.find((item) => item.kind === 'argument')
  if (argument?.kind === 'argument') return offsetIn(argument.value, rest) ?? argument.start
  const blocks = named.filter((item) => item.kind === 'block')
  const [first] = blocks
  if (first === undefined) return items[0]?.start ?? 0
  const labels = rest.slice(0, first.labels.length)
  const same = blocks.filter((block) => labels.every((label, index) => block.labels[index] === label))
  const [index, ...below] = rest.slice(labels.length)
  const block = same[typeof index === 'number' ? index : 0] ?? same[0] ?? first
  return below.length === 0 || block.body.length === 0 ? block.start : (offsetBelow(block.body, below) ?? block.start)
}

function offsetBelow(items: readonly HclItem[], path: JsonPath): number | undefined {
  const exists = items.some((item) => (item.kind === 'argument' ? item.name : item.type) === path[0])
  return exists ? offsetOf(items, path) : undefined
}

function offsetIn(value: Expression, path: JsonPath): number | undefined {
  const [step, ...rest] = path
  if (step === undefined) return undefined
  if (value.kind === 'list' && typeof step === 'number') {
    const item = value.items[step]
    return item === undefined ? undefined : (offsetIn(item, rest) ?? item.start)
  }
  if (value.kind !== 'object') return undefined
  const entry = value.entries.find(({ key }) => keyText(key) === step)
  return entry === undefined ? undefined : (offsetIn(entry.value, rest) ?? entry.key.start)
}

function keyText(key: Expression): string | undefined {
  if (key.kind === 'name') return key.name
  if (key.kind !== 'text') return undefined
  return key.parts.map((part) => (part.kind === 'words' ? part.value : '')).join('')
}
