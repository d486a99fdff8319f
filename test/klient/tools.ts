// In: tests that need a program of the system. Out: the same, run; where it is missing they say so, and in CI they fail.
import { spawnSync } from 'node:child_process'
import { describe } from 'vitest'

/** Programs by what they are called here, and how to see that they are there. */
const tools = {
  'cloud-init': ['/usr/bin/python3', '-c', 'import cloudinit, yaml'],
  shellcheck: ['shellcheck', '--version'],
  ruby: ['ruby', '--version'],
} as const

/** A group of tests that need a program: `apt-get install cloud-init shellcheck ruby` gives them all. */
export function describeWithTool(tool: keyof typeof tools, name: string, tests: () => void): void {
  const [program, ...args] = tools[tool]
  if (spawnSync(program, args).status === 0) describe(name, tests)
  else if (process.env.CI !== undefined) throw new Error(`${name} needs ${tool}: apt-get install ${tool}`)
  else describe.skip(`${name} (left out: there is no ${tool})`, () => {})
}
