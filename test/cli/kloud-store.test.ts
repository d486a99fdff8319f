import { expect, it } from 'vitest'
import { folderWith, runKloud } from './kloud.js'

delete process.env.KLOUD_KEY

it('the command that goes on is about the same store', async () => {
  const folder = await folderWith({})
  const { err } = await runKloud('stack', 'show', 'wbe', '--sandbox', '--store', 'my store', '--cwd', folder)
  expect(err).toContain(`kloud stack list --sandbox --store 'my store' --cwd ${folder}\n`)
})
