// Measures `kloud-gen`: from nothing, with nothing changed, with one spec changed; for 1, 20, 200 and 2,000 specs.
// Run it with: npm run bench
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Command, measure, printTable } from './measure.js'
import { forgetGenerated, syntheticProject, syntheticSpec } from './synthetic.js'

const work = fileURLToPath(new URL('./.work', import.meta.url))
const bin = fileURLToPath(new URL('../dist/kloud-gen.cjs', import.meta.url))

const kloudGen = (name: string, cwd: string, args: readonly string[], before?: () => void): Command => ({
  name,
  args: [process.execPath, bin, ...args],
  cwd,
  ...(before ? { before } : {}),
})

const goals: Record<string, number> = {
  '--version': 1.5,
  'one provider, cold': 6,
  '200 cold': 30,
  '200, nothing changed': 2.5,
  '200, one changed': 5,
}

const cold = (count: number) => {
  const folder = syntheticProject(join(work, `cold-${count}`), count)
  const name = count === 1 ? 'one provider, cold' : `${count} cold`
  return kloudGen(name, folder, ['generate'], () => forgetGenerated(folder))
}

const warm = (count: number) =>
  kloudGen(`${count}, nothing changed`, syntheticProject(join(work, `warm-${count}`), count), ['generate'])

const changed = (count: number) => {
  const folder = syntheticProject(join(work, `changed-${count}`), count)
  let run = 0
  return kloudGen(`${count}, one changed`, folder, ['generate'], () => {
    writeFileSync(join(folder, 'specs', 'cloud0.yaml'), syntheticSpec(0, ` ${run++}`))
  })
}

const fresh = join(work, 'new')
const small: Command[] = [
  kloudGen('--version', work, ['--version']),
  kloudGen('new provider --yes', syntheticProject(fresh, 0), ['new', 'provider', 'acme', '--yes'], () => {
    syntheticProject(fresh, 0)
  }),
  cold(1),
  cold(20),
  cold(200),
  warm(20),
  warm(200),
  changed(20),
  changed(200),
]
measure(
  [small[6], small[8], small[5], small[7]].filter((command) => command !== undefined),
  1,
)
printTable(measure(small), goals)
console.log('\nTen times as many:')
const many = warm(2000)
measure([many], 1)
printTable(measure([cold(2000), many], 2))
rmSync(work, { recursive: true, force: true })
