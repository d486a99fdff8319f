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
  readonly #called = new Set<string>()

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
    this.#kontrol.look(klient, this.#signal).then(
      ({ phase }) => void (phase === 'ready' && this.#called.add(klient.label)),
      () => {},
    )
  }

  /** Whether the Klient of a machine has called by now. Nobody waits here: an answer that is slow is for whoever waits and says so. */
  hasCalled(label: string): boolean {
    return this.#called.has(label)
  }
}
