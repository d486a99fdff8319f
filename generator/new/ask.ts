// In: a name and what flags have said. Out: the answers of someone at a terminal. The home of @clack/prompts.
import { cancel, confirm, intro, isCancel, select, text } from '@clack/prompts'
import {
  type Answers,
  type CredentialField,
  fieldFault,
  resourceFault,
  sourceFault,
  titleFault,
  urlFault,
} from './answers.js'

/** The user left. */
class Left extends Error {}

/** Asks for what a new spec needs; undefined where the user leaves. What `said` has is not asked. */
export async function askAnswers(defaults: Answers, said: Partial<Answers>): Promise<Answers | undefined> {
  intro(`A new provider: ${defaults.name}`)
  try {
    return await ask(defaults, said)
  } catch (error) {
    if (!(error instanceof Left)) throw error
    cancel('Nothing was written.')
    return undefined
  }
}

async function ask(defaults: Answers, said: Partial<Answers>): Promise<Answers> {
  const title = said.title ?? (await line('What do people call it?', defaults.title, titleFault))
  const source = said.source ?? (await line('Its address in the Terraform registry?', defaults.source, sourceFault))
  const resource =
    said.resource ?? (await line('The type of one machine in Terraform?', defaults.resource, resourceFault))
  const fields = said.fields ?? (await askFields())
  const transport = said.transport ?? (await askTransport())
  const asksUrl = transport === 'http' && said.baseUrl === undefined
  const baseUrl = asksUrl
    ? await line("The API's address?", defaults.baseUrl, urlFault)
    : (said.baseUrl ?? defaults.baseUrl)
  return { name: defaults.name, title, source, resource, fields, transport, baseUrl }
}

function line(message: string, initialValue: string, fault?: (value: string) => string | undefined): Promise<string> {
  const needed = (value: string | undefined) => (value?.trim() ? fault?.(value) : 'an answer is needed')
  return answer(text({ message, initialValue, validate: needed }))
}

function askTransport(): Promise<Answers['transport']> {
  return answer(
    select<Answers['transport']>({
      message: 'How is a machine started and stopped?',
      options: [
        { value: 'http', label: 'through a JSON API over HTTP', hint: 'mapped in the spec' },
        { value: 'manual', label: 'I write it in TypeScript', hint: 'stubs are made for you' },
      ],
    }),
  )
}

async function askFields(): Promise<CredentialField[]> {
  const fields: CredentialField[] = []
  for (;;) {
    const first = fields.length === 0
    const message = first
      ? 'A field of the credential? Leave it empty when there is none.'
      : 'Another field? Leave it empty when that is all.'
    const others = fields.map(({ name }) => name)
    const fault = (value: string | undefined) => (value ? fieldFault(value, others) : undefined)
    const name = await answer(text({ message, defaultValue: '', validate: fault }))
    if (!name) return fields
    const secret = await answer(
      confirm({ message: `Is ${name} a secret?`, initialValue: /token|secret|password|key/i.test(name) }),
    )
    fields.push({ name, secret })
  }
}

async function answer<T>(prompt: Promise<T>): Promise<Exclude<T, symbol>> {
  const value = await prompt
  if (isAnswer(value)) return value
  throw new Left()
}

function isAnswer<T>(value: T): value is Exclude<T, symbol> {
  return !isCancel(value)
}
