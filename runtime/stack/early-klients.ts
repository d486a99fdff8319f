// In: what Terraform says while it applies. Out: the Klients that call before it is done.
import type { TerraformEvent } from '../terraform/events.js'
import type { AwaitedKlient, Kontrol } from './klients.js'

/**
 * Asks for the Klient of each machine once, as soon as Terraform has made it: while it makes the others, some call. Those that do not
 * are for whoever waits afterwards.
 */
export class EarlyKlients {
  readonly #kontrol: Kontrol | undefined
  readonly #klientAt: (address: string, id: string | undefined) => AwaitedKlient | undefined
  readonly #signal: AbortSignal
  readonly #calls = new Map<string, Promise<boolean>>()

  /** @param klientAt the Klient of the machine at an address, if a machine is there */
  constructor(
    kontrol: Kontrol | undefined,
    klientAt: (address: string, id: string | undefined) => AwaitedKlient | undefined,
    signal: AbortSignal,
  ) {
    this.#kontrol = kontrol
    this.#klientAt = klientAt
    this.#signal = signal
  }

  /** Takes all that an apply says. */
  onEvent(event: TerraformEvent): void {
    if (this.#kontrol === undefined || event.kind !== 'done' || event.action !== 'create') return
    const klient = this.#klientAt(event.address, event.id)
    if (klient === undefined) return
    const call = this.#kontrol.look(klient, this.#signal).then(
      ({ phase }) => phase === 'ready',
      () => false,
    )
    this.#calls.set(klient.label, call)
  }

  /** Whether the Klient of a machine has called by now. */
  async hasCalled(label: string): Promise<boolean> {
    return (await this.#calls.get(label)) ?? false
  }
}
