import { spawn } from 'node:child_process'
import { utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { processIn } from '../../runtime/terraform/folder.js'
import { temporaryFolder } from '../sandbox/sandboxed.js'

test.each(['linux', 'darwin'] as const)(
  'a process that was given the id of a Terraform since is not it, on %s',
  async (platform) => {
    const { platform: here } = process
    Object.defineProperty(process, 'platform', { value: platform })
    onTestFinished(() => void Object.defineProperty(process, 'platform', { value: here }))
    const [folder, elsewhere] = [await temporaryFolder(), await temporaryFolder()]
    const file = join(folder, 'terraform.pid')
    const child = spawn('sleep', ['20'], { cwd: platform === 'linux' ? elsewhere : folder })
    onTestFinished(() => void child.kill())
    await writeFile(file, `${child.pid}`)
    if (platform === 'darwin') {
      expect(await processIn(folder)).toBe(child.pid)
      const before = Date.now() / 1000 - 60
      await utimes(file, before, before)
    }
    expect(await processIn(folder)).toBeUndefined()
  },
)
