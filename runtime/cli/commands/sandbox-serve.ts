// `kloud sandbox serve`: the embedded cloud on this computer, for Terraform and for programs, until Ctrl-C.
import { once } from 'node:events'
import { dirname, resolve } from 'node:path'
import { inputError } from '../../errors.js'
import type { SandboxCloud } from '../../sandbox/cloud.js'
import { sandboxFolder } from '../../sandbox/sandbox-folder.js'
import { defaultFolder } from '../../store/default-folder.js'
import { defineCommand, type ExitCode } from '../command.js'
import { providerOptions } from '../provider-options.js'

export const sandboxServe = defineCommand({
  about:
    'serve the embedded cloud on this computer until Ctrl-C; with a template, for a Terraform that you run yourself',
  words: '[PATH]',
  count: [0, 1],
  options: {
    port: { type: 'string', value: 'PORT', about: 'where to listen (one that is free when not said)' },
    store: { type: 'string', value: 'DIR', about: 'the folder of the store (".kloud" when not said)' },
    ...providerOptions,
  },
  examples: [
    ['kloud sandbox serve --port 8080', 'then: curl http://127.0.0.1:8080/resources'],
    [
      'kloud sandbox serve --port 8080',
      'clouds answer below /api/PROVIDER/https/HOST, such as /api/digitalocean/https/api.digitalocean.com/v2/account',
    ],
    [
      'kloud sandbox serve --port 8080',
      'faults hold while it serves: curl -X POST http://127.0.0.1:8080/faults/fail-create*2',
    ],
    ['kloud sandbox serve stack.tf.json', 'prints what Terraform needs in its environment for this template'],
  ],
  async run({ options, words, cwd, output, signal }): Promise<ExitCode> {
    const [{ SandboxCloud }, { serveLoopback }, { SandboxApis }, { foundProviders }] = await Promise.all([
      import('../../sandbox/cloud.js'),
      import('../../sandbox/loopback.js'),
      import('../../sandbox/api/apis.js'),
      import('../../stack/provider-source.js'),
    ])
    const folder = sandboxFolder(resolve(cwd, options.store ?? defaultFolder))
    const cloud = await SandboxCloud.open(folder)
    const apis = new SandboxApis({ cloud, providers: foundProviders({ cwd, folder: options.providers }) })
    const server = await serveLoopback(cloud, { port: readPort(options.port), apis })
    const served = words[0] === undefined ? undefined : await serveTemplate(cloud, folder, resolve(cwd, words[0]))
    try {
      if (options.json) output.out(`${JSON.stringify({ url: server.url, ...served?.environment })}\n`)
      else {
        for (const [name, value] of Object.entries(served?.environment ?? {})) output.out(`export ${name}='${value}'\n`)
        output.out(`${server.url}\n`)
        output.err('Serving the sandbox until Ctrl-C\n')
      }
      // A signal alone does not keep a process; the server does.
      if (!signal.aborted) await once(signal, 'abort')
      return 0
    } finally {
      await Promise.all([server.close(), served?.close()])
      await cloud.withdrawFaults().finally(() => cloud.close())
    }
  },
})

/** Terraform may kill the process whose id it is given, so that it is one that nobody needs. */
async function serveTemplate(cloud: SandboxCloud, folder: string, path: string) {
  const [{ readTemplate }, { startSandboxHost }, { sourcesOf }, { localModules }] = await Promise.all([
    import('../../template/read.js'),
    import('../../sandbox/start-host.js'),
    import('../../sandbox/sources.js'),
    import('../../sandbox/local-modules.js'),
  ])
  const { blocks, files } = await readTemplate(path)
  const modules = await localModules(blocks, dirname(files[0] ?? path))
  const host = startSandboxHost(folder)
  const owner = `by hand ${path}`
  const sources = await sourcesOf(blocks, owner, cloud, modules)
  const { environment } = await host.serve({ owner, template: blocks, modules, sources })
  return { environment, close: () => host.stop() }
}

function readPort(text: string | undefined): number {
  const port = Number(text ?? '0')
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port
  throw inputError(`--port must be a number up to 65535, not ${text}`)
}
