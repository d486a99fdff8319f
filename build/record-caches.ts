// Preloaded into programs that run while the package is built: writes, when they end, what V8 has made of each chunk, with all that was
// called in it until then. A chunk that has such a cache already has run with it, and gets what it had, too. Chunks are in the folder
// that KLOUD_GEN_CHUNKS names, else in `dist`.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import vm from 'node:vm'
import { cachePath, sealed } from './chunks.ts'

const root = process.env.KLOUD_GEN_CHUNKS ?? fileURLToPath(new URL('../dist', import.meta.url))

const compiled: { script: vm.Script; filename: string }[] = []

vm.Script = class extends vm.Script {
  constructor(source: string, options?: vm.ScriptOptions | string) {
    super(source, options)
    const filename = typeof options === 'string' ? options : options?.filename
    if (filename?.endsWith('.cjs')) compiled.push({ script: this, filename })
  }
}

process.on('exit', () => {
  for (const { script, filename } of compiled) {
    const chunk = join(root, filename)
    writeFileSync(cachePath(chunk), sealed(readFileSync(chunk), script.createCachedData()))
  }
})
