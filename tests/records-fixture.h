/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records put straight into a council's store, without commands, and a reader that keeps what the feed tells
 * it. The clock stands still. */
#pragma once

#include "ehcp-access.h"
#include "ehcp-council.h"
#include "ehcp-feed.h"
#include "ehcp-json.h"
#include "ehcp-store.h"

/* 24 November 2026, 14:00 UTC. */
#define RECORDS_NOW G_GINT64_CONSTANT (1795528800)
#define RECORDS_TODAY "2026-11-24"

/* People of cases: ids of person records. */
#define HELEN "aaaaaaaa-0000-4000-8000-000000000001"
#define DAVID "aaaaaaaa-0000-4000-8000-000000000002"
#define SENCO "aaaaaaaa-0000-4000-8000-000000000003"

typedef struct
{
  char *dir;
  EhcpConfig *config; /* the council's own */
  EhcpClock *clock;
  EhcpCouncil *council;
  EhcpActorId helen; /* a mother */
  EhcpActorId david; /* the father */
  EhcpActorId senco; /* a school's professional */
  EhcpActorId priya; /* caseworker */
  EhcpActorId omar;  /* another */
  EhcpActorId joan;  /* manager */
} RecordsFixture;

void records_fixture_set_up (RecordsFixture *f, gconstpointer data);
void records_fixture_tear_down (RecordsFixture *f, gconstpointer data);
/* Stops the council and starts another on the same folder. */
void records_fixture_restart (RecordsFixture *f);

EhcpDb *records_db (RecordsFixture *f);
gint64 records_sql (RecordsFixture *f, const char *sql);

/* A record of @kind that keeps the rules of its table: required fields filled in, nothing else.
 * @named: one person's id, or NULL. */
EhcpRecord *records_make (EhcpKind kind, const char *id, const char *case_id, const char *audience,
                          const char *named);

/* Each is one commit. Those that return nothing fail the test when they fail. */
gboolean records_try_add (RecordsFixture *f, EhcpRecord *record, const char *owner, GError **error);
gboolean records_try_put (RecordsFixture *f, EhcpRecord *record, const char *owner, GError **error);
void records_add (RecordsFixture *f, EhcpRecord *record, const char *owner);
void records_put (RecordsFixture *f, EhcpRecord *record, const char *owner);
void records_remove (RecordsFixture *f, EhcpKind kind, const char *id);
void records_grant (RecordsFixture *f, const EhcpActorId *actor, const char *case_id,
                    EhcpStanding standing, const char *person);
void records_end (RecordsFixture *f, const EhcpActorId *actor, const char *case_id);
void records_purge (RecordsFixture *f);

/* Makes and adds; returns the id. */
char *records_new (RecordsFixture *f, EhcpKind kind, const char *case_id, const char *audience,
                   const char *named);
char *records_new_case (RecordsFixture *f);
/* Writes it again, for another audience. */
void records_move (RecordsFixture *f, EhcpKind kind, const char *id, const char *audience,
                   const char *named);

/* What a program keeps: the records by id, each with its number, and the state. */
typedef struct
{
  RecordsFixture *f;
  const EhcpActorId *actor;
  char *epoch;
  char *state;
  GHashTable *records; /* id → JsonObject */
  guint n_restarts;    /* since it was made: for a state that was too old, or another epoch */
  gboolean has_more;
  gboolean has_news;
  JsonObject *answer;  /* the newest one */
} Reader;

Reader *reader_new (RecordsFixture *f, const EhcpActorId *actor);
void reader_free (Reader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reader, reader_free)

/* One request; reader_pull() as many as there are. Returns the number of answers. */
void reader_pull_page (Reader *reader, guint limit);
guint reader_pull (Reader *reader, guint limit);
gboolean reader_has (Reader *reader, const char *id);
/* About the newest answer. */
guint reader_n (Reader *reader, const char *list);
gboolean reader_told (Reader *reader, const char *list, const char *id);
/* Everything that the policy lets the actor see is kept, in its newest version, and nothing else. */
void reader_check (Reader *reader);
