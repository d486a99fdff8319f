// In: credentials and their bootstraps. Out: the same in SQLite, sealed, and never removed while something uses them.
import { isDeepStrictEqual } from 'node:util'
import { inputError } from '../../errors.js'
import { Secret } from '../../secret.js'
import { newIdentifier } from '../identifier.js'
import { lockOf } from '../lock-names.js'
import type { CredentialChange, CredentialRecord, SshKeyPair } from '../records.js'
import type { CredentialStore } from '../store.js'
import type { Vault } from '../vault.js'
import { checkLine, checkProvider } from '../words.js'
import { readBootstrap, writeBootstrap } from './bootstraps.js'
import { findCredential, readSummaries, refuseWhileUsed, stacksUsing } from './credential-rows.js'
import type { Database, Queries } from './database.js'
import { checkFence } from './fence.js'
import { bytes, jsonObject, optionalBytes, text } from './row.js'
import { placeOf } from './sealed-columns.js'

export function sqliteCredentials(database: Database, vault: Vault): CredentialStore {
  const read = (queries: Queries, identifier: string): CredentialRecord => readCredential(queries, vault, identifier)
  const update = (queries: Queries, identifier: string, change: CredentialChange): CredentialRecord => {
    const { provider } = findCredential(queries, identifier)
    if (change.title !== undefined) {
      const title = checkTitle(queries, provider, change.title, identifier)
      queries.run('UPDATE credentials SET title = ? WHERE identifier = ?', title, identifier)
    }
    if (change.data !== undefined) {
      const data = vault.sealJson(queries, placeOf('credentials', 'data', identifier), change.data)
      queries.run('UPDATE credentials SET data = ? WHERE identifier = ?', data, identifier)
    }
    if (change.sshKeyPair !== undefined) writeSshKeyPair(queries, vault, identifier, change.sshKeyPair)
    queries.run('UPDATE credentials SET updated_at = ? WHERE identifier = ?', Date.now(), identifier)
    return read(queries, identifier)
  }
  return {
    add: (credential) =>
      database.write((queries) => {
        const provider = checkProvider(credential.provider)
        const identifier = freeIdentifier(queries, provider)
        const title =
          credential.title === undefined
            ? freeTitle(queries, provider)
            : checkTitle(queries, provider, credential.title)
        const now = Date.now()
        queries.run(
          'INSERT INTO credentials (identifier, provider, title, data, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)',
          identifier,
          provider,
          title,
          vault.sealJson(queries, placeOf('credentials', 'data', identifier), credential.data),
          now,
          now,
        )
        if (credential.sshKeyPair !== undefined) writeSshKeyPair(queries, vault, identifier, credential.sshKeyPair)
        return read(queries, identifier)
      }),

    get: (identifier) => database.read((queries) => read(queries, identifier)),

    list: (provider) => database.read((queries) => readSummaries(queries, provider)),

    update: (identifier, change) => database.write((queries) => update(queries, identifier, change)),

    replace: (identifier, before, change) =>
      database.write((queries) => {
        const isSame = isDeepStrictEqual(read(queries, identifier).data.reveal(), before.reveal())
        return isSame ? update(queries, identifier, change) : undefined
      }),

    remove: (identifier) =>
      database.write((queries) => {
        const { title } = findCredential(queries, identifier)
        refuseWhileUsed(queries, identifier, `credential ${identifier} (${title}) cannot be removed`)
        const bootstrap = queries.get('SELECT name FROM bootstraps WHERE credential = ?', identifier)
        if (bootstrap !== undefined) {
          const name = text(bootstrap, 'name')
          throw inputError(
            `credential ${identifier} (${title}) cannot be removed: its bootstrap ${name} still has resources`,
            {
              hint: `kloud bootstrap ${identifier} --destroy`,
              data: { bootstrap: name },
            },
          )
        }
        queries.run('DELETE FROM files WHERE owner = ?', lockOf.credential(identifier))
        queries.run('DELETE FROM credentials WHERE identifier = ?', identifier)
      }),

    usedBy: (identifier) => database.read((queries) => stacksUsing(queries, identifier)),

    saveBootstrap: (identifier, change, fence) =>
      database.write((queries) => {
        checkFence(queries, fence, [lockOf.credential(identifier)])
        findCredential(queries, identifier)
        if (change.status === 'destroying')
          refuseWhileUsed(queries, identifier, `the bootstrap of ${identifier} cannot be destroyed`)
        writeBootstrap(queries, vault, identifier, change)
      }),

    removeBootstrap: (identifier, fence) =>
      database.write((queries) => {
        checkFence(queries, fence, [lockOf.credential(identifier)])
        refuseWhileUsed(queries, identifier, `the bootstrap of ${identifier} cannot be removed`)
        queries.run('DELETE FROM bootstraps WHERE credential = ?', identifier)
        queries.run('DELETE FROM files WHERE owner = ?', lockOf.credential(identifier))
      }),
  }
}

function readCredential(queries: Queries, vault: Vault, identifier: string): CredentialRecord {
  const found = findCredential(queries, identifier)
  const row = queries.get('SELECT data, ssh_key_pair FROM credentials WHERE identifier = ?', identifier) ?? {}
  const data = vault.open(queries, placeOf('credentials', 'data', identifier), bytes(row, 'data'))
  const sshKeyPair = optionalBytes(row, 'ssh_key_pair')
  return {
    ...found,
    data: new Secret(jsonObject(data)),
    sshKeyPair:
      sshKeyPair && readSshKeyPair(vault.open(queries, placeOf('credentials', 'ssh_key_pair', identifier), sshKeyPair)),
    bootstrap: readBootstrap(queries, vault, identifier),
  }
}

function readSshKeyPair(content: Buffer): SshKeyPair {
  const pair = jsonObject(content)
  return { publicKey: text(pair, 'publicKey'), privateKey: new Secret(text(pair, 'privateKey')) }
}

function writeSshKeyPair(
  queries: Queries,
  vault: Vault,
  identifier: string,
  { publicKey, privateKey }: SshKeyPair,
): void {
  const place = placeOf('credentials', 'ssh_key_pair', identifier)
  const sealed = vault.sealJson(queries, place, { publicKey, privateKey: privateKey.reveal() })
  queries.run('UPDATE credentials SET ssh_key_pair = ? WHERE identifier = ?', sealed, identifier)
}

function freeIdentifier(queries: Queries, provider: string): string {
  for (;;) {
    const identifier = newIdentifier(provider)
    if (queries.get('SELECT 1 FROM credentials WHERE identifier = ?', identifier) === undefined) return identifier
  }
}

function titleHolder(queries: Queries, provider: string, title: string): string | undefined {
  const row = queries.get('SELECT identifier FROM credentials WHERE provider = ? AND title = ?', provider, title)
  return row && text(row, 'identifier')
}

/** The provider's name, else the first of `NAME 2`, `NAME 3`, … that is free. */
function freeTitle(queries: Queries, provider: string): string {
  for (let number = 1; ; number++) {
    const title = number === 1 ? provider : `${provider} ${number}`
    if (titleHolder(queries, provider, title) === undefined) return title
  }
}

function checkTitle(queries: Queries, provider: string, given: string, identifier?: string): string {
  const title = checkLine(given.trim(), 'the title')
  const holder = titleHolder(queries, provider, title)
  if (holder === undefined || holder === identifier) return title
  throw inputError(`${provider} has a credential with the title "${title}" already: ${holder}`, {
    hint: `give another with --title, or change that one: kloud credential update ${holder}`,
    data: { identifier: holder },
  })
}
