// In: nothing. Out: the store's schema, as the steps that lead from each version to the next.

/**
 * Step n leads from version n to n + 1. A step that was released is never edited: a change is a new step, and a dump of the version before it
 * under test/store/versions.
 *
 * Every BLOB is a sealed record (cipher.ts); everything else lies in clear and holds no secret.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE meta (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    key_id TEXT,                              -- the key that every record is sealed with
    generation INTEGER NOT NULL DEFAULT 0     -- of the latest lease
  ) STRICT;
  INSERT INTO meta (one) VALUES (1);

  CREATE TABLE credentials (
    identifier TEXT PRIMARY KEY,
    provider TEXT NOT NULL,
    title TEXT NOT NULL,
    data BLOB NOT NULL,
    ssh_key_pair BLOB,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (provider, title)
  ) STRICT;

  CREATE TABLE bootstraps (
    credential TEXT PRIMARY KEY REFERENCES credentials,
    name TEXT NOT NULL,
    status TEXT NOT NULL,
    outputs BLOB NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE stacks (
    name TEXT PRIMARY KEY,
    status TEXT NOT NULL,
    details BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE stack_credentials (
    stack TEXT NOT NULL REFERENCES stacks ON DELETE CASCADE,
    provider TEXT NOT NULL,
    credential TEXT NOT NULL REFERENCES credentials,
    PRIMARY KEY (stack, provider)
  ) STRICT;
  CREATE INDEX stack_credentials_by_credential ON stack_credentials (credential);

  CREATE TABLE machines (
    stack TEXT NOT NULL REFERENCES stacks ON DELETE CASCADE,
    label TEXT NOT NULL,
    provider TEXT NOT NULL,
    resource TEXT NOT NULL,
    state TEXT NOT NULL,
    raw_state TEXT,
    message TEXT,
    identity BLOB,
    user_data BLOB,
    metadata BLOB NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (stack, label)
  ) STRICT;

  CREATE TABLE files (
    owner TEXT NOT NULL,                      -- the name of the lock that writing it takes
    kind TEXT NOT NULL,
    content BLOB NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (owner, kind)
  ) STRICT;

  CREATE TABLE events (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    event_id TEXT NOT NULL,
    type TEXT NOT NULL,
    stack TEXT,
    body TEXT NOT NULL,                       -- the rest, as JSON
    time INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX events_by_stack ON events (stack, sequence);
  CREATE INDEX events_by_id ON events (event_id, sequence);

  CREATE TABLE locks (
    name TEXT PRIMARY KEY,
    generation INTEGER NOT NULL,
    owner TEXT NOT NULL,                      -- the process, as JSON
    acquired_at INTEGER NOT NULL,
    heartbeat_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
  ) STRICT;
  `,
]
