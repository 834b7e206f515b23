-- SPDX-License-Identifier: GPL-3.0-or-later
-- E-mails that go out. A row is written in the transaction of what it tells about, so that neither is without
-- the other. The message itself goes once it was handed over: codes are not kept in clear.
CREATE TABLE mail (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  recipient TEXT NOT NULL,
  message TEXT NOT NULL,
  queued_at INTEGER NOT NULL,
  expires_at INTEGER,
  next_try INTEGER NOT NULL,
  n_tries INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'expired', 'refused')),
  last_error TEXT
) STRICT;

CREATE INDEX mail_waiting ON mail (next_try, id) WHERE state = 'waiting';
