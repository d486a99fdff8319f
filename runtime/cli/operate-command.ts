// In: what is to be done with a machine. Out: the command for it: on a machine of the store, or on one that is only described by files.
import { resolve } from 'node:path'
import { inputError } from '../errors.js'
import { EventStream } from '../events.js'
import type { SandboxOptions } from '../sandbox/sandbox-clouds.js'
import { sandboxFolder } from '../sandbox/sandbox-folder.js'
import type { Clouds } from '../stack/clouds.js'
import { foundProviders, type ProviderSource } from '../stack/provider-source.js'
import { defaultFolder } from '../store/default-folder.js'
import { type Command, defineCommand, type Invocation, type OptionDefinitions } from './command.js'
import { followRun } from './follow-run.js'
import { readFaults, terraformOptions, withKloud } from './life-options.js'
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
      const { provider, credential, bootstrap, metadata } = options
      if ([provider, credential, bootstrap, metadata].some((given) => given !== undefined))
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

type WithoutStore = Pick<Invocation<typeof machineOptions>, 'options' | 'words' | 'cwd' | 'signal'>

/** A machine that only its files describe. */
async function withoutStore(
  { options, words, cwd, signal }: WithoutStore,
  operation: 'info' | 'start' | 'stop',
): Promise<Said> {
  const { provider: name, credential, metadata, bootstrap, stack, store, sandbox } = options
  if (name === undefined || credential === undefined || metadata === undefined) {
    throw inputError('a machine without a store needs --provider P, --credential FILE and --metadata FILE')
  }
  if (stack !== undefined) throw inputError('--stack is for a machine of the store, and --provider for one without')
  if (store !== undefined && sandbox !== true)
    throw inputError('--store is for a machine of the store, and --provider for one without')
  const faults = await readFaults(options)
  const { machineInfo, operateMachine } = await import('../machine/operate.js')
  const finder = foundProviders({ cwd, folder: options.providers })
  const provider = await finder.get(name)
  const { Credential, Bootstrap, Metadata } = provider
  const [label = 'the machine'] = words
  const described = {
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
        ? undefined
        : Bootstrap.parse(await readDataFile(cwd, bootstrap, 'bootstrap'), {
            subject: `${name} bootstrap`,
            file: bootstrap,
          }),
  }
  const clouds = await openClouds({ ...options, faults }, cwd, finder)
  try {
    const events = new EventStream()
    const machine = await clouds.machine({
      ...{ provider, label, owner: undefined, resourceId: undefined, ...described, events },
    })
    if (operation === 'info') return { label, ...(await machineInfo(machine, { signal })), changed: false }
    return { label, ...(await operateMachine(machine, operation, { signal })) }
  } finally {
    await clouds.close()
  }
}

/** The clouds that the machine's may be one of: the real ones, or those of the sandbox, which know machines of all its stacks. */
async function openClouds(
  { sandbox, store, faults }: Pick<WithoutStore['options'], 'sandbox' | 'store'> & { faults: SandboxOptions },
  cwd: string,
  finder: ProviderSource,
): Promise<Clouds> {
  if (sandbox !== true) return (await import('../stack/real-clouds.js')).realClouds()
  const { sandboxClouds } = await import('../sandbox/sandbox-clouds.js')
  return sandboxClouds(sandboxFolder(resolve(cwd, store ?? defaultFolder)), finder, faults)
}
