// In: nothing. Out: the names of files that are being written, so that those which a killed run left are known.

/** The name of a file while it is written; the next run knows it and takes it away. */
export function litterName(count: number): string {
  return `.kloud-gen-${process.pid}-${count}.tmp`
}

const litterShape = /^\.kloud-gen-\d+-\d+\.tmp$/

/** Whether a name is that of a file which was being written. */
export function isLitter(name: string): boolean {
  return litterShape.test(name)
}
