// In: a plan. Out: the unified diffs of what it would change, for a person and for `git apply`.
import type { Plan, PlanEntry } from './plan.js'

/** Beyond so many changed lines, a diff says no more than that all is different: twice as many take eight times as long. */
const longestEdit = 4_000

/**
 * The diff of everything that `generate` would do. A file that someone edited is shown as what `--force` would do to it,
 * after a line that says so.
 *
 * @returns text that ends with a line feed; empty where nothing would change
 */
export async function diffPlan(plan: Plan): Promise<string> {
  const parts: string[] = []
  for (const entry of plan.entries) parts.push(await diffEntry(entry))
  return parts.join('')
}

/** The diff of one file, with what there is to say of it before; empty where nothing would change. */
export async function diffEntry(entry: PlanEntry): Promise<string> {
  const remark = entry.reason === undefined ? '' : `# ${entry.path} is ${entry.action}: ${entry.reason}\n`
  const snippet = entry.snippet === undefined ? '' : `${entry.snippet.replace(/^/gm, '#   ')}\n`
  return remark + snippet + (await diffTexts(entry))
}

/** The unified diff alone. */
export async function diffTexts({ path, before, after }: PlanEntry): Promise<string> {
  if (before === after) return ''
  const { createTwoFilesPatch, FILE_HEADERS_ONLY } = await import('diff')
  const from = before === undefined ? '/dev/null' : `a/${path}`
  const to = after === undefined ? '/dev/null' : `b/${path}`
  const patch = createTwoFilesPatch(from, to, before ?? '', after ?? '', undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
    maxEditLength: longestEdit,
  })
  return patch ?? `--- ${from}\n+++ ${to}\n# nearly every line is different\n`
}
