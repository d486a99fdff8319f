// In: the modules of a bundle. Out: THIRD-PARTY-LICENSES.txt beside it, with the licence of every package that is in it.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A plugin of the bundler that keeps the licences of what is bundled. */
export function licenses() {
  const folders = new Set<string>()
  return {
    name: 'licenses',
    moduleParsed({ id }: { id: string }) {
      const folder = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(id)?.[1]
      if (folder) folders.add(folder)
    },
    generateBundle(this: { emitFile(file: { type: 'asset'; fileName: string; source: string }): void }) {
      const parts = [...folders].map(licenseOf).sort()
      this.emitFile({ type: 'asset', fileName: 'THIRD-PARTY-LICENSES.txt', source: `${parts.join('\n\n')}\n` })
    },
  }
}

function licenseOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry))
  const text = file && existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8').trim() : ''
  return `${name} ${version} (${license})\n\n${text}`
}
