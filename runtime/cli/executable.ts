// In: what loads a program. Out: the program, run. Its version is told before anything is loaded.
import { packageVersion } from '../version.js'

/** Runs what an executable is for. */
export function runExecutable(load: () => Promise<{ main(): Promise<void> }>): void {
  const [word] = process.argv.slice(2)
  if (word === '--version' || word === '-v') process.stdout.write(`${packageVersion()}\n`)
  else void load().then(({ main }) => main())
}
