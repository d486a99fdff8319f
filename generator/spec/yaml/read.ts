// In: YAML of which no place needs to be known, such as settings. Out: the same as plain data. It throws what is wrong in one line.
import { parse } from 'yaml'

export function readYaml(text: string): unknown {
  try {
    return parse(text)
  } catch (error) {
    throw new Error(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error))
  }
}
