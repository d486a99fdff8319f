// In: the path of a file. Out: its bytes, but no more than may be: a device such as /dev/zero never ends.
import { open } from 'node:fs/promises'

/** How much is read at once, in bytes: most templates are smaller. */
const chunkSize = 64 * 1024

/**
 * Reads a file, a pipe or a device.
 *
 * @param most in bytes
 * @returns all of it, or nothing where it has more
 * @throws what the system says of a file that cannot be read
 */
export async function readAtMost(path: string, most: number): Promise<Buffer | undefined> {
  const file = await open(path, 'r')
  try {
    const chunks: Buffer[] = []
    let length = 0
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(chunkSize), 0, chunkSize, null)
      if (bytesRead === 0) return Buffer.concat(chunks, length)
      length += bytesRead
      if (length > most) return undefined
      chunks.push(buffer.subarray(0, bytesRead))
    }
  } finally {
    await file.close()
  }
}
