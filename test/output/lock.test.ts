// Two runs at once, and the locks of runs that are gone.
import { spawn, spawnSync } from 'node:child_process'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { lockName } from '../../generator/output/litter.js'
import { withLock } from '../../generator/output/lock.js'
import { programArguments } from '../programs.js'
import { Workspace } from './workspace.js'

const lock = `generated/${lockName}`

function holder(more: { pid?: number; host?: string; since?: string } = {}): string {
  return JSON.stringify({ pid: process.ppid, host: hostname(), since: new Date().toISOString(), ...more })
}

function deadPid(): number {
  return spawnSync(process.execPath, ['-e', '0']).pid
}

it('runs one after another, and leaves neither a lock nor an empty folder', async () => {
  using work = new Workspace()
  const order: string[] = []
  const run = (name: string) =>
    withLock(work.root, async () => {
      expect(work.has(lock)).toBe(true)
      order.push(`${name} begins`)
      await sleep(20)
      order.push(`${name} ends`)
    })
  await Promise.all([run('a'), run('b'), run('c')])
  for (let index = 0; index < 6; index += 2) expect(order[index]?.[0]).toBe(order[index + 1]?.[0])
  expect(work.has('generated')).toBe(false)
})

it('gives the lock back when the run fails', async () => {
  using work = new Workspace()
  await expect(withLock(work.root, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await withLock(work.root, () => 'yes')).toBe('yes')
})

it('waits for a living process, and then says who it is and what to do', async () => {
  using work = new Workspace()
  const since = new Date().toISOString()
  work.write(lock, holder({ since }))
  const waited: unknown[] = []
  const run = withLock(work.root, () => 'never', { wait: 120, onWait: (who) => waited.push(who) })
  await expect(run).rejects.toMatchObject({
    exit: 3,
    message: `another run of kloud-gen is writing: process ${process.ppid} on ${hostname()}, since ${since}`,
    hint: `wait for it to end; if it is gone, delete ${join(work.root, lockName)}`,
  })
  expect(waited).toEqual([{ pid: process.ppid, host: hostname(), since }])
  expect(work.has(lock)).toBe(true)
})

it.each([
  ['a dead process', () => holder({ pid: deadPid() })],
  ['a run of an hour ago', () => holder({ host: 'elsewhere', since: new Date(Date.now() - 3_600_000).toISOString() })],
])('takes over the lock of %s', async (_, text) => {
  using work = new Workspace()
  work.write(lock, text())
  expect(await withLock(work.root, () => 'mine', { wait: 0 })).toBe('mine')
  expect(work.files()).toEqual([])
})

it('does not take the lock of another machine, nor one that is being written', async () => {
  using work = new Workspace()
  for (const text of [holder({ pid: deadPid(), host: 'elsewhere' }), '', '{"pid":']) {
    work.write(lock, text)
    await expect(withLock(work.root, () => 'never', { wait: 10 })).rejects.toMatchObject({ exit: 3 })
  }
})

it('leaves a lock alone that is no longer its own', async () => {
  using work = new Workspace()
  await withLock(work.root, () => work.write(lock, holder()))
  expect(work.has(lock)).toBe(true)
})

it('lets one of many processes through at a time, though they find a dead one’s lock', async () => {
  using work = new Workspace()
  work.write(lock, holder({ pid: deadPid() }))
  const child = [...programArguments('output/locked-run'), work.root, work.path('log')]
  const ends = Array.from({ length: 5 }, () => {
    const run = spawn(process.execPath, child, { stdio: 'inherit' })
    return new Promise((resolve) => run.once('exit', resolve))
  })
  expect(await Promise.all(ends)).toEqual([0, 0, 0, 0, 0])
  const lines = work.read('log').trim().split('\n')
  expect(lines).toHaveLength(5 * 2 * 20)
  for (let index = 0; index < lines.length; index += 2)
    expect(lines[index + 1]).toBe(lines[index]?.replace('begin', 'end'))
})
