// In: a folder. Out: a store encrypted anew again and again until someone kills this process.
import { openStore } from '../../../runtime/store/open-store.js'

const [folder = ''] = process.argv.slice(2)
const store = await openStore({ folder })
for (;;) {
  const { to } = await store.rotate()
  console.log(`rotated to ${to}`)
}
