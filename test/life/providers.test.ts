import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isObject, type JsonObject } from '../../runtime/json.js'
import { wholeLife } from '../../runtime/sandbox/whole-life.js'
import { foundProviders } from '../../runtime/stack/provider-source.js'
import { readTemplate } from '../../runtime/template/read.js'
import { describeWithTerraform } from '../terraform.js'

const names = ['aws', 'azure', 'digitalocean', 'example', 'google', 'hetzner', 'marathon', 'softlayer', 'vagrant']
const providers = foundProviders({ cwd: process.cwd(), folder: undefined })

async function example(provider: string): Promise<JsonObject> {
  return (await readTemplate(join('examples', provider, 'one-machine.yaml'))).blocks
}

/** A template of two machines: that of the example, and one just like it. */
function withSecond(blocks: JsonObject): JsonObject {
  const more = structuredClone(blocks)
  for (const named of Object.values(isObject(more.resource) ? more.resource : {})) {
    if (isObject(named) && named.web !== undefined) named.second = structuredClone(named.web)
  }
  return more
}

describeWithTerraform('on real Terraform', () => {
  test.each(names)('%s goes through its whole life in the sandbox', async (name) => {
    const template = await example(name)
    const life = await wholeLife(await providers.get(name), { template, more: withSecond(template) })
    expect(life).toEqual({
      ...{ machines: ['web'], complaints: [], unsettled: [], left: [] },
      ...{ states: ['Stopped', 'Running'], more: ['second create', 'web none'] },
    })
  })
})
