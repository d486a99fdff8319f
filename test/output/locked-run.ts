// In: an output folder and a log. Out: in the log, when this process held the lock.
import { appendFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { withLock } from '../../generator/output/lock.js'

const [root = '', log = ''] = process.argv.slice(2)
for (let round = 0; round < 20; round++) {
  await withLock(root, async () => {
    appendFileSync(log, `begin ${process.pid} ${round}\n`)
    await sleep(1)
    appendFileSync(log, `end ${process.pid} ${round}\n`)
  })
}
