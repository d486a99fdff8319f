// In: a folder. Out: whether libsql is loaded, before and after the store of that folder is opened.
import { createRequire } from 'node:module'
import { openStore } from '../../../runtime/store/open-store.js'

const [folder = ''] = process.argv.slice(2)
const loaded = () => Object.keys(createRequire(import.meta.url).cache).some((path) => path.includes('libsql'))
console.log(`imported ${loaded()}`)
const store = await openStore({ folder })
console.log(`opened ${loaded()}`)
await store.close()
