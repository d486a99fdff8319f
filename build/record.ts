// Records the README's story as a picture: runs its commands in an empty folder, and draws what they print.
// Run it with: node --import jiti/register build/record.ts
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const commands = [
  'kloud apply --sandbox --yes examples/digitalocean/one-machine.yaml',
  'kloud machine stop web --sandbox',
  'kloud machine start web --sandbox',
  'kloud destroy one-machine --sandbox --yes',
]

const folder = mkdtempSync(join(tmpdir(), 'kloud-story-'))
try {
  cpSync(join(root, 'examples'), join(folder, 'examples'), { recursive: true })
  const lines = commands.flatMap((command) => [`$ ${command}`, ...run(command), ''])
  mkdirSync(join(root, 'docs'), { recursive: true })
  writeFileSync(join(root, 'docs', 'story.svg'), draw(lines.slice(0, -1)))
  process.stdout.write(`${lines.join('\n')}\n`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** What a command prints, both streams in the order in which a terminal shows them. */
function run(command: string): string[] {
  const [, ...args] = command.split(' ')
  const kloud = [process.execPath, join(root, 'dist', 'kloud.cjs'), ...args].map((word) => `'${word}'`).join(' ')
  const result = spawnSync('sh', ['-c', `${kloud} 2>&1`], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  })
  if (result.status !== 0) throw new Error(`${command} ended with ${result.status}:\n${result.stdout}`)
  return result.stdout.trimEnd().split('\n')
}

function draw(lines: readonly string[]): string {
  const height = 20
  const width = Math.max(...lines.map((line) => line.length)) * 8.45 + 40
  const texts = lines.map((line, index) => {
    const style = line.startsWith('$ ') ? ' class="command"' : ''
    return `<text x="20" y="${34 + index * height}"${style} xml:space="preserve">${escapeXml(line)}</text>`
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${Math.ceil(width)}" height="${lines.length * height + 40}" role="img">`,
    '<title>A stack in the sandbox, from nothing to nothing</title>',
    '<style>text { font: 14px ui-monospace, Menlo, Consolas, monospace; fill: #d8dee9 } .command { fill: #a3be8c; font-weight: bold }</style>',
    '<rect width="100%" height="100%" rx="8" fill="#20242c"/>',
    ...texts,
    '</svg>',
    '',
  ].join('\n')
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
