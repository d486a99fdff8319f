// In: nothing. Out: a project on disk for one test, and providers to plan in it.
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { apply } from '../../generator/output/apply.js'
import { contentHash } from '../../generator/output/content-hash.js'
import type { OutputFile, ProviderOutput, Stub } from '../../generator/output/output-file.js'
import type { Plan } from '../../generator/output/plan.js'
import { type PlanInput, planOutput } from '../../generator/output/plan-output.js'

export class Workspace implements Disposable {
  readonly project = mkdtempSync(join(tmpdir(), 'kloud-gen-output-'))
  readonly root = join(this.project, 'generated')

  path(name: string): string {
    return join(this.project, name)
  }

  write(name: string, content: string | Buffer): void {
    mkdirSync(dirname(this.path(name)), { recursive: true })
    writeFileSync(this.path(name), content)
  }

  read(name: string): string {
    return readFileSync(this.path(name), 'utf8')
  }

  has(name: string): boolean {
    return lstatSync(this.path(name), { throwIfNoEntry: false }) !== undefined
  }

  isFolder(name: string): boolean {
    return lstatSync(this.path(name)).isDirectory()
  }

  /** Plans with every spec written to disk, as it is when specs are read. */
  async plan(outputs: readonly ProviderOutput[], more: Partial<PlanInput> = {}): Promise<Plan> {
    for (const { inputs } of outputs) for (const { path } of inputs) this.write(path, specText(path))
    return planOutput({ project: this.project, root: 'generated', generator: '1.0.0', sweep: true, outputs, ...more })
  }

  /** Plans and applies; gives what became of each file, by path. */
  async generate(outputs: readonly ProviderOutput[], more: Partial<PlanInput> = {}): Promise<Record<string, string>> {
    const plan = await this.plan(outputs, more)
    if (plan.problems[0]) throw plan.problems[0]
    return Object.fromEntries(apply(plan).entries.map(({ path, action }) => [path, action]))
  }

  /** All that is on disk: contents, modes, times and identities, of folders too. */
  everything(): string[] {
    return readdirSync(this.project, { recursive: true, encoding: 'utf8' })
      .sort()
      .map((name) => {
        const stats = lstatSync(this.path(name), { bigint: true })
        const content = stats.isFile() ? this.read(name) : stats.isSymbolicLink() ? readlinkSync(this.path(name)) : ''
        return [name, stats.ino, stats.mode, stats.mtimeNs, content].join(' ')
      })
  }

  /** The names of all files, from the project. */
  files(): string[] {
    return readdirSync(this.project, { recursive: true, encoding: 'utf8' })
      .filter((name) => !this.isFolder(name))
      .sort()
  }

  [Symbol.dispose](): void {
    rmSync(this.project, { recursive: true, force: true })
  }
}

export function specText(path: string): string {
  return `# ${path}\n`
}

export function generated(path: string, text: string): OutputFile {
  return { path, owner: 'generated', text }
}

export const machineBase = "import { AcmeMachine } from './machine.gen.js'\n"

/** The author's machine as it is first written, with stubs of methods. */
export function machine(...members: string[]): OutputFile {
  const stubs = members.map((member) => stub(member))
  const body = stubs.length === 0 ? '' : `\n${stubs.map(({ text }) => text.replace(/^(?=.)/gm, '  ')).join('\n\n')}\n`
  return {
    path: 'machine.ts',
    owner: 'author',
    text: `${machineBase}\nexport class Machine extends AcmeMachine {${body}}\n`,
    stubs,
  }
}

export function stub(member: string, more: Partial<Stub> = {}): Stub {
  return {
    id: `machine.${member}`,
    className: 'Machine',
    baseName: 'AcmeMachine',
    member,
    text: `/** Does what ${member} is for. */\nasync ${member}(): Promise<void> {\n  throw new Error('${member}')\n}`,
    imports: [],
    ...more,
  }
}

/** A provider whose spec is specs/NAME.yaml. */
export function provider(name: string, ...files: OutputFile[]): ProviderOutput {
  const spec = `specs/${name}.yaml`
  return { name, inputs: [{ path: spec, hash: contentHash(specText(spec)) }], files }
}

/** A provider with two generated files and the author's machine. */
export function acme(version: string, ...members: string[]): ProviderOutput {
  return provider(
    'acme',
    generated('index.ts', `index ${version}\n`),
    generated('schema.gen.ts', `schema ${version}\n`),
    machine(...members),
  )
}
