// In: the machine's user, its name and its files. Out: the cloud-config that sets them up and runs the provision script.
import { type ConfigNode, listNode, objectNode, Scalar, textNode, toNode, type YAMLMap } from '../cloud-config/nodes.js'
import { blockNode, lineNode } from '../cloud-config/written-texts.js'
import { encodeText } from '../expressions/encode.js'
import type { Placeholders } from '../expressions/placeholders.js'
import { type MachineFile, PROVISION_SCRIPT } from './our-files.js'

/** Where the output of cloud-init, and of every script that it runs, goes. */
const LOG = '/var/log/cloud-init-output.log'
/** What cloud-init says when all is done: whoever reads a machine's console waits for it. */
const FINAL_MESSAGE = '_KD_DONE_'

export interface OurConfigOptions {
  /** The name of the machine's user. */
  user: string
  /** A template's text, hidden. */
  hostname: string
  files: readonly MachineFile[]
}

/** Our cloud-config. The distribution's own user stays (`default`): its key may be the only way in. */
export function ourConfig({ user, hostname, files }: OurConfigOptions, placeholders: Placeholders): YAMLMap {
  return objectNode({
    output: toNode({ all: `| tee -a ${LOG}` }),
    hostname: lineNode(hostname, placeholders),
    users: toNode(['default', { name: user, shell: '/bin/bash', sudo: 'ALL=(ALL) NOPASSWD:ALL' }]),
    write_files: listNode(files.map((file) => fileNode(file, placeholders))),
    runcmd: toNode([PROVISION_SCRIPT]),
    final_message: toNode(FINAL_MESSAGE),
  })
}

/** Files are written before users are made, but for those that say `defer`. */
function fileNode(file: MachineFile, placeholders: Placeholders): YAMLMap {
  const { path, permissions, owner } = file
  return objectNode({
    ...{ path: textNode(path), permissions: textNode(permissions) },
    ...(owner === undefined ? {} : { owner: textNode(owner), defer: toNode(true) }),
    ...contentNodes(file, placeholders),
  })
}

function contentNodes({ content, written }: MachineFile, placeholders: Placeholders): Record<string, ConfigNode> {
  if (written !== undefined) return { content: new Scalar(written) }
  const block = blockNode(content, placeholders)
  if (block !== undefined) return { content: block }
  return { encoding: textNode('b64'), content: textNode(encodeText(content, 'base64', placeholders)) }
}
