import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Secret } from '../../runtime/secret.js'
import { createSshKeyPair, deriveSshKeyPair } from '../../runtime/stack/ssh-key-pair.js'

describe('an SSH key pair', () => {
  it('is made of RSA, with halves that ssh knows to belong together', async () => {
    const { name, public_key, private_key } = await createSshKeyPair('kloud-engines', 3072)
    expect(name).toBe('kloud-engines')
    expect(public_key).toMatch(/^ssh-rsa AAAA\S+ kloud-engines$/)
    const folder = mkdtempSync(join(tmpdir(), 'kloud-ssh-'))
    const file = join(folder, 'key')
    writeFileSync(file, private_key.reveal())
    chmodSync(file, 0o600)
    const own = execFileSync('ssh-keygen', ['-y', '-f', file], { encoding: 'utf8' })
    expect(execFileSync('ssh-keygen', ['-l', '-f', file], { encoding: 'utf8' })).toMatch(/^3072 .* \(RSA\)$/m)
    rmSync(folder, { recursive: true })
    expect(public_key.startsWith(own.trim())).toBe(true)
  })

  it('that is derived is the same for the same secret, and another for any other', () => {
    const [first, again, other] = ['a', 'a', 'b'].map((secret) => deriveSshKeyPair('kloud-x', new Secret(secret)))
    expect(first?.public_key).toMatch(/^ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI\S+ kloud-x$/)
    expect(again?.public_key).toBe(first?.public_key)
    expect(other?.public_key).not.toBe(first?.public_key)
    const fingerprint = execFileSync('ssh-keygen', ['-l', '-f', '-'], {
      input: first?.public_key ?? '',
      encoding: 'utf8',
    })
    expect(fingerprint).toMatch(/^256 SHA256:\S+ kloud-x \(ED25519\)$/m)
  })
})
