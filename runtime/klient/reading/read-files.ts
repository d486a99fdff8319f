// In: a cloud-config's `write_files`. Out: the files that come of it, unpacked.
import { isMap, isScalar, isSeq, type YAMLMap } from '../cloud-config/nodes.js'
import { readNode, scalarText, valueAt } from '../cloud-config/read-node.js'
import { gunzip } from '../unpack.js'

/** A file as it is written on the machine. */
export interface SetupFile {
  content: string
  /** Octal, as a text: `0644` when not said. */
  permissions: string
  /** `user`, or `user:group`. */
  owner: string
}

/** Files by their paths; those that wait for the machine's users (`defer`) come last. */
export function readFiles(config: YAMLMap): Map<string, SetupFile> {
  const list = valueAt(config, 'write_files')
  const items = isSeq(list) ? list.items.filter(isMap) : []
  const isDeferred = (item: YAMLMap): boolean => readNode(valueAt(item, 'defer')) === true
  const files = new Map<string, SetupFile>()
  for (const item of [...items.filter((item) => !isDeferred(item)), ...items.filter(isDeferred)]) {
    const path = readNode(valueAt(item, 'path'))
    if (typeof path !== 'string') continue
    const before = readNode(valueAt(item, 'append')) === true ? (files.get(path)?.content ?? '') : ''
    files.set(path, { ...readFile(item), content: before + contentOf(item) })
  }
  return files
}

function readFile(item: YAMLMap): Omit<SetupFile, 'content'> {
  const permissions = readNode(valueAt(item, 'permissions'))
  const owner = readNode(valueAt(item, 'owner'))
  return {
    permissions: typeof permissions === 'number' ? `0${permissions.toString(8)}` : String(permissions ?? '0644'),
    owner: String(owner ?? 'root:root'),
  }
}

function contentOf(item: YAMLMap): string {
  const node = valueAt(item, 'content')
  if (!isScalar(node)) return ''
  const encoding = String(readNode(valueAt(item, 'encoding')) ?? '')
    .toLowerCase()
    .trim()
  const bytes = node.value instanceof Uint8Array ? Buffer.from(node.value) : Buffer.from(scalarText(node))
  const decoded = /(?:^|\+)(?:b64|base64)$/.test(encoding) ? Buffer.from(bytes.toString('latin1'), 'base64') : bytes
  return (/^(?:gz|gzip)(?:\+|$)/.test(encoding) ? gunzip(decoded) : decoded).toString('utf8')
}
