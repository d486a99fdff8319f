// In: nothing. Out: a process that only exists.
import { existsSync } from 'node:fs'
import { KloudError } from '../../errors.js'

/**
 * Terraform 1.11 kills the process it was named when it cannot reach the provider, and takes every call for cancelled when that
 * process is gone. This one ends by itself when ours does, because its input ends.
 */
export async function startSentinel(): Promise<{ pid: number; stop: () => void }> {
  const { spawn } = await import('node:child_process')
  const [program, args] = existsSync('/bin/cat')
    ? ['/bin/cat', []]
    : [process.execPath, ['-e', 'process.stdin.resume()']]
  const child = spawn(program, args, { stdio: ['pipe', 'ignore', 'ignore'], detached: true })
  child.unref()
  if (child.pid === undefined) throw new KloudError('other', `${program} cannot be started`)
  return { pid: child.pid, stop: () => child.kill() }
}
