// In: what has to be known. Out: what someone at a terminal answers, secrets unseen. The home of @clack/prompts in the runtime.
import { confirm, isCancel, password, select, text } from '@clack/prompts'
import { KloudError } from '../errors.js'
import type { JsonObject } from '../json.js'
import type { Provider } from '../provider.js'
import type { Field } from '../schema/fields.js'
import { printable } from './printable.js'

/** A terminal that is asked something keeps Ctrl-C to itself: it means here what it means elsewhere. */
function wasCancelled(answer: unknown, signal: AbortSignal): answer is symbol {
  const cancelled = isCancel(answer)
  if (cancelled && !signal.aborted) process.emit('SIGINT')
  return cancelled
}

/** Asks a question that can be answered with yes or no; no is what Enter says. */
export async function askYesOrNo(message: string, signal: AbortSignal): Promise<boolean> {
  const answer = await confirm({ message: printable(message), signal, initialValue: false, output: process.stderr })
  return !wasCancelled(answer, signal) && answer
}

/** Asks for a text, which may be empty. */
export async function askText(message: string, signal: AbortSignal): Promise<string> {
  const answer = await text({ message: printable(message), signal, output: process.stderr })
  if (wasCancelled(answer, signal)) throw new KloudError('other', 'nothing was done', { fault: 'no' })
  return answer ?? ''
}

/** Asks for every field of a credential that is not given. */
export async function askCredential(
  { Credential, title }: Provider,
  given: JsonObject,
  signal: AbortSignal,
): Promise<JsonObject> {
  const data = { ...given }
  for (const [name, field] of Object.entries(Credential.fields)) {
    if (Object.hasOwn(data, name)) continue
    const answer = await askField(`${title}: ${field.label}`, field, signal)
    if (answer !== '') data[name] = field.type === 'integer' || field.type === 'number' ? Number(answer) : answer
  }
  return data
}

async function askField(label: string, field: Field, signal: AbortSignal): Promise<string> {
  const optional = field.required === false || field.default !== undefined
  const message = printable(
    `${label}${optional ? ' (optional)' : ''}${field.help === undefined ? '' : `\n  ${field.help}`}`,
  )
  const validate = (value: string | undefined) =>
    optional || (value ?? '') !== '' ? undefined : 'this has to be given'
  const output = process.stderr
  const { values = [], open } = field
  const known = typeof field.default === 'string' ? field.default : undefined
  const answer =
    values.length > 0 && open !== true
      ? await select({
          ...{
            message,
            output,
            signal,
            options: values.map(({ value, title }) => ({ value, label: printable(title), hint: printable(value) })),
          },
          ...(known === undefined ? {} : { initialValue: known }),
        })
      : field.secret === true
        ? await password({ message, output, signal, validate })
        : await text({
            message,
            output,
            signal,
            validate,
            ...(known === undefined ? {} : { defaultValue: known, placeholder: known }),
          })
  if (wasCancelled(answer, signal)) throw new KloudError('other', 'nothing was stored', { fault: 'no' })
  return String(answer)
}
