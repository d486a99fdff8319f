// In: the options of `plan` and `apply`. Out: what is asked for the stack.
import { resolve } from 'node:path'
import { canNameVariable, readVariable } from '../compose/context.js'
import { inputError } from '../errors.js'
import { isObject, type JsonObject } from '../json.js'
import type { KeptVariable } from '../stack/stack-details.js'
import type { OptionDefinitions } from './command.js'
import { terraformOptions } from './life-options.js'
import { readDataFile } from './read-data.js'

export const stackOptions = {
  name: { type: 'string', value: 'NAME', about: "the stack's name (the file's when not said)" },
  credential: { type: 'string', multiple: true, value: 'ID', about: 'a credential, one of each provider' },
  var: {
    type: 'string',
    multiple: true,
    value: 'NAME=VALUE',
    about: 'a variable of the template; one that is no text as JSON',
  },
  'var-file': { type: 'string', multiple: true, value: 'FILE', about: 'variables, as JSON or YAML' },
  context: { type: 'string', value: 'FILE', about: 'for whom and for what: user, team, stack, variables' },
  reprovision: { type: 'boolean', about: 'build machines anew whose user data is of an older Kloud' },
  ...terraformOptions,
} as const satisfies OptionDefinitions

interface Given {
  readonly name?: string | undefined
  readonly credential?: readonly string[] | undefined
  readonly var?: readonly string[] | undefined
  readonly 'var-file'?: readonly string[] | undefined
  readonly context?: string | undefined
  readonly reprovision?: boolean | undefined
}

/** Reads them. */
export async function readStackOptions(given: Given, path: string, cwd: string) {
  const context = given.context === undefined ? undefined : await readContext(cwd, given.context)
  return {
    ...{ path: resolve(cwd, path), credentials: given.credential, context, reprovision: given.reprovision },
    ...(given.name === undefined ? {} : { name: given.name }),
    ...{ variables: await readFiles(cwd, given['var-file'] ?? []), typed: readVariables(given.var ?? []) },
  }
}

/** The context is checked when it is used; here it only has to be an object. */
async function readContext(cwd: string, file: string): Promise<JsonObject> {
  const content = await readDataFile(cwd, file, 'context')
  if (isJsonObject(content)) return content
  throw inputError('the context must be an object', { file })
}

/** What is meant by a text depends on the template. */
export function readVariables(given: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    given.map((text) => {
      const [, name, value = ''] = /^([^=]+)=([\s\S]*)$/.exec(text) ?? []
      if (name === undefined) throw inputError(`--var must be NAME=VALUE`)
      if (!canNameVariable(name))
        throw inputError(`--var: ${JSON.stringify(name)} cannot name a variable: use letters, digits, "_" and "-"`)
      return [name, value]
    }),
  )
}

async function readFiles(cwd: string, files: readonly string[]): Promise<Record<string, KeptVariable>> {
  const all: Record<string, KeptVariable> = {}
  for (const file of files) {
    const content = await readDataFile(cwd, file, 'var file')
    if (!isJsonObject(content)) throw inputError('a var file must be an object of names and values', { file })
    for (const [name, value] of Object.entries(content)) {
      if (!canNameVariable(name)) throw inputError(`${JSON.stringify(name)} cannot name a variable`, { file })
      all[name] = readVariable(value, (what) => inputError(`the variable ${name} ${what}`, { file }))
    }
  }
  return all
}

function isJsonObject(value: unknown): value is JsonObject {
  return isObject(value)
}
