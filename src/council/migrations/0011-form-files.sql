-- SPDX-License-Identifier: GPL-3.0-or-later
-- Files that go with a form. Those of a request are of no case yet: the form says where their content lies.

ALTER TABLE kind_document ADD COLUMN "form" TEXT;
CREATE INDEX kind_document_by_form ON kind_document ("form") WHERE "form" IS NOT NULL;
