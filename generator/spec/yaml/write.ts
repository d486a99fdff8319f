// In: plain data. Out: the same as YAML, written as the specs are.
import { stringify } from 'yaml'

/** Data as YAML: blocks, two spaces, texts of several lines as blocks of their own. No line is broken for its width; the last ends without a break. */
export function writeYaml(value: unknown): string {
  return stringify(value, { lineWidth: 0 }).replace(/\n$/, '')
}

/** Data as YAML on one line: `{ size: small, tags: [ a, b ] }`. */
export function writeFlowYaml(value: unknown): string {
  return stringify(value, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: false })
    .replaceAll(/\s*\n\s*/g, ' ')
    .trim()
}
