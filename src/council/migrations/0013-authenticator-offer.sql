-- SPDX-License-Identifier: GPL-3.0-or-later
-- An authenticator app that a family is setting up: the account's only once a first code of it was right. One an account.

CREATE TABLE authenticator_offer (
  account TEXT NOT NULL PRIMARY KEY REFERENCES credential (account),
  secret TEXT NOT NULL,              -- sealed, as in `authenticator`
  n_tries INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;
