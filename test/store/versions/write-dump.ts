// In: nothing. Out: the dump of a filled store of today's version, beside this file; run it once, with jiti, when a migration was added.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '../../../runtime/store/open-store.js'
import { migrations } from '../../../runtime/store/sqlite/migrations.js'
import { fillStore } from '../filled-store.js'
import { dumpKey, dumpStore } from './dump.js'

const folder = mkdtempSync(join(tmpdir(), 'kloud-dump-'))
const store = await openStore({ folder, key: dumpKey })
await fillStore(store, 'secret')
await store.close()
writeFileSync(join(import.meta.dirname, `${migrations.length}.sql`), dumpStore(folder))
rmSync(folder, { recursive: true })
