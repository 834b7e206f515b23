-- SPDX-License-Identifier: GPL-3.0-or-later
-- Commands: what was answered, the numbers of references, and the codes of the way into a case.

-- One row for each command that was carried out. `body` is the SHA-256 of the command as it was
-- understood, so that the same command in another layout is the same.
CREATE TABLE receipt (
  id TEXT NOT NULL PRIMARY KEY,
  account TEXT NOT NULL,
  kind TEXT NOT NULL,
  body TEXT NOT NULL,
  answer TEXT NOT NULL,
  done_at TEXT NOT NULL
) STRICT;
CREATE INDEX receipt_done_at ON receipt (done_at);

-- The last number that was given out, for "case" and "form" references.
CREATE TABLE reference (
  name TEXT NOT NULL PRIMARY KEY,
  last INTEGER NOT NULL
) STRICT;

-- The unique code that a person quotes to the SEND team: hashed, one for each person of a case.
CREATE TABLE unique_code (
  person TEXT NOT NULL PRIMARY KEY,
  code TEXT NOT NULL,
  expires_at TEXT NOT NULL
) STRICT;

-- One invitation to an address; its id becomes that of the `invitation` record. `account` is set once
-- an account of that address has the records.
CREATE TABLE invited (
  id TEXT NOT NULL PRIMARY KEY,
  email TEXT NOT NULL,
  account TEXT,
  is_open INTEGER NOT NULL,
  sent_at TEXT NOT NULL,
  expires_at TEXT NOT NULL
) STRICT;
CREATE INDEX invited_email ON invited (email);

-- The people (each on a case) whom an invitation is about; `child` becomes the id of the
-- `invitation-child` record.
CREATE TABLE invited_person (
  person TEXT NOT NULL PRIMARY KEY,
  invitation TEXT NOT NULL REFERENCES invited (id),
  child TEXT NOT NULL
) STRICT;
CREATE INDEX invited_person_invitation ON invited_person (invitation);

-- Codes of e-mailed links, hashed. An invitation that was sent again has several.
CREATE TABLE invitation_code (
  code TEXT NOT NULL PRIMARY KEY,
  invitation TEXT NOT NULL REFERENCES invited (id),
  expires_at TEXT NOT NULL
) STRICT;
CREATE INDEX invitation_code_invitation ON invitation_code (invitation);
