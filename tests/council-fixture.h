/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A council in this process, in a folder of its own, whose clock stands still, with people in it. */
#pragma once

#include "ehcp-command.h"
#include "ehcp-council.h"
#include "ehcp-json.h"
#include "ehcp-store.h"

/* 24 November 2026, 14:00 UTC: in London the same day. */
#define COUNCIL_NOW G_GINT64_CONSTANT (1795528800)
#define COUNCIL_TODAY "2026-11-24"
#define COUNCIL_MESSAGE_TYPE "Question about my child’s case"

typedef struct
{
  char *dir;
  EhcpConfig *config; /* the council's own */
  EhcpClock *clock;
  EhcpCouncil *council;
  EhcpActorId priya;   /* caseworker */
  EhcpActorId omar;    /* another caseworker */
  EhcpActorId manager;
  EhcpActorId admin;
  EhcpActorId helen;   /* a mother */
  EhcpActorId david;   /* the father, elsewhere */
  EhcpActorId senco;   /* a school's professional */
} CouncilFixture;

void council_fixture_set_up (CouncilFixture *f, gconstpointer data);
void council_fixture_tear_down (CouncilFixture *f, gconstpointer data);
/* Another council on the same folder, whose data somebody may have changed in between. */
void council_fixture_stop (CouncilFixture *f);
void council_fixture_start (CouncilFixture *f);
void council_add_account (CouncilFixture *f, EhcpActorId *actor, const char *email, const char *forename,
                          const char *surname, const char *role);
void council_set_team (CouncilFixture *f, const EhcpActorId *actor, const char *team);

/* Bodies are written with ' for ". */
char *council_put (CouncilFixture *f, const EhcpActorId *actor, const char *id, const char *body,
                   GError **error);
JsonObject *council_send (CouncilFixture *f, const EhcpActorId *actor, const char *id,
                          const char *format, ...) G_GNUC_PRINTF (4, 5);
void council_refused (CouncilFixture *f, const EhcpActorId *actor, EhcpError code, const char *field,
                      const char *format, ...) G_GNUC_PRINTF (5, 6);

EhcpRecord *council_find (CouncilFixture *f, EhcpKind kind, const char *id);
EhcpRecord *council_find_where (CouncilFixture *f, EhcpKind kind, const char *field, const char *value);
EhcpRecord *council_first (CouncilFixture *f, EhcpKind kind, const char *case_id);
guint council_count (CouncilFixture *f, EhcpKind kind, const char *case_id);
gboolean council_sees (CouncilFixture *f, const EhcpActorId *actor, EhcpKind kind, const char *id);
gint64 council_sql (CouncilFixture *f, const char *sql);
char *council_mail (CouncilFixture *f, const char *recipient, const char *kind);
guint council_count_mails (CouncilFixture *f, const char *recipient, const char *kind);

char *council_begin_upload (CouncilFixture *f, const EhcpActorId *actor, const char *name,
                            const char *content);
char *council_upload (CouncilFixture *f, const EhcpActorId *actor, const char *name, const char *content);

/* The way in, through the commands themselves. */
char *council_open_case (CouncilFixture *f, const char *forename, const char *received);
char *council_invite (CouncilFixture *f, const char *case_id, const char *email, gboolean professional);
char *council_unique_code (CouncilFixture *f, const char *email);
char *council_link_code (CouncilFixture *f, const char *email);
void council_verify (CouncilFixture *f, const char *case_id, const char *person, const char *email);
void council_accept (CouncilFixture *f, const EhcpActorId *actor);
char *council_join (CouncilFixture *f, const char *case_id, const EhcpActorId *actor,
                    gboolean professional);
