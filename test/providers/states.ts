// In: a provider, and how its cloud answers. Out: what its machine makes of each word that the cloud has for a state.
import { loadSpec } from '../../generator/load.js'
import type { JsonObject } from '../../runtime/json.js'
import { makeMachine } from '../../runtime/machine/any-machine.js'
import { machineInfo } from '../../runtime/machine/operate.js'
import type { MachineState } from '../../runtime/machine/state.js'
import { sampleCredential } from '../../runtime/sandbox/sample-credential.js'
import { json, never, serve } from '../machine/loopback.js'
import type { OneProvider } from './one-provider.js'

/**
 * Asks a machine how it is, once for each word that its spec lists, of a cloud that answers with the word.
 *
 * @param answer the cloud's answer, by the word
 * @returns each word with the state that the machine makes of it
 */
export async function statesSeen(
  { given: { provider, bootstrap } }: OneProvider,
  { metadata, answer }: { metadata: JsonObject; answer: (word: string) => JsonObject },
): Promise<Record<string, MachineState>> {
  let word = ''
  await using cloud = await serve(({ path }, response) => {
    json(response, 200, path.endsWith('/token') ? token : answer(word))
  })
  const machine = makeMachine(provider, {
    credential: provider.Credential.parse(sampleCredential(provider)),
    bootstrap: bootstrap ?? {},
    metadata: provider.Metadata.parse(metadata),
    reroute: ({ pathname, search }) => new URL(pathname + search, cloud.url),
    pace: 0.02,
  })
  const seen: Record<string, MachineState> = {}
  for (word of listedWords(provider.name)) seen[word] = (await machineInfo(machine, { signal: never })).state
  return seen
}

const token = { access_token: 'a-token', expires_in: 3600 }

/** The words that a provider's spec lists. */
export function listedWords(name: string): string[] {
  const info = loadSpec(`specs/${name}.yaml`).loaded?.spec.api?.info
  return typeof info === 'object' && !Array.isArray(info) ? Object.keys(info.states ?? {}) : []
}
