// In: what a machine's Klient needs. Out: the files that are put on the machine, as the templates' text that they are.
import { escapeTemplate } from '../../template/references.js'
import { isAwkward, type WrittenText } from '../cloud-config/nodes.js'
import { FixedBlock } from '../cloud-config/written-texts.js'
import { klientMetadata, type MetadataOptions } from '../metadata.js'

const PLACE = '/var/lib/koding'
export const PROVISION_SCRIPT = `${PLACE}/provision.sh`
export const METADATA = `${PLACE}/metadata.json`
export const USER_SCRIPT = `${PLACE}/user-data.sh`

export interface MachineFile {
  path: string
  /** Octal, as a text. */
  permissions: string
  /** Who it belongs to, where that is not root. */
  owner?: string
  /** A template's text, hidden. */
  content: string
  /** The content as a cloud-config has it, where that is known already. */
  written?: WrittenText | undefined
}

export interface OurFilesOptions extends MetadataOptions {
  /** The name of the machine's user. */
  user: string
  provision: MachineFile
  /** The user's own script: a template's text, hidden. */
  userScript?: string | undefined
}

/** The file of the provision script, of its text. */
export function provisionFile(script: string): MachineFile {
  const content = escapeTemplate(script)
  const file = { path: PROVISION_SCRIPT, permissions: '0755', content }
  return isAwkward(content) ? file : { ...file, written: new FixedBlock(content) }
}

/** The files, the user's script last. */
export function ourFiles(options: OurFilesOptions): MachineFile[] {
  const { user, provision, userScript } = options
  const files: MachineFile[] = [
    provision,
    { path: METADATA, permissions: '0600', owner: user, content: metadataText(options) },
  ]
  if (userScript !== undefined) files.push({ path: USER_SCRIPT, permissions: '0755', content: userScript })
  return files
}

/** The text of metadata.json. */
export function metadataText(options: MetadataOptions): string {
  return `${escapeTemplate(JSON.stringify(klientMetadata(options), null, 2))}\n`
}
