// In: the path of a file. Out: its bytes, but no more than may be: a device such as /dev/zero never ends.
import { createReadStream } from 'node:fs'

/**
 * Reads a file, a pipe or a device.
 *
 * @param most in bytes
 * @returns all of it, or nothing where it has more
 * @throws what the system says of a file that cannot be read
 */
export async function readAtMost(path: string, most: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    const bytes = Buffer.from(chunk)
    chunks.push(bytes)
    length += bytes.length
    if (length > most) return undefined
  }
  return Buffer.concat(chunks, length)
}
