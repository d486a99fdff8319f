// In: a YAML scalar without quotes. Out: what cloud-init reads it as; its reader, PyYAML, speaks YAML 1.1, where `yes` is true and 0755 is 493.
import type { JsonPrimitive } from '../../json.js'

const yes = /^(?:yes|Yes|YES|true|True|TRUE|on|On|ON)$/
const no = /^(?:no|No|NO|false|False|FALSE|off|Off|OFF)$/
const nothing = /^(?:~|null|Null|NULL|)$/
const binary = /^[-+]?0b[01_]+$/
const octal = /^[-+]?0[0-7_]+$/
const decimal = /^[-+]?(?:0|[1-9][0-9_]*)$/
const hexadecimal = /^[-+]?0x[0-9a-fA-F_]+$/
/** Numbers to base sixty: a time of day, or a port mapping such as `22:22`. */
const sexagesimal = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/
const float = /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?)$/
const infinity = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/
const date = /^\d{4}-\d\d?-\d\d?(?:[Tt\s].*)?$/

/** What YAML 1.2, and the letter of 1.1, read as something other than a text, though PyYAML does not. */
const otherReaders = /^(?:[yYnN]|[-+]?[0-9.]+[eE][-+]?[0-9]+|0o[0-7]+|[-+]?[0-9]+|=|<<)$/

/**
 * What cloud-init reads a scalar without quotes as. Dates stay texts.
 *
 * @example
 * readPlain('0755')   // 493
 * readPlain('12:30')  // 750
 * readPlain('y')      // 'y'
 */
export function readPlain(text: string): JsonPrimitive {
  if (nothing.test(text)) return null
  if (yes.test(text)) return true
  if (no.test(text)) return false
  const negative = text.startsWith('-')
  const digits = text.replace(/^[-+]|_/g, '')
  const signed = (value: number): number => (negative ? -value : value)
  if (binary.test(text)) return signed(Number(digits))
  if (hexadecimal.test(text)) return signed(Number(digits))
  if (octal.test(text)) return signed(Number.parseInt(digits, 8))
  if (decimal.test(text) || float.test(text)) return signed(Number(digits))
  if (isSexagesimal(text)) {
    return signed(digits.split(':').reduce((total, part) => total * 60 + Number(part), 0))
  }
  return text
}

/** Whether a text needs quotes so that cloud-init, and every other reader of YAML, takes it for a text. */
export function needsQuotes(text: string): boolean {
  return readPlain(text) !== text || infinity.test(text) || date.test(text) || otherReaders.test(text)
}

/** A whole number to base sixty does not begin with 0; one with a fraction may. */
function isSexagesimal(text: string): boolean {
  return sexagesimal.test(text) && (text.includes('.') || !/^[-+]?0/.test(text))
}
