-- SPDX-License-Identifier: GPL-3.0-or-later
-- Forms that an adult shares with the others, which versions of a form are in use, and the list of schools.

ALTER TABLE kind_answer ADD COLUMN "saved_by" TEXT;
ALTER TABLE kind_form ADD COLUMN "shared_by" TEXT;
ALTER TABLE kind_form_definition ADD COLUMN "state" TEXT NOT NULL DEFAULT 'current';

CREATE TABLE kind_school (
  id TEXT NOT NULL PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
  "name" TEXT NOT NULL,
  "town" TEXT,
  "type" TEXT,
  "urn" TEXT
) STRICT;
