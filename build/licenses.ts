// In: the modules of all bundles. Out: dist/THIRD-PARTY-LICENSES.txt, with the licence of every package that is in one of them.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const file = fileURLToPath(new URL('../dist/THIRD-PARTY-LICENSES.txt', import.meta.url))

/** A plugin of the bundler that keeps the licences of what is bundled. */
export function licenses() {
  const folders = new Set<string>()
  return {
    name: 'licenses',
    moduleParsed({ id }: { id: string }) {
      const folder = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(id)?.[1]
      if (folder) folders.add(folder)
    },
    writeBundle() {
      // Bundles that are built side by side share this plugin; whichever is written last has seen the modules of all.
      const parts = [...folders].map(licenseOf).sort()
      writeFileSync(file, `${parts.join('\n\n')}\n`)
    },
  }
}

function licenseOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry))
  const text = file && existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8').trim() : ''
  return `${name} ${version} (${license})\n\n${text}`
}
