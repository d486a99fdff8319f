// In: a folder. Out: machines, a state and events written until someone kills this process; each round is printed once it is stored.
import { Secret } from '../../../runtime/secret.js'
import { lockOf } from '../../../runtime/store/lock-names.js'
import { openStore } from '../../../runtime/store/open-store.js'

const [folder = ''] = process.argv.slice(2)
const store = await openStore({ folder })
const lease = await store.locks.acquire(lockOf.stack('web'))
const before = await store.stacks.find('web')
for (let round = Number(before?.details.reveal().round ?? 0) + 1; ; round++) {
  await store.stacks.save({ name: 'web', details: { round } }, lease)
  const machines = ['a', 'b', 'c'].map((label) => ({
    label,
    provider: 'acme',
    resource: `acme_server.${label}`,
    identity: { kiteId: label, kiteKey: new Secret(String(round)) },
    metadata: { round },
  }))
  await store.stacks.saveMachines('web', machines, lease)
  await store.files.write(lease, 'state', Buffer.alloc(20_000, String(round)))
  await store.events.append([{ eventId: 'x', type: 'write', stack: 'web', message: String(round) }])
  console.log(`stored ${round}`)
}
