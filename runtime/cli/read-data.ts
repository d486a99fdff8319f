// In: the path of a JSON or YAML file that a user named. Out: what is in it; an error never quotes the content, which may be a credential.
import { resolve } from 'node:path'
import { inputError, KloudError } from '../errors.js'
import { parseExactJson } from '../exact-json.js'
import { JsonMistake, walkJson } from '../template/files/json-walk.js'
import { readAtMost } from '../template/files/read-at-most.js'
import { placeOf } from '../template/files/source.js'

/** Larger files are refused, in bytes. */
const largest = 10 * 1024 * 1024

/**
 * Reads a file of data. An integer beyond 2^53 becomes its text, which variables and fields of texts take as it is.
 *
 * @param what what the file is, for errors: `credential`
 * @throws KloudError (input) with file, line and column
 */
export async function readDataFile(cwd: string, file: string, what: string): Promise<unknown> {
  const text = await readText(resolve(cwd, file), file, what)
  return /\.ya?ml$/i.test(file) ? parseYaml(text, file, what) : parseJson(text, file, what)
}

/**
 * Reads a public SSH key, such as `~/.ssh/id_ed25519.pub`.
 * @throws KloudError (input) for a file that holds something else
 */
export async function readPublicKey(cwd: string, file: string): Promise<string> {
  const line = (await readText(resolve(cwd, file), file, 'SSH key')).trim()
  if (/^(?:ssh-|ecdsa-|sk-)[\w@.-]+ [A-Za-z0-9+/=]+(?: [^\n]*)?$/.test(line)) return line
  throw inputError('the SSH key is not a public one: give the file that ends in .pub', { file })
}

async function readText(path: string, file: string, what: string): Promise<string> {
  try {
    const bytes = await readAtMost(path, largest)
    if (bytes === undefined) throw inputError(`this ${what} has more than ${largest / 1024 / 1024} MiB`, { file })
    return bytes.toString('utf8').replace(/^\uFEFF/, '')
  } catch (error) {
    if (error instanceof KloudError || !(error instanceof Error) || !('code' in error)) throw error
    const reasons: Record<string, string> = {
      ENOENT: 'there is no such file',
      EISDIR: 'it is a folder',
      EACCES: 'it may not be read',
    }
    const reason = reasons[String(error.code)] ?? String(error.code)
    throw inputError(`the ${what} cannot be read: ${reason}`, { file })
  }
}

function parseJson(text: string, file: string, what: string): unknown {
  try {
    walkJson(text, () => {})
    return parseExactJson(text)
  } catch (error) {
    if (!(error instanceof JsonMistake)) throw notReadable(what, 'JSON', { file })
    // A key is the user's own text, and may be a secret in the wrong place.
    const mistake = error.message.startsWith('the key ') ? 'a key stands here twice' : error.message
    throw notReadable(what, `JSON: ${mistake}`, placeOf({ file, text }, error.offset))
  }
}

async function parseYaml(text: string, file: string, what: string): Promise<unknown> {
  const { LineCounter, parseDocument } = await import('yaml')
  const lineCounter = new LineCounter()
  const document = parseDocument(text, { lineCounter, prettyErrors: false, intAsBigInt: true })
  const [error] = document.errors
  if (error !== undefined) {
    const { line, col } = lineCounter.linePos(error.pos[0])
    throw notReadable(what, 'YAML from here on', { file, line, column: col })
  }
  try {
    return document.toJS({ maxAliasCount: 100, reviver: (_, value) => exactInteger(value) })
  } catch {
    throw notReadable(what, 'YAML', { file })
  }
}

function exactInteger(value: unknown): unknown {
  if (typeof value !== 'bigint') return value
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : String(value)
}

function notReadable(
  what: string,
  language: string,
  place: { file: string; line?: number; column?: number },
): KloudError {
  return inputError(`the ${what} is not ${language}`, place)
}
