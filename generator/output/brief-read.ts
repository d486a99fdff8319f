// In: the path of a file. Out: its hash or its text, by way of one buffer for all files: reading thousands must not make thousands.
import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { contentHash } from './content-hash.js'

const buffer = Buffer.allocUnsafeSlow(256 * 1024)

/** The hash of a file's contents; nothing where it cannot be read. */
export function hashFile(path: string): string | undefined {
  return readBriefly(path, contentHash)
}

/** The text of a file; nothing where it cannot be read. */
export function readText(path: string): string | undefined {
  return readBriefly(path, (bytes) => bytes.toString('utf8'))
}

/** What `use` makes of a file's bytes, which are there no longer than that. */
function readBriefly<T>(path: string, use: (bytes: Buffer) => T): T | undefined {
  try {
    const file = openSync(path, 'r')
    let length: number
    try {
      length = readSync(file, buffer, 0, buffer.length, 0)
    } finally {
      closeSync(file)
    }
    return use(length < buffer.length ? buffer.subarray(0, length) : readFileSync(path))
  } catch {
    return undefined
  }
}
