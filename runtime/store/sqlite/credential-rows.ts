// In: the credentials table. Out: what it says of a credential in clear, and which stacks use it.
import { inputError, KloudError } from '../../errors.js'
import type { CredentialSummary } from '../records.js'
import type { Queries } from './database.js'
import { date, type Row, text } from './row.js'

const SUMMARY = 'SELECT identifier, provider, title, created_at, updated_at FROM credentials'

/** By provider and title: all, or one provider's. */
export function readSummaries(queries: Queries, provider: string | undefined): CredentialSummary[] {
  return queries
    .all(`${SUMMARY} WHERE ?1 IS NULL OR provider = ?1 ORDER BY provider, title`, provider ?? null)
    .map(summary)
}

/** Throws `credentialMissing` when there is none. */
export function findCredential(queries: Queries, identifier: string): CredentialSummary {
  const row = queries.get(`${SUMMARY} WHERE identifier = ?`, identifier)
  if (row !== undefined) return summary(row)
  throw new KloudError('credentialMissing', `there is no credential ${identifier}`, {
    fault: 'input',
    hint: 'kloud credential list',
  })
}

function summary(row: Row): CredentialSummary {
  return {
    identifier: text(row, 'identifier'),
    provider: text(row, 'provider'),
    title: text(row, 'title'),
    createdAt: date(row, 'created_at'),
    updatedAt: date(row, 'updated_at'),
  }
}

/** Names of the stacks that use a credential. */
export function stacksUsing(queries: Queries, identifier: string): string[] {
  return queries
    .all('SELECT stack FROM stack_credentials WHERE credential = ? ORDER BY stack', identifier)
    .map((row) => text(row, 'stack'))
}

/** Throws an input error that names the stacks while any uses the credential. */
export function refuseWhileUsed(queries: Queries, identifier: string, what: string): void {
  const stacks = stacksUsing(queries, identifier)
  if (stacks.length === 0) return
  const used = stacks.length === 1 ? `stack ${stacks[0]} uses` : `stacks ${stacks.join(', ')} use`
  throw inputError(`${what}: ${used} it`, {
    hint: stacks.map((stack) => `kloud destroy ${stack}`).join('; '),
    data: { stacks },
  })
}
