import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { sandboxFolder } from '../../runtime/kloud.js'
import type { SandboxCloud } from '../../runtime/sandbox/cloud.js'
import { findOrphans } from '../../runtime/sandbox/sweep.js'
import { openStore } from '../../runtime/store/open-store.js'
import { describeWithTerraform } from '../terraform.js'
import { type BuiltKloud, buildKloud } from './built.js'
import { killTerraforms, startKloud } from './processes.js'
import { droplets, sandboxedKloud } from './sandboxed-kloud.js'

/** How many moments: more of them with `KLOUD_CRASHES=100`. */
const moments = Number(process.env.KLOUD_CRASHES ?? 3)
/** How long an apply takes here, in milliseconds: moments are spread over it. */
const length = 2400
const kinds = ['kloud', 'Terraform', 'both'] as const
const cases = Array.from({ length: moments }, (_, index) => ({
  after: Math.round((length * (index + 0.5)) / moments),
  kind: kinds[index % kinds.length] ?? 'both',
}))

let built: BuiltKloud
beforeAll(async () => {
  built = await buildKloud(['digitalocean'])
})
afterAll(() => built.remove())

describeWithTerraform('kill -9', () => {
  test.each(cases)(
    'of $kind $after ms into an apply, and into a destroy, forgets nothing that exists',
    async ({ after, kind }) => {
      const { folder, template, cloud } = await sandboxedKloud()
      await template('web.tf.json', droplets('one', 'two', 'three'))
      const store = sandboxFolder(join(folder, '.kloud'))

      async function killedIn(...words: string[]) {
        const { child, ended } = startKloud(built.program, folder, ...words)
        onTestFinished(() => void child.kill('SIGKILL'))
        await Promise.race([sleep(after), ended])
        if (kind !== 'Terraform') child.kill('SIGKILL')
        if (kind !== 'kloud') await killTerraforms(store)
        await ended
      }
      async function goOn(...words: string[]) {
        const { code, err } = await startKloud(built.program, folder, ...words).ended
        expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' })
      }

      await killedIn('apply', 'web.tf.json', '--sandbox', '--fault', 'slow-create=800*3')
      await goOn('apply', 'web.tf.json', '--sandbox', '--yes')
      expect(await cloud.list({ type: 'digitalocean_droplet' })).toHaveLength(3)
      expect(await orphansOf(store, cloud)).toEqual([])

      await killedIn('destroy', 'web', '--sandbox', '--yes')
      const left = (await cloud.list({ owner: 'stack:web' })).length
      const { code, err } = await startKloud(built.program, folder, 'destroy', 'web', '--sandbox', '--yes').ended
      if (left > 0) expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' })
      expect(await cloud.list({ owner: 'stack:web' })).toEqual([])
    },
    60_000,
  )
})

/** What the cloud has and the state does not. */
async function orphansOf(folder: string, cloud: SandboxCloud) {
  const store = await openStore({ folder })
  try {
    const state = (await store.files.read('stack:web', 'state'))?.toString()
    return await findOrphans(cloud, 'stack:web', state)
  } finally {
    await store.close()
  }
}
