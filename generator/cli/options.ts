// The options that several commands of `kloud-gen` share.
import type { OptionDefinitions } from '../../runtime/cli/command.js'
import { formats } from '../spec/diagnostic-format.js'

export const folderOptions = {
  specs: { type: 'string', value: 'DIR', about: 'the folder of the specs ("specs" when not said)' },
  out: { type: 'string', value: 'DIR', about: 'the folder of generated code ("generated" when not said)' },
} as const satisfies OptionDefinitions

export const formatOptions = {
  format: { type: 'string', choices: formats, about: 'how diagnostics are printed' },
} as const satisfies OptionDefinitions
