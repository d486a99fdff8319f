// The clouds themselves: Terraform installs its providers, machines are asked through their APIs, and Kontrol is whoever the context names.
import { makeMachine } from '../machine/any-machine.js'
import type { Clouds, MachineRequest } from './clouds.js'
import { httpKontrol } from './http-kontrol.js'

export function realClouds(): Clouds {
  return {
    sandbox: false,
    prepare: () => {},
    verify: ({ stack }, signal) => stack().verifyCredential(signal),
    serve: async () => ({ environment: {}, stop: async () => {} }),
    // What a real cloud holds beyond the state is found by its name and tags only: there is nothing that Kloud could remove safely.
    sweep: async () => [],
    letGo: async () => {},
    disown: async () => {},
    machine: async ({ provider, credential, bootstrap, metadata, label, events }: MachineRequest) =>
      makeMachine(provider, { credential, bootstrap: bootstrap ?? {}, metadata, label, events }),
    kontrol: (url) => (url === undefined ? undefined : httpKontrol(url)),
    kontrolKey: async () => undefined,
    close: async () => {},
  }
}
