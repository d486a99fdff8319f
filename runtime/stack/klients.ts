// In: machines that were just made or started. Out: how far each one's Klient got, waited for all at once.
import { setTimeout as sleep } from 'node:timers/promises'

/** How far a Klient got: it never called Kontrol, it cannot be reached, it does not answer, or it is there. */
export type KlientPhase = 'kontrol' | 'dial' | 'ping' | 'ready'

/** How a Klient is, when Kontrol was asked for it. */
export interface KlientLook {
  readonly phase: KlientPhase
  /** Why it is not further. No secrets. */
  readonly reason?: string
  /** Whether asking again cannot help. */
  readonly final?: boolean
}

/** A machine whose Klient is to call. */
export interface AwaitedKlient {
  readonly label: string
  readonly kiteId: string
  /** Where it is waited for: names of the cloud's side, for who pretends one. */
  readonly machine: { readonly owner: string; readonly type: string; readonly id: string | undefined }
  /** The attribute that its user data is in. */
  readonly userDataField: string
  /** How long to wait for it, in milliseconds. */
  readonly timeout?: number | undefined
}

/** Whom machines call. */
export interface Kontrol {
  /** How long to wait for a Klient where the machine does not say, in milliseconds. */
  readonly patience: number
  /** Asks for one Klient. Failures of Kontrol itself are a phase too: they pass. */
  look(klient: AwaitedKlient, signal: AbortSignal): Promise<KlientLook>
}

/** What each phase means to a person. */
const meanings: Readonly<Record<Exclude<KlientPhase, 'ready'>, string>> = {
  kontrol: 'its Klient never called',
  dial: 'its Klient called, and refuses to be reached',
  ping: 'its Klient called, and does not answer any more',
}

/** What is wrong with each Klient, by its machine's label; those that are there are not in it. */
export async function waitForKlients(
  kontrol: Kontrol,
  klients: readonly AwaitedKlient[],
  { signal, onReady }: { signal: AbortSignal; onReady?: (label: string) => void },
): Promise<Map<string, string>> {
  const missing = new Map<string, string>()
  await Promise.all(
    klients.map(async (klient) => {
      const { phase, reason } = await waitForOne(kontrol, klient, signal)
      if (phase === 'ready') onReady?.(klient.label)
      else missing.set(klient.label, reason === undefined ? meanings[phase] : `${meanings[phase]}: ${reason}`)
    }),
  )
  return missing
}

/** Asks often at first and then ever less, until the Klient is there or its time is over. */
async function waitForOne(kontrol: Kontrol, klient: AwaitedKlient, signal: AbortSignal): Promise<KlientLook> {
  const deadline = Date.now() + (klient.timeout ?? kontrol.patience)
  for (let pause = 50; ; pause = Math.min(pause * 1.5, 5000)) {
    signal.throwIfAborted()
    const look = await kontrol.look(klient, signal)
    const left = deadline - Date.now()
    if (look.phase === 'ready' || look.final === true || left <= 0) return look
    await sleep(Math.min(pause, left), undefined, { signal })
  }
}
