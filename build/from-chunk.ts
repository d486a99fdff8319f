// In: a module, and the chunk that it was built to. Out: the module that stands for it in an executable: the same, from the chunk.
import { dirname, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const chunks = fileURLToPath(new URL('./chunks.ts', import.meta.url))

/**
 * A plugin of the bundler.
 *
 * @param module what the module's path ends with
 * @param chunk the chunk's path from the executable's folder
 * @param names what is taken from it
 */
export function fromChunk(module: RegExp, chunk: string, names: readonly string[] = []) {
  // Maps hold this text: it names nothing by where it is on this disk.
  const codeAt = (file: string) => `
    import { fileURLToPath } from 'node:url'
    import { requireChunk } from ${JSON.stringify(relative(dirname(file), chunks).replaceAll('\\', '/'))}
    const chunk = requireChunk(fileURLToPath(new URL(${JSON.stringify(chunk)}, import.meta.url)))
    ${names.map((name) => `export const ${name} = chunk.${name}`).join('\n')}
  `
  const handler = (file: string) => ({ code: codeAt(file), moduleType: 'js' as const, moduleSideEffects: true })
  return { name: 'from-chunk', load: { filter: { id: module }, handler } }
}
