-- SPDX-License-Identifier: GPL-3.0-or-later
-- Authenticator apps of staff. Secrets are sealed under the key file, in base 64.

CREATE TABLE authenticator (
  account TEXT NOT NULL PRIMARY KEY REFERENCES credential (account),
  secret TEXT NOT NULL,
  last_step INTEGER NOT NULL,        -- the newest one that was used: none works twice
  made_at INTEGER NOT NULL
) STRICT;

-- A sign-in whose mailed code was right and that waits for the app's code. `secret`: of an app that is being
-- set up.
CREATE TABLE sign_in_step (
  challenge TEXT NOT NULL PRIMARY KEY REFERENCES challenge (id) ON DELETE CASCADE,
  account TEXT NOT NULL,
  secret TEXT,
  n_tries INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;
