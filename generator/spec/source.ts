// In: the path of a spec. Out: its text and the hash of its bytes, or what is wrong with the file.
import { readFileSync, statSync } from 'node:fs'
import { contentHash } from '../output/content-hash.js'
import type { Code } from './codes.js'
import type { Diagnostic } from './diagnostic.js'
import { SPEC_LIMIT } from './limit.js'

/** A spec's text, and the file as the user named it. */
export interface Source {
  file: string
  text: string
  /** By which a manifest knows the file again. */
  hash: string
}

/**
 * Reads one spec.
 *
 * @param path where it is on disk
 * @param file how to name it in diagnostics
 */
export function readSource(path: string, file: string): Source | Diagnostic {
  try {
    const stats = statSync(path)
    if (stats.isDirectory())
      return fault('KG002', `${file} is a folder: give the YAML files in it, or --specs ${file}`, file)
    if (!stats.isFile()) return fault('KG002', `${file} is not a regular file`, file)
    if (stats.size > SPEC_LIMIT) {
      return fault('KG003', `${file} has ${stats.size} bytes: a spec may have ${SPEC_LIMIT} (1 MiB)`, file)
    }
    return decodeSource(readFileSync(path), file)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT') return fault('KG001', `${file} does not exist`, file)
    return fault('KG001', `${file} cannot be read (${typeof code === 'string' ? code : 'unknown error'})`, file)
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true })

/** What a spec's bytes say: its text, or why they are no text. */
export function decodeSource(bytes: Buffer, file: string): Source | Diagnostic {
  let text: string
  try {
    text = decoder.decode(bytes)
  } catch {
    const readable = new TextDecoder('utf-8').decode(bytes)
    return faultIn(readable, '\uFFFD', 'KG004', `${file} is not UTF-8: save it in that encoding`, file)
  }
  if (text.includes('\0')) return faultIn(text, '\0', 'KG004', `${file} holds NUL bytes: it is not a text file`, file)
  if (text.trim() === '') return fault('KG005', `${file} is empty: begin with "kloud-gen new provider NAME"`, file)
  return { file, text, hash: contentHash(bytes) }
}

/** A fault where a character stands first. */
function faultIn(text: string, character: string, code: Code, message: string, file: string): Diagnostic {
  const before = text.slice(0, text.indexOf(character)).split('\n')
  const [line, column] = [before.length, (before.at(-1)?.length ?? 0) + 1]
  return { ...fault(code, message, file), line, column, endLine: line, endColumn: column + 1 }
}

function fault(code: Code, message: string, file: string): Diagnostic {
  return { code, severity: 'error', message, file, line: 1, column: 1, endLine: 1, endColumn: 1 }
}
