// In: a project. Out: its code, kept as the specs say until the signal ends it. The home of chokidar.
import { type Stats, statSync } from 'node:fs'
import { dirname, resolve, sep } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type FSWatcher, watch as watchFiles } from 'chokidar'
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
  const ignored = (path: string, stats?: Stats) =>
    path === out || path.startsWith(`${out}/`) || (stats?.isFile() === true && !/\.ya?ml$/.test(path))
  const watchers: FSWatcher[] = []
  /** Resolves when changes are seen from then on. */
  const watchAlso = (folders: string[], depth?: number) => {
    const watcher = watchFiles(folders, { ignoreInitial: true, ignored, ...(depth === undefined ? {} : { depth }) })
    watchers.push(watcher)
    watcher.on('all', change)
    watcher.on('error', onError)
    return new Promise<void>((ready) => watcher.once('ready', ready))
  }
  let first = true
  let changed = Number.NEGATIVE_INFINITY
  let begun = Number.NEGATIVE_INFINITY
  let wake: () => void = () => undefined
  const isDone = () => !first && begun >= changed + SETTLE
  const change = () => {
    changed = performance.now()
    wake()
  }
  let watched = identityOf(specsFolder(project))
  const looking = setInterval(() => {
    const standing = identityOf(specsFolder(project))
    if (standing === undefined || standing === watched) return
    watched = standing
    watchers[0]?.unwatch(specsFolder(project)).add(specsFolder(project))
    change()
  }, LOOK)
  signal.addEventListener('abort', () => wake(), { once: true })
  await watchAlso([specsFolder(project)])
  const elsewhere = new Set<string>()
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
      const unseen = foldersOf(project, generated).filter((folder) => !elsewhere.has(folder))
      if (unseen.length > 0) {
        for (const folder of unseen) elsewhere.add(folder)
        await watchAlso(unseen, 0)
        // What changed there in the meantime was not seen: another run sees it.
        changed = performance.now()
      }
      await onGenerated(generated, first)
    } catch (error) {
      onError(error)
    }
    first = false
  }
  clearInterval(looking)
  await Promise.all(watchers.map((watcher) => watcher.close()))
}

/** Which folder stands at a path: one that was taken away and made anew is another. */
function identityOf(path: string): string | undefined {
  const stats = statSync(path, { throwIfNoEntry: false })
  return stats && `${stats.dev}:${stats.ino}:${stats.birthtimeMs}`
}

/** The folders of specs that are extended from outside the folder of specs. */
function foldersOf(project: Project, { inputs }: Generated): string[] {
  const specs = specsFolder(project)
  const folders = inputs.map((input) => dirname(resolve(project.cwd, input)))
  return [...new Set(folders)].filter((folder) => folder !== specs && !folder.startsWith(`${specs}${sep}`))
}
