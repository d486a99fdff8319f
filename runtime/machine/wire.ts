// What a machine's calls need of the world around them: where they are logged, where they really go, and how long waits last.
import type { Secret } from '../secret.js'

/** Takes lines for people who look for a fault. No line holds a secret. */
export interface Logger {
  debug(line: string): void
}

/** How calls leave. Everything has a working default: `{}` is a cloud on the internet, with nothing logged. */
export interface Wire {
  /** Gets a line for each call: method, path, status and time. */
  readonly logger?: Logger | undefined
  /**
   * Where a call really goes, by where it is meant to go. A sandbox or a test answers in a cloud's place this way, without the
   * machine knowing.
   */
  readonly reroute?: ((url: URL) => URL) | undefined
  /** What waits are multiplied by; 1 when not said. With 0.001, a wait of two minutes is over after 120 milliseconds. */
  readonly pace?: number | undefined
  /** Values that no message and no log line may hold, whatever a cloud answers. */
  readonly secrets?: readonly Secret<unknown>[] | undefined
}

/** A duration in milliseconds, at the wire's pace. */
export function paced(milliseconds: number, wire: Wire): number {
  return milliseconds * (wire.pace ?? 1)
}
