import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isObject, type JsonObject } from '../../runtime/json.js'
import { readTemplate } from '../../runtime/template/read.js'
import { describeWithTerraform } from '../terraform.js'
import { sandboxedKloud } from './sandboxed-kloud.js'

const providers = ['aws', 'azure', 'digitalocean', 'example', 'google', 'hetzner', 'marathon', 'softlayer', 'vagrant']

/** A template of two machines: that of the example, and one just like it. */
function withSecond(blocks: JsonObject): JsonObject {
  const more = structuredClone(blocks)
  for (const named of Object.values(isObject(more.resource) ? more.resource : {})) {
    if (isObject(named) && named.web !== undefined) named.second = structuredClone(named.web)
  }
  return more
}

describeWithTerraform('a stack on real Terraform', () => {
  test.each(providers)('%s goes through its whole life in the sandbox', async (provider) => {
    const { kloud, cloud, template } = await sandboxedKloud()
    const { blocks } = await readTemplate(join('examples', provider, 'one-machine.yaml'))
    const path = await template('web.tf.json', blocks)

    const data = await kloud.sampleCredential(provider)
    const { identifier } = await kloud.credentials.add({ provider, data })
    await kloud.bootstrap({ identifier }).result
    const shared = await cloud.list()

    const planned = await kloud.plan({ path }).result
    expect(planned.machines).toMatchObject([{ provider, label: 'web', action: 'create' }])
    const { machines } = await kloud.apply({ path, plan: planned.id }).result
    expect(machines).toMatchObject([{ label: 'web', state: 'Running', message: undefined }])
    expect((await kloud.plan({ path }).result).changes).toEqual([])

    expect(await kloud.stop({ label: 'web' }).result).toMatchObject({ state: 'Stopped', changed: true })
    expect(await kloud.info({ label: 'web' })).toMatchObject({ state: 'Stopped' })
    expect(await kloud.start({ label: 'web' }).result).toMatchObject({ state: 'Running', message: undefined })

    await template('web.tf.json', withSecond(blocks))
    const more = await kloud.apply({ path }).result
    expect(more.plan.machines).toMatchObject([
      { label: 'second', action: 'create' },
      { label: 'web', action: 'none' },
    ])
    expect(more.plan.counts).toMatchObject({ update: 0, replace: 0, delete: 0 })
    expect(more.machines).toHaveLength(2)

    await kloud.destroy({ name: 'web' }).result
    expect(await cloud.list()).toEqual(shared)
    await kloud.bootstrap({ identifier, destroy: true }).result
    expect(await cloud.list()).toEqual([])
  })
})
