// In: nothing. Out: libsql's machine code for this computer. Stands in the programs' bundles for what libsql finds it with, which takes ten
// times as long: it writes a report on the whole process to learn which C library there is.
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'

/** Machine code is installed beside libsql, which may not be beside us. */
const requireBesideLibsql = createRequire(createRequire(import.meta.url).resolve('libsql'))

/** Package managers install what fits the C library; where one has installed both, only one of them can be loaded. */
const libraries: Readonly<Record<string, readonly string[]>> = {
  'linux-x64': ['-gnu', '-musl'],
  'linux-arm64': ['-gnu', '-musl'],
  'linux-arm': ['-gnueabihf', '-musleabihf'],
  'win32-x64': ['-msvc'],
  'win32-arm64': ['-msvc'],
}

/** Loads `@libsql/PLATFORM`. */
export function requireNative(): unknown {
  const platform = `${process.platform}-${process.arch}`
  const errors: unknown[] = []
  for (const library of ourLibraries(platform)) {
    try {
      return requireBesideLibsql(`@libsql/${platform}${library}`)
    } catch (error) {
      errors.push(error)
    }
  }
  throw errors.find((error) => !isMissing(error)) ?? errors[0]
}

function ourLibraries(platform: string): readonly string[] {
  const all = libraries[platform] ?? ['']
  // Alpine can be taught to load the others, too, and not to run them.
  return existsSync('/etc/alpine-release') ? all.toReversed() : all
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND'
}
