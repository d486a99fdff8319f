// In: texts of a template. Out: what the real Terraform makes of each: whether it can be parsed, and which variables it refers to.
import { execFile } from 'node:child_process'
import { terraformEnvironment } from '../../runtime/terraform/environment.js'
import type { TerraformBinary } from '../../runtime/terraform/find.js'
import { withFiles } from './folder.js'

export interface Reading {
  /** What its parser says, if it says anything. */
  readonly broken: readonly string[]
  /** The variables that it sees; not known where it first misses something else. */
  readonly variables: readonly string[] | undefined
}

export interface Diagnostic {
  readonly severity: string
  readonly summary: string
  readonly detail: string
  readonly range?: { readonly filename: string }
}

/** What Terraform's parser says; all else that `validate` finds is about a text's meaning. */
const syntaxErrors =
  /^(?:Invalid (?:expression|number literal|'for' (?:expression|directive)|attribute name|legacy index syntax|template (?:directive|control keyword)|escape sequence|character|multi-line string)|Missing (?:expression|function name|open parenthesis|closing parenthesis|argument separator|item separator|attribute (?:value|separator)|key\/value separator|false expression in conditional|close bracket on (?:splat )?index)|Unbalanced parentheses|Unterminated .*|Nested splat expression not allowed|Unclosed template interpolation sequence|Extra characters .*|Unexpected .*|Unsupported operator)$/

/**
 * Asks one `terraform validate` about many texts: each is a local in a file of its own. There is `local.a`, and no variable at
 * all: by saying that a variable is missing, Terraform shows that it saw the reference.
 */
export async function terraformReads(binary: TerraformBinary, texts: readonly string[]): Promise<Reading[]> {
  const files = texts.map((text, index): [string, string] => [
    `${index}.tf.json`,
    JSON.stringify({ locals: { [`t${index}`]: text } }),
  ])
  const declared = JSON.stringify({ locals: { a: 1 } })
  const diagnostics = await validateFiles(binary, { ...Object.fromEntries(files), 'declared.tf.json': declared })
  const ofFile = new Map<string | undefined, Diagnostic[]>(files.map(([file]) => [file, []]))
  for (const diagnostic of diagnostics) ofFile.get(diagnostic.range?.filename)?.push(diagnostic)
  return files.map(([file]) => reading(ofFile.get(file) ?? []))
}

function reading(diagnostics: readonly Diagnostic[]): Reading {
  const broken = diagnostics.map(({ summary }) => summary).filter((summary) => syntaxErrors.test(summary))
  const missing = diagnostics.flatMap(({ detail }) => {
    const name = /An input variable with the name "(.+?)" has not been declared/.exec(detail)?.[1]
    return name === undefined ? [] : [name]
  })
  const missesOther = diagnostics.some(({ summary }) =>
    /^Reference to undeclared (?!input)|^Invalid reference/.test(summary),
  )
  return { broken, variables: missesOther ? undefined : [...new Set(missing)].sort() }
}

/** What `terraform validate` says of a folder with these files. */
export async function validateFiles(
  binary: TerraformBinary,
  files: Readonly<Record<string, string>>,
): Promise<readonly Diagnostic[]> {
  return await withFiles(files, async (folder) => {
    const { stdout } = await runTerraform(binary, folder, ['validate', '-json'])
    return (JSON.parse(stdout) as { diagnostics: Diagnostic[] }).diagnostics
  })
}

/** What the outputs of a template are worth once it is applied: one without resources needs no provider, and no network. */
export async function outputsOf(
  binary: TerraformBinary,
  files: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, unknown>>> {
  const outputs = Object.entries(JSON.parse(await outputsText(binary, files)) as Record<string, { value: unknown }>)
  return Object.fromEntries(outputs.map(([name, { value }]) => [name, value]))
}

/** As {@link outputsOf}, as the JSON that Terraform prints, in which numbers have all their digits. */
export async function outputsText(binary: TerraformBinary, files: Readonly<Record<string, string>>): Promise<string> {
  return await withFiles(files, async (folder) => {
    const applied = await runTerraform(binary, folder, ['apply', '-auto-approve', '-no-color'])
    const { stdout } = await runTerraform(binary, folder, ['output', '-json'])
    if (stdout.trim() === '{}') throw new Error(`Terraform made no outputs: ${applied.stderr}`)
    return stdout
  })
}

/** Runs Terraform; that it fails is an answer too. */
function runTerraform(
  binary: TerraformBinary,
  cwd: string,
  args: readonly string[],
): Promise<{ stdout: string; stderr: string }> {
  const options = { cwd, env: terraformEnvironment(), maxBuffer: 100 * 1024 * 1024 }
  return new Promise((resolve) => {
    execFile(binary.path, [...args], options, (_error, stdout, stderr) => resolve({ stdout, stderr }))
  })
}
