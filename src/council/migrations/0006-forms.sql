-- SPDX-License-Identifier: GPL-3.0-or-later
-- Requests for an assessment, before there is a case; and comments on the sections of a draft plan.

CREATE TABLE kind_comment (
  id TEXT NOT NULL PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
  "form" TEXT NOT NULL,
  "person" TEXT NOT NULL,
  "section" TEXT NOT NULL,
  "question" TEXT NOT NULL,
  "text" TEXT NOT NULL,
  "evidence" TEXT,
  "received_at" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "reason" TEXT,
  "decided_by" TEXT,
  "decided_at" TEXT
) STRICT;
CREATE INDEX kind_comment_by_form ON kind_comment ("form");

CREATE TABLE kind_request (
  id TEXT NOT NULL PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
  "reference" TEXT NOT NULL,
  "definition" TEXT NOT NULL,
  "form" TEXT NOT NULL,
  "account" TEXT NOT NULL,
  "sender_name" TEXT NOT NULL,
  "email" TEXT NOT NULL,
  "telephone" TEXT,
  "relationship" TEXT NOT NULL,
  "professional" INTEGER,
  "child_forename" TEXT NOT NULL,
  "child_surname" TEXT NOT NULL,
  "date_of_birth" INTEGER NOT NULL,
  "school" TEXT,
  "received" INTEGER NOT NULL,
  "received_at" TEXT NOT NULL,
  "answers" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "opened_case" TEXT,
  "person" TEXT
) STRICT;
CREATE INDEX kind_request_by_person ON kind_request ("person");
