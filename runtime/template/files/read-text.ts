// In: the path of a file. Out: its text, or an error that says why it cannot be a template's.
import { isUtf8 } from 'node:buffer'
import { stat } from 'node:fs/promises'
import { inputError, type KloudError } from '../../errors.js'
import { readAtMost } from './read-at-most.js'
import type { SourceText } from './source.js'

/** How large a template may be, all its files together. */
export const maxTemplateMebibytes = 10

/** Reads the files of one template, until together they would be too large. */
export class TextReader {
  #left = maxTemplateMebibytes * 1024 * 1024

  /** @throws KloudError (input) for a file that is missing, unreadable, too large, or not UTF-8. */
  async read(file: string): Promise<SourceText> {
    if ((await reading(file, stat(file))).size > this.#left) throw tooLarge(file)
    const bytes = await reading(file, readAtMost(file, this.#left))
    if (bytes === undefined) throw tooLarge(file)
    this.#left -= bytes.length
    if (!isUtf8(bytes))
      throw inputError('A template must be UTF-8 text, and this file is not', { file, ...badPlace(bytes) })
    return { file, text: bytes.toString('utf8').replace(/^\uFEFF/, '') }
  }
}

function tooLarge(file: string): KloudError {
  const hint = 'keep large files beside the template and read them with file("…")'
  return inputError(`A template may have ${maxTemplateMebibytes} MiB, all its files together, and this is more`, {
    file,
    hint,
  })
}

/** What the system gives for a file, or what it says of it in words. */
export async function reading<Result>(file: string, result: Promise<Result>): Promise<Result> {
  try {
    return await result
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    const words = code === 'ENOENT' ? 'There is no such file or folder' : `This cannot be read (${code})`
    throw inputError(`${words}: ${file}`, { file, cause: error })
  }
}

/** Line and column of the first byte that is not UTF-8. */
function badPlace(bytes: Buffer): { line: number; column: number } {
  let start = 0
  for (let line = 1; ; line++) {
    const newline = bytes.indexOf('\n', start)
    const end = newline === -1 ? bytes.length : newline
    const whole = bytes.subarray(start, end)
    if (!isUtf8(whole) || newline === -1) return { line, column: goodStart(whole) + 1 }
    start = end + 1
  }
}

/** How many UTF-16 code units of a line are good before the first bad byte. */
function goodStart(line: Buffer): number {
  let good = 0
  let bad = line.length
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2)
    if (isGoodStart(line.subarray(0, middle))) good = middle
    else bad = middle
  }
  return line
    .subarray(0, good)
    .toString('utf8')
    .replace(/\uFFFD$/, '').length
}

/** Whether bytes are UTF-8 but for a last character that was cut. */
function isGoodStart(bytes: Buffer): boolean {
  return [0, 1, 2, 3].some((cut) => cut <= bytes.length && isUtf8(bytes.subarray(0, bytes.length - cut)))
}
