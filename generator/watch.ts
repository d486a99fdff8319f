// In: a project. Out: its code, kept as the specs say until the signal ends it. The home of chokidar.
import { statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { watch as watchFiles } from 'chokidar'
import { type Generated, generate } from './generate.js'
import { outFolder, type Project, specsFolder } from './project.js'

export interface WatchOptions {
  signal: AbortSignal
  /** Told once, when changes are seen from now on. */
  onReady?: () => void
  onGenerated: (generated: Generated, first: boolean) => void | Promise<void>
  /** What kept a run from happening; watching goes on. */
  onError: (error: unknown) => void
}

/**
 * How long an editor may take to write several files of one change, in milliseconds. Longer than the 50 in which chokidar tells
 * of one change of a file only: what is not told of is seen by the run that comes after.
 */
const SETTLE = 60

/**
 * How often it is looked, in milliseconds, whether the folder of specs is still the one that is watched. The system tells nothing of
 * one that was taken away and is back, as when a branch is checked out, and that there is none ends no watching.
 */
const LOOK = 500

/** Generates now and after every change of a file that a spec is made of. Resolves when the signal is aborted. */
export async function watchSpecs(
  project: Project,
  { signal, onReady, onGenerated, onError }: WatchOptions,
): Promise<void> {
  const out = outFolder(project)
  const watcher = watchFiles([specsFolder(project)], {
    ignoreInitial: true,
    ignored: (path, stats) =>
      path === out || path.startsWith(`${out}/`) || (stats?.isFile() === true && !/\.ya?ml$/.test(path)),
  })
  let first = true
  let changed = Number.NEGATIVE_INFINITY
  let begun = Number.NEGATIVE_INFINITY
  let wake: () => void = () => undefined
  const isDone = () => !first && begun >= changed + SETTLE
  const change = () => {
    changed = performance.now()
    wake()
  }
  watcher.on('all', change)
  watcher.on('error', onError)
  let watched = identityOf(specsFolder(project))
  const looking = setInterval(() => {
    const standing = identityOf(specsFolder(project))
    if (standing === undefined || standing === watched) return
    watched = standing
    watcher.unwatch(specsFolder(project)).add(specsFolder(project))
    change()
  }, LOOK)
  signal.addEventListener('abort', () => wake(), { once: true })
  await new Promise<void>((ready) => watcher.once('ready', ready))
  onReady?.()
  while (!signal.aborted) {
    if (isDone()) {
      await new Promise<void>((resume) => {
        wake = resume
        if (signal.aborted || !isDone()) resume()
      })
      continue
    }
    const wait = changed + SETTLE - performance.now()
    if (wait > 0) {
      await sleep(Math.ceil(wait) + 1, undefined, { signal }).catch(() => undefined)
      if (signal.aborted) break
    }
    begun = performance.now()
    try {
      const generated = await generate(project)
      watcher.add(foldersOf(project, generated))
      await onGenerated(generated, first)
    } catch (error) {
      onError(error)
    }
    first = false
  }
  clearInterval(looking)
  await watcher.close()
}

/** Which folder stands at a path: one that was taken away and made anew is another. */
function identityOf(path: string): string | undefined {
  const stats = statSync(path, { throwIfNoEntry: false })
  return stats && `${stats.dev}:${stats.ino}:${stats.birthtimeMs}`
}

/** The folders of specs that are extended from elsewhere. */
function foldersOf(project: Project, { inputs }: Generated): string[] {
  return [...new Set(inputs.map((input) => dirname(resolve(project.cwd, input))))]
}
