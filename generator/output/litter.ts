// In: nothing. Out: the names of what is there only while a run writes, so that what a killed run left is known.

/** The lock's name in the output folder. */
export const lockName = '.kloud-gen.lock'

/** The name of a file while it is written; the next run knows it and takes it away. */
export function litterName(count: number): string {
  return `.kloud-gen-${process.pid}-${count}.tmp`
}

const litterShape = /^\.kloud-gen-\d+-\d+\.tmp$/

/** Whether a name is that of a file which was being written. */
export function isLitter(name: string): boolean {
  return litterShape.test(name)
}
