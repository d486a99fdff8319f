// In: what is to be done with a machine. Out: the command for it: on a machine of the store, or on one that is only described by files.

import { inputError } from '../errors.js'
import { EventStream } from '../events.js'
import { type Command, defineCommand, type Invocation, type OptionDefinitions } from './command.js'
import { followRun } from './follow-run.js'
import { terraformOptions, withKloud } from './life-options.js'
import { readDataFile } from './read-data.js'

const { yes: _yes, terraform: _terraform, ...shared } = terraformOptions

const machineOptions = {
  ...shared,
  stack: { type: 'string', value: 'NAME', about: 'the stack, where several have a machine of that label' },
  provider: { type: 'string', value: 'P', about: 'without a store: the provider of the machine' },
  credential: { type: 'string', value: 'FILE', about: 'without a store: the credential' },
  bootstrap: { type: 'string', value: 'FILE', about: 'without a store: the bootstrap outputs' },
  metadata: { type: 'string', value: 'FILE', about: 'without a store: what is known of the machine' },
} as const satisfies OptionDefinitions

interface Said {
  readonly label: string
  readonly state: string
  readonly word?: string | undefined
  readonly message?: string | undefined
  readonly changed: boolean
}

/** `machine info`, `machine start` or `machine stop`. */
export function operateCommand(operation: 'info' | 'start' | 'stop', about: string): Command {
  return defineCommand({
    about,
    words: '[LABEL]',
    count: [0, 1],
    options: machineOptions,
    examples: [
      [`kloud machine ${operation} web --stack shop`, 'a machine of a stack'],
      [
        `kloud machine ${operation} --provider digitalocean --credential do.json --metadata web.json`,
        'one without a store',
      ],
    ],
    async run(invocation) {
      const { options, words, output } = invocation
      const [label] = words
      const tell = ({ label: name, state, word, message, changed }: Said) => {
        const said = {
          label: name,
          state,
          ...(word === undefined ? {} : { rawState: word }),
          ...(message === undefined ? {} : { message }),
        }
        if (options.json) output.out(`${JSON.stringify(operation === 'info' ? said : { ...said, changed })}\n`)
        else
          output.out(
            `${name} is ${state}${changed || operation === 'info' ? '' : ' already'}${message === undefined ? '' : ` (${message})`}\n`,
          )
        return 0 as const
      }
      if (options.metadata !== undefined || options.provider !== undefined)
        return tell(await withoutStore(invocation, operation))
      if (label === undefined)
        throw inputError('say which machine: its label, or --provider P --credential FILE --metadata FILE')
      return withKloud(invocation, async ({ kloud, stops }) => {
        const name = { label, stack: options.stack, signal: stops.signal }
        return tell(
          operation === 'info' ? await kloud.info(name) : await followRun(kloud[operation](name), output, options),
        )
      })
    },
  })
}

/** A machine that only its files describe. */
async function withoutStore(
  { options, words, cwd, signal }: Pick<Invocation<typeof machineOptions>, 'options' | 'words' | 'cwd' | 'signal'>,
  operation: 'info' | 'start' | 'stop',
): Promise<Said> {
  const { provider: name, credential, metadata, bootstrap } = options
  if (name === undefined || credential === undefined || metadata === undefined) {
    throw inputError('a machine without a store needs --provider P, --credential FILE and --metadata FILE')
  }
  const [{ ProviderFinder }, { makeMachine }, { machineInfo, operateMachine }] = await Promise.all([
    import('../discovery/find-providers.js'),
    import('../machine/any-machine.js'),
    import('../machine/operate.js'),
  ])
  const provider = await new ProviderFinder({ cwd, folder: options.providers }).get(name)
  const { Credential, Bootstrap, Metadata } = provider
  const [label = 'the machine'] = words
  const machine = makeMachine(provider, {
    credential: Credential.parse(await readDataFile(cwd, credential, 'credential'), {
      subject: `${name} credential`,
      file: credential,
    }),
    metadata: Metadata.parse(await readDataFile(cwd, metadata, 'metadata'), {
      subject: `${name} metadata`,
      file: metadata,
    }),
    bootstrap:
      bootstrap === undefined
        ? {}
        : Bootstrap.parse(await readDataFile(cwd, bootstrap, 'bootstrap'), {
            subject: `${name} bootstrap`,
            file: bootstrap,
          }),
    ...{ label, events: new EventStream() },
  })
  if (operation === 'info') return { label, ...(await machineInfo(machine, { signal })), changed: false }
  return { label, ...(await operateMachine(machine, operation, { signal })) }
}
