// In: whatever was caught. Out: whether it is the system's error of that code.

/** Whether an error is the operating system's, with this code (`ENOENT`, `ESRCH`, …). */
export function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
