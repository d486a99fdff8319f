// A process that applies a template in the sandbox, as kloud would, for tests that kill it. In: its folder, and the template as JSON. Out: the host's id, then `applied`.
import { join } from 'node:path'
import { providerSources } from '../../runtime/sandbox/plugin/addresses.js'
import { startSandboxHost } from '../../runtime/sandbox/start-host.js'
import { findTerraform } from '../../runtime/terraform/find.js'
import { Terraform } from '../../runtime/terraform/terraform.js'

async function apply(folder: string, text: string): Promise<void> {
  const template = JSON.parse(text)
  const host = startSandboxHost(join(folder, 'sandbox'))
  const sources = providerSources(template).values()
  const { environment } = await host.serve({ owner: 'stack test', template, sources: [...sources] })
  const terraform = new Terraform({ binary: await findTerraform(), folder: join(folder, 'stack'), environment })
  await terraform.writeTemplate(template)
  const plan = await terraform.plan()
  process.stdout.write(`host ${host.pid}\n`)
  await terraform.apply(plan)
  await host.stop()
  process.stdout.write('applied\n')
}

const [folder = '', template = '{}'] = process.argv.slice(2)
void apply(folder, template)
