// In: a project. Out: what there is to do, told by hashes alone. The first step of every run, and of most runs the last.

import { nearest } from '../runtime/nearest.js'
import { packageVersion } from '../runtime/version.js'
import { GeneratorError } from './errors.js'
import { type FreshProvider, findFresh } from './output/fresh.js'
import { Memory } from './output/memory.js'
import { refuseOutputFolder } from './output/safety.js'
import { outFolder, type Project } from './project.js'
import { findSpecFiles, type SpecFile } from './spec-files.js'

export interface Survey {
  project: Project
  /** The generator's version, and what in its settings changes what it emits. */
  version: string
  /** Every spec there is. */
  specs: readonly SpecFile[]
  /** Providers of which nothing needs to be read or written. */
  fresh: readonly FreshProvider[]
  /** Specs to read, with the name that their provider had in the last run. */
  work: readonly { spec: SpecFile; provider: string | undefined }[]
  /** Whether something is left in the output folder of a spec that is gone. */
  leftOver: boolean
  /** The providers that were asked for; all when undefined. */
  names: readonly string[] | undefined
  /** Providers that were not asked for, by the names that they had in the last run. */
  others: readonly string[]
}

/**
 * Looks at specs and outputs without loading anything heavy.
 *
 * @param names the providers that were asked for; all when empty
 * @param options.all takes nothing for done, whatever the hashes say
 * @param options.memory what earlier runs found out; every file is read without
 * @throws GeneratorError (exit 2) for an output folder that would do harm, or a missing folder of specs
 */
export function survey(
  project: Project,
  names: readonly string[],
  { all = false, memory = new Memory(undefined) } = {},
): Survey {
  const refused = refuseOutputFolder({ project: project.cwd, root: project.out, specs: project.specs })
  if (refused) throw refused
  const specs = findSpecFiles(project, memory)
  const version = generatorName(project)
  const { fresh, work, leftOver } = findFresh({
    project: project.cwd,
    root: outFolder(project),
    generator: all ? '' : version,
    specs: specs.map(({ file, hash }) => ({ path: file, hash })),
    memory,
  })
  const byFile = new Map(specs.map((spec) => [spec.file, spec]))
  const found = work.flatMap(({ spec, provider }) => {
    const file = byFile.get(spec)
    return file ? [{ spec: file, provider }] : []
  })
  const whole: Survey = {
    project,
    version,
    specs,
    fresh,
    work: found,
    leftOver: leftOver.length > 0,
    names: undefined,
    others: [],
  }
  return names.length === 0 ? whole : chosen(whole, names)
}

/** Code that was generated with other settings is not what this run would give: manifests tell. */
function generatorName({ tests }: Project): string {
  return tests ? packageVersion() : `${packageVersion()} without tests`
}

/** The part of a survey that was asked for. A spec that was never generated is known by its file's name, else it must be read. */
function chosen(whole: Survey, names: readonly string[]): Survey {
  const answers = (name: string, item: Survey['work'][number]) => name === (item.provider ?? stem(item.spec.file))
  const fresh = whole.fresh.filter(({ name }) => names.includes(name))
  const named = whole.work.filter((item) => names.some((name) => answers(name, item)))
  const open = names.find(
    (name) => !fresh.some((one) => one.name === name) && !named.some((item) => answers(name, item)),
  )
  const unread = open === undefined ? [] : whole.work.filter(({ provider }) => provider === undefined)
  const work = [...new Set([...named, ...unread])]
  const others = [
    ...whole.fresh.flatMap(({ name }) => (names.includes(name) ? [] : name)),
    ...whole.work.flatMap((item) => (work.includes(item) ? [] : (item.provider ?? []))),
  ]
  if (open !== undefined && unread.length === 0)
    throw unknownProvider(open, [
      ...others,
      ...fresh.map(({ name }) => name),
      ...named.flatMap(({ provider }) => provider ?? []),
    ])
  return { ...whole, fresh, work, leftOver: false, names, others }
}

/** The error for a name that no spec has. */
export function unknownProvider(name: string, known: readonly string[]): GeneratorError {
  const names = [...new Set(known.filter((one) => one !== ''))].sort()
  const near = nearest(name, names)
  const shown = names.length > 12 ? `${names.slice(0, 12).join(', ')} and ${names.length - 12} more` : names.join(', ')
  return new GeneratorError(
    `no spec is named ${name}: ${near ? `did you mean ${near}?` : names.length > 0 ? `there are ${shown}` : 'there are none'}`,
    { exit: 2, hint: `"kloud-gen new provider ${name}" begins one` },
  )
}

function stem(file: string): string {
  return (file.split('/').at(-1) ?? '').replace(/\.ya?ml$/, '')
}
