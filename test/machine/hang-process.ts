// A process with a child that hangs. In: the child's program, the folder in which it writes down that it hangs, and `exit` where this process ends itself then. Out: `hanging`.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ExecApi } from '../../runtime/machine/exec-api.js'

const [program = '', folder = '', how] = process.argv.slice(2)
void new ExecApi({ program, cwd: folder }, {}).run(['hang'], { signal: new AbortController().signal })
setInterval(() => {
  if (!existsSync(join(folder, 'child'))) return
  process.stdout.write('hanging')
  if (how === 'exit') process.exit(7)
}, 20)
