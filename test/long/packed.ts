// In: this repository. Out: its tarball, as npm would publish it, and projects in empty folders that have installed it.
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const root = join(import.meta.dirname, '../..')

/** The environment of a user: nothing of this run of tests. */
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|VITEST|NODE_|CI$)/.test(name)))

/** A folder with the tarball and a project that has installed it, beside TypeScript of the versions that are in use. */
export class Packed {
  readonly folder = mkdtempSync(join(tmpdir(), 'kloud-gen-package-'))
  tarball = ''

  /** Packs what is built, which is built first where it is older than its sources; and installs it. */
  static async install(): Promise<Packed> {
    const packed = new Packed()
    await run(process.execPath, [join(root, 'build/prepare.mjs')], { cwd: root })
    await run('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', packed.folder], { cwd: root, env })
    packed.tarball = join(packed.folder, readdirSync(packed.folder)[0] ?? '')
    packed.write('package.json', JSON.stringify({ name: 'app', private: true, type: 'module' }))
    const tools = ['@types/node@20', 'typescript@npm:typescript@6.0.3', 'typescript-5.9@npm:typescript@5.9.3']
    await packed.npm('install', '--prefer-offline', '--no-audit', '--no-fund', packed.tarball, ...tools)
    return packed
  }

  path(name: string): string {
    return join(this.folder, 'app', name)
  }

  write(name: string, text: string): void {
    mkdirSync(dirname(this.path(name)), { recursive: true })
    writeFileSync(this.path(name), text)
  }

  /** Runs npm in the project. */
  npm(...words: string[]): Promise<{ stdout: string; stderr: string }> {
    return run('npm', words, { cwd: this.path('.'), env })
  }

  /** Runs `npx --no-install` in the project. */
  npx(...words: string[]): Promise<{ stdout: string; stderr: string }> {
    return run('npx', ['--no-install', ...words], { cwd: this.path('.'), env })
  }

  /** Runs a module in the project. */
  async node(name: string): Promise<string> {
    return (await run(process.execPath, [this.path(name)], { cwd: this.path('.'), env })).stdout
  }

  /** Compiles files of the project; gives what the compiler says. */
  async compile(
    files: readonly string[],
    { typescript = 'typescript', ...more }: CompileOptions = {},
  ): Promise<string> {
    const compilerOptions = { ...strictest, ...more }
    this.write('tsconfig.json', JSON.stringify({ compilerOptions, files, include: [] }))
    const compiler = this.path(`node_modules/${typescript}/bin/tsc`)
    const { stdout } = await run(process.execPath, [compiler, '-p', '.'], { cwd: this.path('.'), env }).catch(
      (error) => error,
    )
    return stdout
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

export interface CompileOptions {
  typescript?: 'typescript' | 'typescript-5.9'
  module?: string
  moduleResolution?: string
  skipLibCheck?: boolean
}

const strictest = {
  target: 'es2023',
  lib: ['es2023'],
  module: 'nodenext',
  moduleResolution: 'nodenext',
  types: ['node'],
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  verbatimModuleSyntax: true,
  noImplicitOverride: true,
  noPropertyAccessFromIndexSignature: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  noImplicitReturns: true,
  isolatedModules: true,
  skipLibCheck: true,
  noEmit: true,
}
