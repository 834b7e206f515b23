/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A council, and a mother's program: registered, signed in, her invitation accepted and activated. */
#pragma once

#include "bad-line.h"
#include "ehcp-link.h"
#include "link-council.h"

#define HELEN "helen.marlow@family.example"
#define HELEN_PASSWORD "orchard gate at seven"

/* The argument of the set-up: NULL, or that the program reaches the council through a BadLine. */
#define LINK_OVER_BAD_LINE GINT_TO_POINTER (1)

typedef struct
{
  LinkCouncil *council;
  BadLine *line;    /* or NULL */
  const char *url;  /* for the program */
  char *dir;        /* of the program */
  char *cache_dir;
  EhcpClock *clock;
  EhcpLink *link;
  EhcpBook *book;   /* the link's */
  char *case_id;
  char *person;
} LinkFixture;

typedef gboolean (*LinkCondition) (LinkFixture *f, gconstpointer data);

int link_fixture_run (void);
void link_fixture_set_up (LinkFixture *f, gconstpointer data);
void link_fixture_tear_down (LinkFixture *f, gconstpointer data);

/* Runs the main loop until the condition holds; fails after half a minute. */
void link_wait (LinkFixture *f, LinkCondition condition, gconstpointer data, const char *what);
void link_wait_record (LinkFixture *f, EhcpKind kind, const char *id);
void link_wait_delivery (LinkFixture *f, EhcpKind kind, const char *id, EhcpDelivery delivery);
void link_wait_status (LinkFixture *f, EhcpLinkStatus status);
void link_wait_online (LinkFixture *f, gboolean is_online);
void link_wait_sent (LinkFixture *f);

/* Asynchronous calls: give link_ready_cb and a NULL-initialised result, then wait for it. */
void link_ready_cb (GObject *source, GAsyncResult *result, gpointer data);
GAsyncResult *link_result (GAsyncResult **result);

void link_close (LinkFixture *f);
void link_open (LinkFixture *f);
void link_sign_in (LinkFixture *f);
char *link_send (LinkFixture *f, EhcpRecord *command, GPtrArray *files, guint hold_ms);
char *link_await (LinkFixture *f, const char *id, GError **error);
char *link_say (LinkFixture *f, const char *subject, GPtrArray *files, guint hold_ms);
char *link_ask_form (LinkFixture *f);
char *link_answer_form (LinkFixture *f, const char *form, const char *value);
char *link_submit_form (LinkFixture *f, const char *form);
GBytes *link_load (LinkFixture *f, EhcpRecord *document, GError **error);
gboolean link_is_on_disk (const char *dir, const char *needle);
guint link_count_files (const char *dir, const char *suffix);
