// In: the path of the command's first chunk, and a spec. Out: beside each chunk, what V8 makes of it in runs that are to be fast.
// Runs in a process of its own: see tsdown.config.ts.
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { requireChunk, writeCaches } from './chunks.ts'

const [node = '', , chunk = '', spec = ''] = process.argv
const command: { main(): Promise<void> } = requireChunk(chunk)
const folder = mkdtempSync(join(tmpdir(), 'kloud-gen-build-'))
process.stdout.write = () => true
try {
  mkdirSync(join(folder, 'specs'))
  copyFileSync(spec, join(folder, 'specs', 'spec.yaml'))
  const runs = [['generate'], ['generate'], ['new', 'provider', 'acme', '--yes']]
  for (const words of runs) {
    process.argv = [node, chunk, ...words, '--cwd', folder]
    await command.main()
    if (process.exitCode) throw new Error(`kloud-gen ${words.join(' ')} ends with ${process.exitCode}`)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
writeCaches()
