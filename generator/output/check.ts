// In: a plan. Out: the judgement: what on disk is not what the specs give, and the command that mends it.
import { join } from 'node:path'
import type { GeneratorError } from '../errors.js'
import { diffTexts } from './diff.js'
import { nameFrom } from './disk.js'
import { manifestName } from './manifest.js'
import type { Plan, PlanEntry } from './plan.js'

/** In what way a file is not what the specs give. */
export type Difference = 'stale' | 'edited' | 'missing' | 'left over' | 'in the way' | 'not extended'

export interface Finding {
  provider: string
  /** From the project, with slashes. */
  path: string
  difference: Difference
  /** What there is to say beyond that, and what to do about it, where no command does it. */
  reason?: string
  /** Source for the author to insert by hand. */
  snippet?: string
  /** The beginning of the unified diff. */
  diff: string
  /** How many lines of the diff are not shown. */
  more: number
  /** The command that mends it; nothing where only a person can. */
  mend?: string
}

export interface Judgement {
  /** Everything is what the specs give. */
  ok: boolean
  findings: readonly Finding[]
  problems: readonly GeneratorError[]
}

export interface CheckOptions {
  /** How the user calls the generator, with the flags that lead to the same folders. */
  command?: string
  /** How many lines of a diff are shown. */
  lines?: number
}

/**
 * Judges a plan; nothing is written.
 *
 * @param options.command `kloud-gen` when not said
 * @param options.lines 12 when not said
 */
export async function checkPlan(plan: Plan, options: CheckOptions = {}): Promise<Judgement> {
  const { command = 'kloud-gen', lines = 12 } = options
  const findings: Finding[] = []
  for (const entry of plan.entries) {
    const difference = differenceOf(entry)
    if (difference !== undefined) findings.push(await findingOf(entry, difference, command, lines))
  }
  for (const provider of plan.providers) {
    if (findings.some((finding) => finding.provider === provider.name) || !manifestChanges(provider)) continue
    const path = nameFrom(plan.project, join(provider.folder, manifestName))
    const mend = `${command} generate ${provider.name}`
    findings.push({ provider: provider.name, path, difference: 'stale', diff: '', more: 0, mend })
  }
  return { ok: findings.length === 0 && plan.problems.length === 0, findings, problems: plan.problems }
}

function manifestChanges({ manifest }: Plan['providers'][number]): boolean {
  return manifest.first !== undefined || manifest.last !== undefined || manifest.removed === true
}

function differenceOf(entry: PlanEntry): Difference | undefined {
  switch (entry.action) {
    case 'unchanged':
      return undefined
    case 'written':
      return entry.before === undefined ? 'missing' : 'stale'
    case 'deleted':
      return 'left over'
    case 'edited':
      return 'edited'
    case 'kept':
      if (entry.snippet !== undefined) return 'not extended'
      if (entry.outdated) return 'stale'
      return entry.after === undefined ? 'left over' : 'in the way'
  }
}

async function findingOf(entry: PlanEntry, difference: Difference, command: string, lines: number): Promise<Finding> {
  const { provider, path, reason, snippet } = entry
  const whole = (await diffTexts(entry)).split('\n').slice(0, -1)
  const mend = mendOf(entry, difference, command)
  return {
    provider,
    path,
    difference,
    ...(reason !== undefined && { reason }),
    ...(snippet !== undefined && { snippet }),
    diff: whole.slice(0, lines).join('\n'),
    more: Math.max(0, whole.length - lines),
    ...(mend !== undefined && { mend }),
  }
}

function mendOf(entry: PlanEntry, difference: Difference, command: string): string | undefined {
  const one = entry.after === undefined ? `${command} generate` : `${command} generate ${entry.provider}`
  if (difference === 'edited' || (difference === 'in the way' && entry.owner === 'generated')) return `${one} --force`
  if (entry.action === 'kept') return undefined
  return one
}

/** The judgement as text for a terminal: each finding with its diff, then the commands that mend them, each once. */
export function formatJudgement(judgement: Judgement): string {
  const parts = judgement.findings.map(formatFinding)
  const commands = [...new Set(judgement.findings.flatMap(({ mend }) => mend ?? []))]
  if (commands.length > 0) parts.push(['To mend it:', ...commands.map((command) => `  ${command}`)].join('\n'))
  return parts.length === 0 ? '' : `${parts.join('\n\n')}\n`
}

function formatFinding(finding: Finding): string {
  const head = `${finding.path} is ${finding.difference}`
  const lines = [finding.reason === undefined ? head : `${head}: ${finding.reason}`]
  for (const text of [finding.snippet, finding.diff]) if (text) lines.push(text.replace(/^(?=.)/gm, '  '))
  if (finding.more > 0) lines.push(`  … ${finding.more} more lines`)
  return lines.join('\n')
}
