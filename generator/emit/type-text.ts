// In: a type as a small tree. Out: its text in TypeScript, broken into lines where it would be wider than a line may be.

import { widthOf } from '../../runtime/text-width.js'
import { propertyKey } from './literal.js'
import { LINE_WIDTH } from './print.js'

export type TypeTree =
  | { kind: 'name'; text: string }
  | { kind: 'union'; words: readonly string[] }
  | { kind: 'object'; members: readonly TypeMember[] }
  | { kind: 'list'; item: TypeTree }
  | { kind: 'generic'; name: string; args: readonly TypeTree[] }

export interface TypeMember {
  name: string
  optional: boolean
  type: TypeTree
}

/**
 * Prints a type as the house's formatter would.
 *
 * @param indent the spaces before the line that the type begins on
 * @param column how many characters stand on that line before it
 * @param after how many characters follow it on its last line
 */
export function printType(type: TypeTree, indent: number, column: number, after = 0): string {
  const flat = flatType(type)
  return column + widthOf(flat) + after <= LINE_WIDTH ? flat : brokenType(type, indent, column, after)
}

/** A member of an interface or an object type, without what stands before it on its line. */
export function printMember({ name, optional, type }: TypeMember, indent: number): string {
  const head = memberHead({ name, optional })
  const text = printType(type, indent, indent + head.length + 1)
  return text.startsWith('\n') ? `${head}${text}` : `${head} ${text}`
}

/** What stands before a member's type. */
export function memberHead({ name, optional }: Pick<TypeMember, 'name' | 'optional'>): string {
  return `${propertyKey(name)}${optional ? '?' : ''}:`
}

function flatType(type: TypeTree): string {
  switch (type.kind) {
    case 'name':
      return type.text
    case 'union':
      return type.words.join(' | ')
    case 'object': {
      const members = type.members.map((member) => `${memberHead(member)} ${flatType(member.type)}`)
      return members.length === 0 ? '{}' : `{ ${members.join('; ')} }`
    }
    case 'list':
      return isUnion(type.item) ? `(${flatType(type.item)})[]` : `${flatType(type.item)}[]`
    case 'generic':
      return `${type.name}<${type.args.map(flatType).join(', ')}>`
  }
}

function brokenType(type: TypeTree, indent: number, column: number, after: number): string {
  const end = `\n${' '.repeat(indent)}`
  const line = `${end}  `
  switch (type.kind) {
    case 'name':
      return type.text
    case 'union':
      return type.words.length < 2 ? flatType(type) : type.words.map((word) => `${line}| ${word}`).join('')
    case 'object':
      if (type.members.length === 0) return '{}'
      return `{${type.members.map((member) => line + printMember(member, indent + 2)).join('')}${end}}`
    case 'list':
      if (isUnion(type.item)) return `(${brokenType(type.item, indent, column, after)}${end})[]`
      return `${printType(type.item, indent, column, after + 2)}[]`
    case 'generic': {
      const [only, ...others] = type.args
      if (only?.kind === 'object' && others.length === 0)
        return `${type.name}<${brokenType(only, indent, column, after)}>`
      const args = type.args.map((argument) => printType(argument, indent + 2, indent + 2, 1))
      return `${type.name}<${args.map((text) => line + unindented(text)).join(',')}${end}>`
    }
  }
}

/** A union that is broken stands where the line begins, as an argument. */
function unindented(text: string): string {
  return text.startsWith('\n') ? text.trimStart().replaceAll('\n  ', '\n') : text
}

function isUnion(type: TypeTree): boolean {
  return type.kind === 'union' && type.words.length > 1
}
