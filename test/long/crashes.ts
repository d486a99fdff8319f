// In: a share of the moments. Out: tests that kill kloud, Terraform or both at each of them, and hold that nothing is forgotten.
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import type { SandboxCloud } from '../../runtime/sandbox/cloud.js'
import { sandboxFolder } from '../../runtime/sandbox/sandbox-folder.js'
import { findOrphans } from '../../runtime/sandbox/sweep.js'
import { openStore } from '../../runtime/store/open-store.js'
import { type BuiltKloud, buildKloud } from '../life/built.js'
import { killTerraforms, startKloud } from '../life/processes.js'
import { droplets, sandboxedKloud } from '../life/sandboxed-kloud.js'
import { describeWithTerraform } from '../terraform.js'

/** How many moments each of the two files has. */
const moments = 50
const kinds = ['both', 'kloud', 'Terraform'] as const

/** Every second moment, from the first or from the second on: two files take half of the time. */
function momentsFrom(first: 0 | 1) {
  return Array.from({ length: moments }, (_, index) => ({
    /** How far into the apply, and into the destroy, of which 1 is the whole. */
    part: (2 * index + first + 0.5) / (2 * moments),
    kind: kinds[(2 * index + first) % kinds.length] ?? 'both',
  }))
}

const slowly = ['apply', 'web.tf.json', '--sandbox', '--fault', 'slow-create=800*3']
const destroying = ['destroy', 'web', '--sandbox', '--yes']

/** How long an apply and a destroy take here when nobody kills them, in milliseconds. */
async function measure(program: string, applying: readonly string[]) {
  const { folder, template } = await sandboxedKloud()
  await template('web.tf.json', droplets('one', 'two', 'three'))
  const timed = async (words: readonly string[]) => {
    const start = performance.now()
    expect((await startKloud(program, folder, ...words).ended).code).toBe(0)
    return performance.now() - start
  }
  return { apply: await timed(applying), destroy: await timed(destroying) }
}

/** @param flags of the apply: with `--yes` it is one run of Terraform, else two */
export function crashesFrom(first: 0 | 1, flags: readonly string[] = []): void {
  const applying = [...slowly, ...flags]
  describeWithTerraform('kill -9', () => {
    let built: BuiltKloud
    let lengths: ReturnType<typeof measure> | undefined
    beforeAll(async () => {
      built = await buildKloud(['digitalocean'])
    })
    afterAll(() => built.remove())

    test.each(momentsFrom(first))(
      'of $kind, $part of the way through an apply and through a destroy, forgets nothing that exists',
      async ({ part, kind }) => {
        lengths ??= measure(built.program, applying)
        const { apply, destroy } = await lengths
        const { folder, template, cloud } = await sandboxedKloud()
        await template('web.tf.json', droplets('one', 'two', 'three'))
        const store = sandboxFolder(join(folder, '.kloud'))

        async function killedIn(words: readonly string[], after: number) {
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

        await killedIn(applying, apply * part)
        await goOn('apply', 'web.tf.json', '--sandbox', '--yes')
        expect(await cloud.list({ type: 'digitalocean_droplet' })).toHaveLength(3)
        expect(await orphansOf(store, cloud)).toEqual([])

        await killedIn(destroying, destroy * part)
        if ((await stacksOf(store)).includes('web')) await goOn(...destroying)
        expect(await cloud.list({ owner: 'stack:web' })).toEqual([])
        expect(await stacksOf(store)).toEqual([])
      },
      180_000,
    )
  })
}

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

/** The names of the stacks that the store knows. */
async function stacksOf(folder: string): Promise<string[]> {
  const store = await openStore({ folder })
  try {
    return (await store.stacks.list()).map(({ name }) => name)
  } finally {
    await store.close()
  }
}
