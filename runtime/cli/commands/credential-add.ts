// `kloud credential add`: verify what a user enters for a provider, then store it encrypted.
import { inputError } from '../../errors.js'
import { isObject, type JsonObject } from '../../json.js'
import { defineCommand, type Output } from '../command.js'
import { storeOptions, withKloud } from '../life-options.js'
import { readDataFile } from '../read-data.js'

export const credentialAdd = defineCommand({
  about: 'verify a credential, then store it encrypted; fields that are not given are asked for',
  words: 'PROVIDER',
  count: [1, 1],
  options: {
    ...storeOptions,
    data: { type: 'string', value: 'FILE', about: 'the fields, as JSON or YAML' },
    title: { type: 'string', value: 'T', about: 'what to call it' },
  },
  examples: [
    ['kloud credential add digitalocean', 'asks for the token, unseen'],
    ['kloud credential add aws --data aws.json --title Work', 'from a file'],
  ],
  run(invocation) {
    const { options, words, cwd, output, signal } = invocation
    const [name = ''] = words
    return withKloud({ ...invocation, makesStore: true }, async ({ kloud }) => {
      const given = options.data === undefined ? undefined : await readDataFile(cwd, options.data, 'credential')
      if (given !== undefined && !isObject(given))
        throw inputError('a credential is an object of fields', { file: options.data ?? '' })
      const provider = await kloud.provider(name)
      const data = await completed({
        kloud,
        provider,
        given: { ...(given ?? {}) } as JsonObject,
        output,
        signal,
      })
      const { identifier, title } = await kloud.credentials.add(
        { provider: name, title: options.title, data },
        { signal },
      )
      output.out(`${JSON.stringify({ identifier, title })}\n`)
      return 0
    })
  },
})

interface Completing {
  readonly kloud: { sampleCredential(name: string): Promise<JsonObject | undefined> }
  readonly provider: Awaited<ReturnType<import('../../kloud.js').Kloud['provider']>>
  readonly given: JsonObject
  readonly output: Output
  readonly signal: AbortSignal
}

/** Someone at a terminal is asked for what is missing; the sandbox makes it up; otherwise what is missing is an error of the form. */
async function completed({ kloud, provider, given, output, signal }: Completing): Promise<JsonObject> {
  const { fields } = provider.Credential
  const isMissing = Object.entries(fields).some(([name, { required, default: known }]) => {
    return required !== false && known === undefined && !Object.hasOwn(given, name)
  })
  if (!isMissing) return given
  const made = await kloud.sampleCredential(provider.name)
  if (made !== undefined) return { ...made, ...given }
  if (!output.interactive) return given
  const { askCredential } = await import('../ask.js')
  return askCredential(provider, given, signal)
}
