// In: a spec's text. Out: its YAML as plain data with all its nodes, and every fault in the way it is written.
import type { Diagnostic } from './diagnostic.js'
import type { Source } from './source.js'
import { dataOf } from './yaml/data.js'
import { type NodeSurvey, surveyNodes } from './yaml/nodes.js'
import { type ParsedYaml, parseYaml } from './yaml/parse.js'

export type Path = readonly (string | number)[]

/** One YAML file, read: its data, and its nodes, by which places are found again. */
export interface SpecDocument extends Pick<ParsedYaml, 'document' | 'lines'>, Pick<NodeSurvey, 'targets'> {
  source: Source
  data: unknown
}

/** What became of a file: the document, unless it is so broken that nothing can be said of what it means; and its faults. */
export interface ReadDocument {
  document: SpecDocument | undefined
  faults: Diagnostic[]
}

/** Reads the YAML of a spec. */
export function parseSpecDocument(source: Source): ReadDocument {
  const { document, lines, faults, readable } = parseYaml(source)
  if (!readable) return { document: undefined, faults }
  const nodes = surveyNodes(source, document, lines)
  faults.push(...nodes.faults)
  if (!nodes.safe) return { document: undefined, faults }
  const data = dataOf(document, nodes)
  return { document: { source, data, document, lines, targets: nodes.targets }, faults }
}
