// In: something that writes, and a number of steps. Out: the disk as it is when the process dies before that step.
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

const steppers = [
  'openSync',
  'writeFileSync',
  'closeSync',
  'chmodSync',
  'renameSync',
  'unlinkSync',
  'mkdirSync',
  'rmdirSync',
  'rmSync',
] as const

/**
 * Runs something synchronous up to a step on the disk, of which a write is half done; from then on no step is. As with a
 * real death, nothing that would tidy up comes to anything.
 *
 * @returns how many steps there were, up to and with the one that did not happen
 */
export function dieBefore(last: number, run: () => void): number {
  let steps = 0
  const originals = steppers.map((name) => [name, fs[name]] as const)
  for (const [name, original] of originals) {
    const step = (...args: unknown[]): unknown => {
      steps++
      if (steps === last && name === 'writeFileSync')
        fs.writeSync(Number(args[0]), String(args[1]).slice(0, String(args[1]).length / 2))
      if (steps >= last) throw new Error('dead')
      return Reflect.apply(original, fs, args)
    }
    Object.assign(fs, { [name]: step })
  }
  syncBuiltinESMExports()
  try {
    run()
  } catch (error) {
    if (steps < last) throw error
  } finally {
    Object.assign(fs, Object.fromEntries(originals))
    syncBuiltinESMExports()
  }
  return Math.min(steps, last)
}
