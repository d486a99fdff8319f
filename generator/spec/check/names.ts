// Checks names: of the provider, its class, its fields; and that no two become one.

import { fieldNamePattern, pascalCase, plainSpelling, reservedFieldNames, reservedWords } from '../../model/names.js'
import { providerNameFault } from '../../model/provider-name.js'
import type { Path } from '../document.js'
import type { Examination } from './report.js'

/** Classes that generated code imports, with the ending that a provider's own would have. */
const takenClassNames = new Set(['Base'])

const classNamePattern = /^[A-Z][A-Za-z0-9]*$/

export function checkNames(spec: Examination): void {
  const { input } = spec
  const fault = providerNameFault(input.name)
  if (fault) spec.report('KG043', ['name'], fault)
  else if (reservedWords.has(input.name))
    spec.report('KG041', ['name'], `${input.name} is a word of TypeScript: choose another name`)
  if (!fault || input.className !== undefined) checkClassName(spec)
  const parts: [Path, string[]][] = [
    [['credential'], Object.keys(input.credential ?? {})],
    [['bootstrap', 'outputs'], Object.keys(input.bootstrap?.outputs ?? {})],
    [['machine', 'metadata'], Object.keys(input.machine.metadata ?? {})],
  ]
  for (const [path, names] of parts) checkFieldNames(spec, path, names)
  if (input.bootstrap?.outputs?.name !== undefined) {
    const message = 'bootstrap.name is taken: it is the unique name for what the bootstrap makes'
    spec.report('KG041', ['bootstrap', 'outputs', 'name'], message, { at: 'key' })
  }
  checkVariableNames(spec)
}

/** Checks the names of the fields of one part, and that they stay apart in every spelling. */
export function checkFieldNames(spec: Examination, path: Path, names: readonly string[]): void {
  const seen = new Map<string, string>()
  for (const name of names) {
    const here = [...path, name]
    if (!fieldNamePattern.test(name)) {
      spec.report('KG040', here, `${quote(name)} is not a name: use letters, digits and _, beginning with a letter`, {
        at: 'key',
        suggestion: suggestName(name),
      })
      continue
    }
    if (reservedFieldNames.has(name)) {
      spec.report('KG041', here, `${name} is a member of every generated class: choose another name`, { at: 'key' })
    }
    const spelling = plainSpelling(name)
    const other = seen.get(spelling)
    if (other !== undefined) {
      spec.report('KG042', here, `${name} and ${other} become the same name: rename one`, {
        at: 'key',
        related: [...path, other],
      })
    }
    seen.set(spelling, name)
  }
}

function checkClassName(spec: Examination): void {
  const { className, name } = spec.input
  const given = className ?? pascalCase(name)
  const path = className === undefined ? ['name'] : ['className']
  if (!classNamePattern.test(given)) {
    spec.report('KG040', path, `${quote(given)} cannot be a class: use letters and digits, beginning with a capital`, {
      suggestion: suggestClass(given),
    })
  } else if (takenClassNames.has(given)) {
    spec.report('KG041', path, `${given} would hide ${given}Stack of the runtime: choose another className`)
  }
}

/** Fields of credential and bootstrap both become Terraform variables of the provider. */
function checkVariableNames(spec: Examination): void {
  const credential = new Map(Object.keys(spec.input.credential ?? {}).map((name) => [plainSpelling(name), name]))
  for (const name of Object.keys(spec.input.bootstrap?.outputs ?? {})) {
    const other = credential.get(plainSpelling(name))
    if (other === undefined) continue
    spec.report(
      'KG042',
      ['bootstrap', 'outputs', name],
      `${name} is a field of the credential too, and both become the variable ${spec.input.name}_${name}: rename one`,
      { at: 'key', related: ['credential', other] },
    )
  }
}

/** A class named after a text; none where that begins with a digit, since no letter is nearer than another. */
function suggestClass(text: string): string | undefined {
  const name = pascalCase(text)
  return classNamePattern.test(name) ? name : undefined
}

function suggestName(name: string): string | undefined {
  const words = name.match(/[A-Za-z0-9]+/g)
  if (!words) return undefined
  const joined = words.join('_')
  return /^\d/.test(joined) ? undefined : joined
}

function quote(name: string): string {
  return JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name)
}
