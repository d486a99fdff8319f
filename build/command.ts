// Stands for `generator/cli/main.ts` in the bundle of the executable: the same, from the chunks that stand beside it.
import { fileURLToPath } from 'node:url'
import { requireChunk } from './chunks.ts'

const command: { main(): Promise<void> } = requireChunk(fileURLToPath(new URL('./command/main.cjs', import.meta.url)))

export const { main } = command
