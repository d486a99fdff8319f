// In: the chunks of a program. Out: the same in ASCII, so that a chunk is read as it is: UTF-8 has to be decoded, and takes V8 twice the memory.

/** A plugin of the bundler. There must be no `String.raw` with other characters: there an escape is not what it stands for. */
export function asciiChunks() {
  return {
    name: 'ascii-chunks',
    generateBundle(_options: unknown, bundle: Record<string, { type: string; code?: string }>) {
      for (const output of Object.values(bundle)) if (output.code !== undefined) output.code = escaped(output.code)
    },
  }
}

function escaped(code: string): string {
  if (/\\[^\0-\x7f]/.test(code))
    throw new Error('a backslash stands before a character that is not ASCII: see build/ascii.ts')
  return code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
