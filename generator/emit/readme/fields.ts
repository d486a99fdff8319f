// In: the fields of a credential, a bootstrap or a metadata. Out: their tables, and the words of long enums.
import type { Field, Fields } from '../../../runtime/schema/fields.js'
import { readableLabel } from '../../../runtime/schema/label.js'
import { isRequired } from '../../model/field.js'
import type { ProviderModel } from '../../model/model.js'
import { plainly } from '../doc.js'
import { cell, code, inline, listed, sentence, table } from './markdown.js'
import { readable } from './value.js'

type Word = NonNullable<Field['values']>[number]

/** More words than these stand below the table. */
const FEW_WORDS = 6

/** What a credential needs. */
export function credentialTable(fields: Fields): string {
  const rows = Object.entries(fields).map(([name, field]) => [
    `\`${name}\``,
    aboutField(field),
    typeName(field),
    isRequired(field, 'credential') ? 'yes' : 'no',
    field.default === undefined ? '' : cell(code(plainly(field.default))),
  ])
  return table(['field', 'what it is', 'type', 'required', 'default'], rows)
}

/** What the bootstrap gives, and the variable in which a template finds it. */
export function outputsTable({ name, fields }: ProviderModel): string {
  const rows = Object.entries(fields.bootstrap).map(([output, field]) => [
    `\`${output}\``,
    aboutField(field),
    `\`\${var.${name}_${output}}\``,
  ])
  return table(['output', 'what it is', 'variable'], rows)
}

/** What is remembered of a machine, and where each field comes from. */
export function metadataTable({ machine, fields }: ProviderModel): string {
  const rows = Object.entries(fields.metadata).map(([name, field]) => {
    const kept = machine.metadataValues.find(({ path }) => path === name)
    return [`\`${name}\``, aboutField(field), typeName(field), kept ? readable(kept.value) : code(field.from ?? name)]
  })
  return table(['field', 'what it is', 'type', 'from'], rows)
}

/** The fields whose words are too many for a cell, with all of them, a paragraph each. */
export function longEnums(fields: Fields): string {
  return Object.entries(fields)
    .filter(([, field]) => isLong(field))
    .map(([name, { values = [] }]) => {
      const words = values.map((word) => titled(word, ({ value, title }) => `${code(value)} ${inline(title)}`))
      return `\`${name}\`: ${words.join(' · ')}`
    })
    .join('\n\n')
}

function aboutField({ description, label, help, deprecated, message }: Field): string {
  const found = help === undefined ? '' : /^https?:\/\/[^\s<>]+$/.test(help) ? `Found at <${help}>.` : help
  const must = message === undefined ? '' : sentence(`It ${message}`)
  return cell([sentence(description ?? label), must, found, deprecated].filter(Boolean).join(' '))
}

function typeName(field: Field): string {
  const name = isLong(field) ? `${field.open ? 'text, such as those' : 'one of those'} below` : shortTypeName(field)
  return field.secret ? `${name}, secret` : name
}

function shortTypeName({ values = [], open, type, json }: Field): string {
  if (json) return cell(`${type} of JSON with ${listed(Object.keys(json), 'and')}`)
  if (values.length === 0) return type
  const words = values.map((word) => titled(word, ({ value, title }) => `${code(value)} (${title})`))
  return cell(`${open ? 'text, such as ' : 'one of '}${words.join(', ')}`)
}

/** A word with its title, where that says more. */
function titled(word: Word, text: (word: Word) => string): string {
  return word.title === word.value || word.title === readableLabel(word.value) ? code(word.value) : text(word)
}

function isLong({ values = [] }: Field): boolean {
  return values.length > FEW_WORDS
}
