// The options by which commands of `kloud` find providers, and what is given for each: `FILE`, or `P=FILE` where there are several.
import { inputError } from '../errors.js'
import type { OptionDefinitions } from './command.js'

export const providerOptions = {
  providers: {
    type: 'string',
    value: 'DIR',
    about: 'a folder of generated providers (when not said, what kloud-gen.config.yaml says, or "generated")',
  },
} as const satisfies OptionDefinitions

/**
 * Reads values such as `digitalocean=do.json`; a value without a name belongs to the one provider that was named.
 *
 * @param option what to call the option in errors: `--credential`
 * @throws KloudError (input) for a value without a name where no provider was named, and for a provider that is given twice
 */
export function valuesByProvider(
  option: string,
  values: readonly string[],
  named: string | undefined,
): Map<string, string> {
  const byProvider = new Map<string, string>()
  for (const value of values) {
    const [, prefix, rest] = /^([a-z][a-z0-9_-]*)=(.+)$/.exec(value) ?? []
    const name = prefix ?? named
    if (name === undefined)
      throw inputError(`${option} ${value}: say which provider it is for: --provider P, or ${option} P=${value}`)
    if (byProvider.has(name)) throw inputError(`${option} is given twice for ${name}`)
    byProvider.set(name, rest ?? value)
  }
  return byProvider
}
