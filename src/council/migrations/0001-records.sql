-- SPDX-License-Identifier: GPL-3.0-or-later
-- The records of the feed: an envelope for each, and a table for each kind whose columns are the fields
-- of core's field table (test-store holds both against each other). Lists are JSON, days are Julian.

-- The one row of the feed: its newest number, its epoch, and the number up to which tombstones were forgotten.
CREATE TABLE feed (
  id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  seq INTEGER NOT NULL,
  epoch TEXT,
  forgotten INTEGER NOT NULL
) STRICT;
INSERT INTO feed (id, seq, epoch, forgotten) VALUES (1, 0, NULL, 0);

-- `owner`: of the audience "account" its account, of "everyone" '*'; NULL for records of a case.
-- `named`: ids, a space before and after each.
CREATE TABLE record (
  id TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  case_id TEXT,
  seq INTEGER NOT NULL UNIQUE,
  audience TEXT NOT NULL,
  owner TEXT,
  named TEXT
) STRICT;
CREATE INDEX record_by_case ON record (case_id, seq);
CREATE INDEX record_by_owner ON record (owner, seq);
CREATE INDEX record_by_kind ON record (kind, seq);

-- A record that went, or that fewer people may see: who saw it before.
CREATE TABLE tombstone (
  seq INTEGER NOT NULL PRIMARY KEY,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  case_id TEXT,
  audience TEXT NOT NULL,
  owner TEXT,
  named TEXT,
  gone_at TEXT NOT NULL
) STRICT;
CREATE INDEX tombstone_by_case ON tombstone (case_id, seq);
CREATE INDEX tombstone_by_owner ON tombstone (owner, seq);

-- The newest number in each case: what a reader who is up to date asks first.
CREATE TABLE case_head (
  case_id TEXT NOT NULL PRIMARY KEY,
  seq INTEGER NOT NULL
) STRICT;
CREATE INDEX case_head_by_seq ON case_head (seq);

-- Which account stands how on which case; `standing` as EhcpStanding. `seq` is the number of the last grant,
-- `ended_seq` that of the last end, 0 for never; the later one holds. A new grant keeps the end before it: who
-- was away for both has to drop what was kept of the case.
CREATE TABLE access (
  account TEXT NOT NULL,
  case_id TEXT NOT NULL,
  standing INTEGER NOT NULL,
  person TEXT NOT NULL,
  seq INTEGER NOT NULL,
  ended_seq INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (account, case_id)
) STRICT;
CREATE INDEX access_by_case ON access (case_id);
CREATE INDEX access_by_seq ON access (account, seq);
CREATE INDEX access_by_end ON access (account, ended_seq);

-- One row for each command and each reading of a document; each hash covers the one before it.
CREATE TABLE audit (
  number INTEGER NOT NULL PRIMARY KEY,
  at TEXT NOT NULL,
  account TEXT NOT NULL,
  session TEXT NOT NULL,
  what TEXT NOT NULL,
  case_id TEXT,
  item TEXT,
  detail TEXT,
  hash TEXT NOT NULL
) STRICT;
CREATE INDEX audit_by_case ON audit (case_id, number);

-- The newest row's number and hash: what rows taken off the end are missed by.
CREATE TABLE audit_head (
  number INTEGER NOT NULL,
  hash TEXT NOT NULL
) STRICT;
INSERT INTO audit_head (number, hash) VALUES (0, '0');

CREATE TABLE kind_account (
  id TEXT NOT NULL PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
  "email" TEXT NOT NULL,
  "title" TEXT,
  "forename" TEXT NOT NULL,
  "surname" TEXT NOT NULL,
  "date_of_birth" INTEGER,
  "telephone" TEXT,
  "address" TEXT,
  "postcode" TEXT,
  "relationship" TEXT,
  "professional" INTEGER,
  "role" TEXT NOT NULL
) STRICT;
CREATE INDEX kind_account_by_email ON kind_account ("email");
CREATE INDEX kind_account_by_role ON kind_account ("role");

CREATE TABLE kind_activity (
  id TEXT NOT NULL PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
  "what" TEXT NOT NULL,
  "who" TEXT,
  "at" TEXT NOT NULL,
  "item" TEXT,
  "title" TEXT
) STRICT;
CREATE INDEX kind_activity_by_item ON kind_activity ("item");

CREATE TABLE kind_answer (
  id TEXT NOT NULL PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
  "form" TEXT NOT NULL,
  "person" TEXT NOT NULL,
  "question" TEXT NOT NULL,
  "value" TEXT,
  "saved_at" TEXT NOT NULL
) STRICT;
CREATE INDEX kind_answer_by_form ON kind_answer ("form");

CREATE TABLE kind_case (
  id TEXT NOT NULL PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
  "reference" TEXT NOT NULL,
  "child_forename" TEXT NOT NULL,
  "child_surname" TEXT NOT NULL,
  "date_of_birth" INTEGER NOT NULL,
  "school" TEXT,
  "stage" TEXT NOT NULL,
  "status" TEXT NOT NULL,
  "caseworker" TEXT,
  "caseworker_name" TEXT,
  "caseworker_telephone" TEXT,
  "caseworker_email" TEXT,
  "caseworker_hours" TEXT
) STRICT;
CREATE INDEX kind_case_by_reference ON kind_case ("reference");
CREATE INDEX kind_case_by_caseworker ON kind_case ("caseworker");

CREATE TABLE kind_contact (
  id TEXT NOT NULL PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
  "person" TEXT NOT NULL,
  "email" TEXT NOT NULL,
  "telephone" TEXT,
  "checked" TEXT,
  "code_sent_at" TEXT,
  "invited_at" TEXT
) STRICT;
CREATE INDEX kind_contact_by_person ON kind_contact ("person");
CREATE INDEX kind_contact_by_email ON kind_contact ("email");

