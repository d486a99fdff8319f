// In: secret variables. Out: a var file that Terraform reads, which nobody else can.
import { randomUUID } from 'node:crypto'
import { realpath, rename, rm, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { inputError } from '../errors.js'
import type { JsonValue } from '../json.js'
import { revealedValue } from '../schema/reveal.js'
import type { Secret } from '../secret.js'

/**
 * Writes `{"name": value}` with mode 0600. What was there is replaced whole, or not at all.
 * @throws KloudError (input) where the file cannot be written
 */
export async function writeSecrets(file: string, secrets: ReadonlyMap<string, Secret<JsonValue>>): Promise<void> {
  const values = Object.fromEntries([...secrets].map(([name, secret]) => [name, revealedValue(secret)]))
  const temporary = `${file}.${randomUUID().slice(0, 8)}`
  try {
    await writeFile(temporary, `${JSON.stringify(values, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
    await rename(temporary, file)
  } catch (error) {
    await rm(temporary, { force: true })
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    throw inputError(`the secrets cannot be written (${code})`, { file })
  }
}

/**
 * Sees to it that the file of secrets replaces nothing that it is made from.
 *
 * @param inputs paths as the user gave them, `PROVIDER=PATH` among them
 * @throws KloudError (input) where it is one of the inputs
 */
export async function keepApart(file: string, inputs: readonly string[], cwd: string): Promise<void> {
  const real = (path: string) => realpath(resolve(cwd, path)).catch(() => undefined)
  const target = await real(file)
  const files = await Promise.all(inputs.flatMap((input) => [real(input), real(input.replace(/^[^=]*=/, ''))]))
  if (target === undefined || !files.includes(target)) return
  throw inputError('--secrets is a file that is read: it would be lost', { file })
}
