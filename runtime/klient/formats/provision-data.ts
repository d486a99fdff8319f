// In: our files and the user's script. Out: JSON that says which files to write and what to run, packed with gzip, in base64.
import { inputError } from '../../errors.js'
import { gzip } from '../expressions/encode.js'
import { toExpression } from '../expressions/quote.js'
import { PROVISION_SCRIPT } from '../ours/our-files.js'
import type { Format, FormatInput } from './format.js'

/** What the JSON holds. */
export type ProvisionData = {
  /** What the machine is to be called. */
  hostname: string
  /** Its user, whom the first command makes where there is none. */
  username: string
  /** To be written as root; `permissions` are octal. */
  files: { path: string; permissions: string; content: string }[]
  /** To be run as root, in this order. */
  run: string[]
}

/** For machines without cloud-init: a Vagrantfile unpacks it, writes the files and runs the commands. */
export const provisionDataFormat: Format = (input) => {
  const { placeholders, user, hostname } = input
  const files = input.files(scriptOf(input)).map(({ path, permissions, content }) => ({ path, permissions, content }))
  const data: ProvisionData = { hostname, username: user, files, run: [PROVISION_SCRIPT] }
  const likely = gzip(toExpression(data, (text) => JSON.stringify(placeholders.fill(text)))).toString('base64')
  const formatted = {
    warnings: [],
    pieces: () =>
      files.map(({ path, content }) => ({ name: path, bytes: Buffer.byteLength(placeholders.fill(content)) })),
  }
  if (!placeholders.has(JSON.stringify(data))) return { ...formatted, text: likely }
  const json = `jsonencode(${toExpression(data, (text) => placeholders.quote(text))})`
  return { ...formatted, text: placeholders.addExpression(`base64gzip(${json})`, likely) }
}

/** The user's data must be a script, or an expression, which is taken for one. */
function scriptOf({ their, placeholders }: FormatInput): string | undefined {
  if (their.later !== undefined) return placeholders.addExpression(their.later, placeholders.resolve(their.later))
  if (their.config === undefined && their.parts.length === 0) return their.script
  throw inputError('user data: the machine has no cloud-init', { hint: 'give a shell script, which begins with #!' })
}
