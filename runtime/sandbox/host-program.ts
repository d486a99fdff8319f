// In: nothing. Out: what Node is started with, to be the sandbox's host.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Built, it is a file beside this one or above it; in the repository it is TypeScript, and runs through jiti. */
export function hostProgram(): string[] {
  const built = ['./sandbox-host.cjs', '../sandbox-host.cjs'].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  )
  const program = built.find(existsSync)
  if (program !== undefined) return [program]
  return ['--import', import.meta.resolve('jiti/register'), fileURLToPath(new URL('./host.ts', import.meta.url))]
}
