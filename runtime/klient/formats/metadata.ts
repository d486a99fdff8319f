// In: metadata.json. Out: its text: all that a container needs, whose image has a Klient already.
import { inputError } from '../../errors.js'
import type { Format } from './format.js'

export const metadataFormat: Format = ({ their, metadata }) => {
  if (their.script !== undefined || their.config !== undefined || their.parts.length > 0) {
    throw inputError("user data: the field holds Klient's metadata", { hint: 'leave it out' })
  }
  return { text: metadata, warnings: [], pieces: () => [] }
}
