-- SPDX-License-Identifier: GPL-3.0-or-later
-- Accounts: what never travels. The account's own details are a record (kind "account", audience "account").
-- Times are seconds since 1970, UTC.

CREATE TABLE credential (
  account TEXT PRIMARY KEY,
  email TEXT NOT NULL UNIQUE,        -- normalised
  password TEXT,                     -- Argon2id; NULL until the one-use link of a staff account was used
  role TEXT NOT NULL,
  is_disabled INTEGER NOT NULL DEFAULT 0,
  made_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE session (
  id TEXT PRIMARY KEY,
  account TEXT NOT NULL REFERENCES credential (account),
  token_hash TEXT NOT NULL UNIQUE,   -- SHA-256, hexadecimal
  device TEXT NOT NULL,
  signed_in_at INTEGER NOT NULL,
  last_used_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;

CREATE INDEX session_of_account ON session (account);

-- A code of 6 digits that was mailed, or seems to have been: for an address that no mail may go to
-- (is_mailed 0) the row is the same, and no code fits.
CREATE TABLE challenge (
  id TEXT PRIMARY KEY,
  flow TEXT NOT NULL,                -- registration, sign-in, password-reset
  email TEXT NOT NULL,
  account TEXT,
  is_mailed INTEGER NOT NULL,
  code_hash TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  sent_at INTEGER NOT NULL,
  n_sent INTEGER NOT NULL,
  n_tries INTEGER NOT NULL,
  used_at INTEGER
) STRICT;

CREATE INDEX challenge_by_age ON challenge (made_at);

-- A registration that waits for its code: nobody's account yet.
CREATE TABLE registration (
  challenge TEXT PRIMARY KEY REFERENCES challenge (id) ON DELETE CASCADE,
  body TEXT NOT NULL,                -- an account record without id, as JSON
  password TEXT NOT NULL             -- Argon2id
) STRICT;

CREATE TABLE staff_link (
  code_hash TEXT PRIMARY KEY,
  account TEXT NOT NULL REFERENCES credential (account),
  expires_at INTEGER NOT NULL,
  used_at INTEGER
) STRICT;

CREATE TABLE upload (
  id TEXT PRIMARY KEY,
  account TEXT NOT NULL REFERENCES credential (account),
  file_name TEXT NOT NULL,
  size INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  media_type TEXT,                   -- by content; NULL until it is complete
  made_at INTEGER NOT NULL
) STRICT;

CREATE INDEX upload_of_account ON upload (account);
