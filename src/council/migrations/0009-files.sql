-- SPDX-License-Identifier: GPL-3.0-or-later
-- Documents that families add, and files that wait to be looked through for viruses.

ALTER TABLE kind_document ADD COLUMN "added_by" TEXT;
ALTER TABLE kind_document ADD COLUMN "check" TEXT;
CREATE INDEX kind_document_by_check ON kind_document ("check") WHERE "check" IS NOT NULL;

ALTER TABLE upload ADD COLUMN is_waiting INTEGER NOT NULL DEFAULT 0;  -- to be looked through
