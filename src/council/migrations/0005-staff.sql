-- SPDX-License-Identifier: GPL-3.0-or-later
-- Staff: teams, who knows whom, who stands in for whom, templates of messages.

ALTER TABLE kind_account ADD COLUMN "team" TEXT;
ALTER TABLE kind_case ADD COLUMN "team" TEXT;
CREATE INDEX kind_case_by_team ON kind_case ("team");

CREATE TABLE kind_colleague (
  id TEXT NOT NULL PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
  "account" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "email" TEXT NOT NULL,
  "telephone" TEXT,
  "role" TEXT NOT NULL,
  "team" TEXT,
  "active" INTEGER NOT NULL
) STRICT;
CREATE INDEX kind_colleague_by_account ON kind_colleague ("account");

CREATE TABLE kind_cover (
  id TEXT NOT NULL PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
  "covered" TEXT NOT NULL,
  "covering" TEXT NOT NULL,
  "covered_name" TEXT NOT NULL,
  "covering_name" TEXT NOT NULL,
  "from" INTEGER NOT NULL,
  "until" INTEGER NOT NULL,
  "state" TEXT NOT NULL
) STRICT;
CREATE INDEX kind_cover_by_covering ON kind_cover ("covering");
CREATE INDEX kind_cover_by_state ON kind_cover ("state");

-- Nobody could write templates so far.
DROP TABLE kind_template;
CREATE TABLE kind_template (
  id TEXT NOT NULL PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
  "title" TEXT NOT NULL,
  "message_type" TEXT NOT NULL,
  "subject" TEXT NOT NULL,
  "text" TEXT NOT NULL
) STRICT;
CREATE INDEX kind_template_by_title ON kind_template ("title");

-- Who opened a case keeps it in sight while it is of their team.
CREATE TABLE case_opener (
  case_id TEXT NOT NULL PRIMARY KEY,
  account TEXT NOT NULL
) STRICT;
INSERT INTO case_opener (case_id, account) SELECT case_id, account FROM audit WHERE what = 'case.open';

CREATE INDEX credential_by_role ON credential (role);
CREATE INDEX credential_by_end ON credential (is_disabled, changed_at);