CREATE TABLE kind_deadline (
  id TEXT NOT NULL PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
  "rule" TEXT NOT NULL,
  "part" TEXT,
  "due" INTEGER NOT NULL,
  "state" TEXT NOT NULL,
  "met_on" INTEGER,
  "trigger" TEXT NOT NULL,
  "trigger_date" INTEGER NOT NULL,
  "source" TEXT NOT NULL,
  "actor" TEXT NOT NULL,
  "about" TEXT,
  "ground" TEXT
) STRICT;
CREATE INDEX kind_deadline_by_state ON kind_deadline ("state");

CREATE TABLE kind_document (
  id TEXT NOT NULL PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
  "title" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "media_type" TEXT NOT NULL,
  "file_name" TEXT NOT NULL,
  "size" INTEGER NOT NULL,
  "sha256" TEXT NOT NULL,
  "issued" INTEGER NOT NULL,
  "published_at" TEXT NOT NULL,
  "served_on" INTEGER,
  "read_at" TEXT,
  "message" TEXT
) STRICT;
CREATE INDEX kind_document_by_sha256 ON kind_document ("sha256");
CREATE INDEX kind_document_by_message ON kind_document ("message");

CREATE TABLE kind_event (
  id TEXT NOT NULL PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
  "what" TEXT NOT NULL,
  "date" INTEGER NOT NULL,
  "until" INTEGER,
  "value" TEXT,
  "note" TEXT,
  "entered_by" TEXT NOT NULL,
  "entered_at" TEXT NOT NULL,
  "corrects" TEXT
) STRICT;
CREATE INDEX kind_event_by_corrects ON kind_event ("corrects");

CREATE TABLE kind_form (
  id TEXT NOT NULL PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
  "definition" TEXT NOT NULL,
  "title" TEXT NOT NULL,
  "person" TEXT NOT NULL,
  "due" INTEGER,
  "because" TEXT,
  "state" TEXT NOT NULL,
  "returned_because" TEXT,
  "returned_question" TEXT,
  "submitted_at" TEXT,
  "reference" TEXT
) STRICT;
CREATE INDEX kind_form_by_definition ON kind_form ("definition");
CREATE INDEX kind_form_by_person ON kind_form ("person");

CREATE TABLE kind_form_definition (
  id TEXT NOT NULL PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
  "definition" TEXT NOT NULL,
  "body" TEXT NOT NULL
) STRICT;
CREATE INDEX kind_form_definition_by_definition ON kind_form_definition ("definition");

CREATE TABLE kind_invitation (
  id TEXT NOT NULL PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
  "council" TEXT NOT NULL,
  "email" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "sent_at" TEXT NOT NULL,
  "expires_at" TEXT NOT NULL
) STRICT;

CREATE TABLE kind_invitation_child (
  id TEXT NOT NULL PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
  "invitation" TEXT NOT NULL,
  "person" TEXT NOT NULL,
  "child_forename" TEXT NOT NULL,
  "child_surname" TEXT NOT NULL,
  "relationship" TEXT,
  "state" TEXT NOT NULL
) STRICT;
CREATE INDEX kind_invitation_child_by_invitation ON kind_invitation_child ("invitation");
CREATE INDEX kind_invitation_child_by_person ON kind_invitation_child ("person");

CREATE TABLE kind_message (
  id TEXT NOT NULL PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
  "thread" TEXT NOT NULL,
  "message_type" TEXT NOT NULL,
  "subject" TEXT NOT NULL,
  "text" TEXT NOT NULL,
  "sender" TEXT NOT NULL,
  "sender_name" TEXT NOT NULL,
  "from_council" INTEGER NOT NULL,
  "composed_at" TEXT NOT NULL,
  "received_at" TEXT,
  "read_at" TEXT
) STRICT;
CREATE INDEX kind_message_by_thread ON kind_message ("thread");

CREATE TABLE kind_message_type (
  id TEXT NOT NULL PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
  "name" TEXT NOT NULL,
  "position" INTEGER NOT NULL
) STRICT;
CREATE INDEX kind_message_type_by_name ON kind_message_type ("name");

CREATE TABLE kind_note (
  id TEXT NOT NULL PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
  "text" TEXT NOT NULL,
  "author" TEXT NOT NULL,
  "written_at" TEXT NOT NULL
) STRICT;

CREATE TABLE kind_person (
  id TEXT NOT NULL PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
  "account" TEXT,
  "title" TEXT,
  "forename" TEXT NOT NULL,
  "surname" TEXT NOT NULL,
  "relationship" TEXT NOT NULL,
  "professional" INTEGER,
  "access" TEXT NOT NULL
) STRICT;
CREATE INDEX kind_person_by_account ON kind_person ("account");

CREATE TABLE kind_reading (
  id TEXT NOT NULL PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
  "item" TEXT NOT NULL,
  "reader" TEXT NOT NULL,
  "read_at" TEXT NOT NULL
) STRICT;
CREATE INDEX kind_reading_by_item ON kind_reading ("item");

CREATE TABLE kind_stage_text (
  id TEXT NOT NULL PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
  "stage" TEXT NOT NULL,
  "title" TEXT NOT NULL,
  "summary" TEXT NOT NULL,
  "text" TEXT NOT NULL
) STRICT;
CREATE INDEX kind_stage_text_by_stage ON kind_stage_text ("stage");

CREATE TABLE kind_template (
  id TEXT NOT NULL PRIMARY KEY REFERENCES record (id) ON DELETE CASCADE,
  "name" TEXT NOT NULL,
  "text" TEXT NOT NULL
) STRICT;
