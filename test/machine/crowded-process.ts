// A process that may open few files, and has opened them all. In: nothing. Out: what running a program then says.
import { closeSync, openSync } from 'node:fs'
import { ExecApi } from '../../runtime/machine/exec-api.js'

const open: number[] = []
try {
  for (;;) open.push(openSync('/dev/null', 'r'))
} catch {
  // As many as there may be.
}
void new ExecApi({ program: '/bin/true' }, {})
  .run([], { signal: new AbortController().signal })
  .then(String, (error: Error) => error.message)
  .then((said) => {
    for (const file of open) closeSync(file)
    console.log(`vm ${said}`)
  })
