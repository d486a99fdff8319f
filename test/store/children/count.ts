// In: a folder and a number of rounds. Out: so many events, and the counter of the stack `shared` so much higher, one at a time.
import { lockOf } from '../../../runtime/store/lock-names.js'
import { openStore } from '../../../runtime/store/open-store.js'

const [folder = '', rounds = '0'] = process.argv.slice(2)
const store = await openStore({ folder })
const { identifier } = await store.credentials.add({ provider: 'acme', data: { pid: process.pid } })
for (let round = 0; round < Number(rounds); round++) {
  await store.events.append([{ eventId: String(process.pid), type: 'count', stack: 'shared', message: String(round) }])
  await store.locks.withLock(
    lockOf.stack('shared'),
    async (lease) => {
      const stack = await store.stacks.find('shared')
      const { count = 0 } = stack?.details.reveal() ?? {}
      await store.stacks.save({ name: 'shared', details: { count: Number(count) + 1 } }, lease)
    },
    { wait: 60_000 },
  )
}
console.log((await store.credentials.get(identifier)).data.reveal().pid)
await store.close()
