// In: the fields of a credential, a bootstrap or a metadata. Out: the rows of their tables, and the words of long enums.
import type { Field, Fields } from '../../../runtime/schema/fields.js'
import { readableLabel } from '../../../runtime/schema/label.js'
import { isRequired } from '../../model/field.js'
import type { PartName, ProviderModel } from '../../model/model.js'
import { plainly } from '../doc.js'
import { cell, code, inline, listed, sentence } from './markdown.js'
import { readable } from './value.js'

type Word = NonNullable<Field['values']>[number]

/** More words than these stand below the table. */
const FEW_WORDS = 6

export function fieldRows(fields: Fields, part: PartName) {
  return Object.entries(fields).map(([name, field]) => ({
    name,
    about: aboutField(field),
    type: typeName(field),
    required: isRequired(field, part) ? 'yes' : 'no',
    default: field.default === undefined ? '' : cell(code(plainly(field.default))),
  }))
}

/** The fields whose words are too many for a cell, with all of them. */
export function longEnums(fields: Fields) {
  return Object.entries(fields)
    .filter(([, field]) => isLong(field))
    .map(([name, { values = [] }]) => ({
      name,
      words: values.map((word) => titled(word, ({ value, title }) => `${code(value)} ${inline(title)}`)).join(' · '),
    }))
}

/** Where each field of metadata comes from. */
export function metadataRows({ machine, fields }: ProviderModel) {
  return fieldRows(fields.metadata, 'metadata').map((row) => {
    const kept = machine.metadataValues.find(({ path }) => path === row.name)
    return { ...row, from: kept ? readable(kept.value) : code(fields.metadata[row.name]?.from ?? row.name) }
  })
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
