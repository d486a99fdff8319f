// In: an output folder and a log. Out: in the log, when this process held the lock.
import { appendFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { withLock } from '../../generator/output/lock.js'

const [root = '', log = ''] = process.argv.slice(2)

async function take(round: number): Promise<void> {
  await withLock(root, async () => {
    appendFileSync(log, `begin ${process.pid} ${round}\n`)
    await sleep(1)
    appendFileSync(log, `end ${process.pid} ${round}\n`)
  })
  if (round < 19) await take(round + 1)
}

void take(0)
