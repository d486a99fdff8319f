// What a new spec is made of: a provider's name, and what is known of its cloud.
import { readableLabel } from '../../runtime/schema/label.js'
import { GeneratorError } from '../errors.js'
import { fieldNamePattern, pascalCase, plainSpelling, reservedFieldNames, reservedWords } from '../model/names.js'
import { providerNameFault } from '../model/provider-name.js'

export interface CredentialField {
  name: string
  secret: boolean
}

export interface Answers {
  name: string
  title: string
  /** `acme/acme` */
  source: string
  /** `acme_instance` */
  resource: string
  fields: readonly CredentialField[]
  transport: 'http' | 'manual'
  /** Of an http transport. */
  baseUrl: string
}

/** What is taken where nothing is said. */
export function defaultAnswers(name: string): Answers {
  const prefix = terraformPrefix(name)
  return {
    name,
    title: readableLabel(name),
    source: `${prefix}/${prefix}`,
    resource: `${prefix}_instance`,
    fields: [{ name: 'token', secret: true }],
    transport: 'manual',
    baseUrl: `https://api.${prefix.replaceAll('_', '-')}.example/v1`,
  }
}

/** What a provider's resources begin with in Terraform. */
export function terraformPrefix(name: string): string {
  return name.replaceAll('-', '_').replaceAll(/_+$/g, '')
}

/** Why a text cannot be the name of a provider; undefined where it can. */
export function nameFault(name: string): string | undefined {
  if (reservedWords.has(name)) return `${JSON.stringify(name)} cannot be a provider's name: it is a word of TypeScript`
  const fault = providerNameFault(name)
  if (fault) return fault
  return /^[A-Z]/.test(pascalCase(name))
    ? undefined
    : `${JSON.stringify(name)} cannot be a provider's name: no class can be named after it`
}

export function sourceFault(source: string): string | undefined {
  return /^([a-z0-9.-]+\.[a-z]+(:\d+)?\/)?[A-Za-z0-9_-]+\/[A-Za-z0-9_-]+$/.test(source)
    ? undefined
    : `${JSON.stringify(source)} is no address in the Terraform registry: write NAMESPACE/NAME`
}

export function resourceFault(resource: string): string | undefined {
  return /^[a-z][a-z0-9]*(_[a-z0-9]+)+$/.test(resource)
    ? undefined
    : `${JSON.stringify(resource)} is no resource type: write it whole, such as acme_instance`
}

export function urlFault(url: string): string | undefined {
  if (!URL.canParse(url) || !/^https?:\/\//.test(url)) return `${JSON.stringify(url)} is no URL: begin with https://`
  const { protocol, hostname, search, hash, username, password } = new URL(url)
  if (`${search}${hash}${username}${password}` !== '') return 'an API has an address without parameters and passwords'
  const here = hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]'
  return protocol === 'https:' || here ? undefined : 'an API is called with https://, or with http:// on this machine'
}

export function titleFault(title: string): string | undefined {
  if (title.trim() === '') return 'the title is empty'
  return title.includes('${{') ? 'a title cannot hold ${{, with which an expression begins' : undefined
}

/** Why a text cannot be the name of a field beside others; undefined where it can. */
export function fieldFault(name: string, others: readonly string[]): string | undefined {
  const shown = JSON.stringify(name)
  if (!fieldNamePattern.test(name)) return `${shown} cannot be the name of a field: use letters, digits and _`
  if (reservedFieldNames.has(name))
    return `${shown} cannot be the name of a field: every generated class has a member of it`
  const spelling = plainSpelling(name)
  const twin = others.find((other) => plainSpelling(other) === spelling)
  if (twin === undefined) return undefined
  return twin === name ? `the field ${name} is given twice` : `the fields ${twin} and ${name} become the same name`
}

/**
 * Reads credential fields as a command line gives them: `token:secret`, `region`.
 * @throws GeneratorError (exit 2)
 */
export function parseFields(words: readonly string[]): CredentialField[] {
  const fields: CredentialField[] = []
  for (const word of words.flatMap((one) => one.split(',')).map((one) => one.trim())) {
    if (word === '') continue
    const [name = '', flag, ...rest] = word.split(':')
    const isField = rest.length === 0 && (flag === undefined || flag === 'secret')
    const fault = isField
      ? fieldFault(
          name,
          fields.map((field) => field.name),
        )
      : `${JSON.stringify(word)} is no field: write NAME or NAME:secret`
    if (fault) throw new GeneratorError(fault, { exit: 2 })
    fields.push({ name, secret: flag === 'secret' })
  }
  return fields
}
