// In: the environment. Out: where calls are logged for people who look for a fault: standard error, when they ask for it.
import type { Logger } from './wire.js'

/** With `KLOUD_LOG=debug`, a line for each call: method, path, status and time. No line holds a secret. */
export function debugLogger(environment: NodeJS.ProcessEnv = process.env): Logger | undefined {
  if (environment.KLOUD_LOG !== 'debug') return undefined
  return { debug: (line) => void process.stderr.write(`debug: ${line}\n`) }
}
