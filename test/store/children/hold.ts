// In: a folder, a lease time in milliseconds and a secret. Out: the lock of the stack `web` held until it is lost, and what a write after that meets with.
import { lockOf } from '../../../runtime/store/lock-names.js'
import { openStore } from '../../../runtime/store/open-store.js'

const [folder = '', ttl = '30000'] = process.argv.slice(2)
const store = await openStore({ folder })
const lease = await store.locks.acquire(lockOf.stack('web'), { ttl: Number(ttl) })
console.log('held')
const waiting = setInterval(() => undefined, 1000)
lease.signal.addEventListener('abort', async () => {
  console.log(`lost: ${lease.signal.reason.message}`)
  const write = store.stacks.save({ name: 'web', status: 'Building' }, lease)
  console.log(
    await write.then(
      () => 'written',
      (error: Error) => `refused: ${error.message}`,
    ),
  )
  clearInterval(waiting)
})
