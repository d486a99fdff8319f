// In: YAML, or data. Out: cloud-config as YAML nodes, which keep what a value alone would lose: order, and quoted or not. The home of `yaml` here.
import { Document, isMap, isScalar, isSeq, Pair, parseDocument, Scalar, YAMLMap, YAMLSeq } from 'yaml'
import type { JsonValue } from '../../json.js'
import { needsQuotes } from './plain-scalar.js'

export { isAlias, isMap, isScalar, isSeq, Pair, type ParsedNode, Scalar, YAMLMap, YAMLSeq } from 'yaml'

/** A value in a cloud-config. */
export type ConfigNode = YAMLMap | YAMLSeq | Scalar

/** A text that says itself how it is written, because the usual ways would change it. */
export abstract class WrittenText {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }

  /**
   * The text as YAML.
   *
   * @param indent what each of its lines but the first begins with, when it stands in a block
   */
  abstract write(indent: string): string
}

/** Every scalar is a text that is written as it was read: whether `0644` is a number is for cloud-init to say, not for us. */
const asWritten = { schema: 'failsafe', uniqueKeys: false } as const

/** Characters that YAML 1.1 takes for line breaks, or does not take at all. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const awkward = /[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g
const anyAwkward = new RegExp(`${awkward.source}|\\p{Cs}`, 'u')

const tooDeep = 'it is nested too deeply'

/** Parses YAML, or says what is wrong with it and where (line and column from 1). */
export function parseYaml(text: string): Document.Parsed | { message: string; line: number; column: number } {
  try {
    const document = parseDocument(text, asWritten)
    const [error] = document.errors
    if (error === undefined) return document
    const { line, col } = error.linePos?.[0] ?? { line: 1, col: 1 }
    const isTooDeep = error.code === 'RESOURCE_EXHAUSTION' || error.message.startsWith('Maximum call stack')
    return {
      message: isTooDeep ? tooDeep : (error.message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, ''),
      line,
      column: col,
    }
  } catch (error) {
    if (error instanceof RangeError) return { message: tooDeep, line: 1, column: 1 }
    throw error
  }
}

/** Writes a cloud-config as YAML. */
export function writeYaml(config: YAMLMap): string {
  const document = new Document(undefined, { ...asWritten, customTags: (tags) => [...tags, 'binary', writtenText] })
  document.contents = config
  return document.toString({ lineWidth: 0, indentSeq: false, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER })
}

const writtenText = {
  tag: '!written',
  default: true,
  identify: (value: unknown) => value instanceof WrittenText,
  resolve: (value: string) => value,
  stringify: (item: Scalar, context: { indent: string; inFlow?: boolean | null }) =>
    item.value instanceof WrittenText ? item.value.write(context.indent || '  ') : '',
} as const

/** A text between double quotes, on one line, with whatever is awkward escaped. */
class QuotedText extends WrittenText {
  override write(): string {
    return JSON.stringify(this.text).replace(awkward, (character) => {
      return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
    })
  }
}

/** Whether a text holds characters that YAML can hold only between double quotes, escaped. */
export function isAwkward(text: string): boolean {
  return anyAwkward.test(text)
}

/** A text as a scalar: in a block of its own when it has several lines, in quotes when it would be taken for something else. */
export function textNode(text: string): Scalar {
  if (isAwkward(text)) return new Scalar(new QuotedText(text))
  const node = new Scalar(text)
  node.type = styleOf(text)
  return node
}

/** PyYAML ends a text without quotes at a tab. */
function styleOf(text: string): Scalar.Type {
  if (text.includes('\n')) return 'BLOCK_LITERAL'
  if (text.includes('\t')) return 'QUOTE_DOUBLE'
  return needsQuotes(text) ? 'QUOTE_SINGLE' : 'PLAIN'
}

/** Data as nodes. */
export function toNode(value: JsonValue): ConfigNode {
  if (typeof value === 'string') return textNode(value)
  if (Array.isArray(value)) return listNode(value.map(toNode))
  if (typeof value === 'object' && value !== null) {
    return objectNode(Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toNode(item)])))
  }
  const node = new Scalar(String(value))
  node.type = 'PLAIN'
  return node
}

export function objectNode(values: Readonly<Record<string, ConfigNode>>): YAMLMap {
  return mapNode(Object.entries(values).map(([key, value]) => new Pair(textNode(key), value)))
}

export function mapNode(pairs: readonly Pair[]): YAMLMap {
  const map = new YAMLMap()
  map.items = [...pairs]
  return map
}

export function listNode(items: readonly ConfigNode[]): YAMLSeq<ConfigNode> {
  const list = new YAMLSeq<ConfigNode>()
  list.items = [...items]
  return list
}

export function isConfigNode(node: unknown): node is ConfigNode {
  return isMap(node) || isSeq(node) || isScalar(node)
}
