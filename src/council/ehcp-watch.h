/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Held requests: who waits, and which commit concerns whom. */
#pragma once

#include "ehcp-db.h"

G_BEGIN_DECLS

/* A record that a transaction wrote. */
typedef struct
{
  char *case_id;  /* or NULL */
  char *audience; /* or NULL: the account in `owner` alone, whatever it sees */
  char *named;    /* ids, a space before and after each; or NULL */
  char *owner;    /* an account, "*" for everyone, or NULL */
} EhcpTouch;

void ehcp_touch_clear (gpointer touch);

typedef struct _EhcpWatch EhcpWatch;

EhcpWatch *ehcp_watch_new (void);
void ehcp_watch_free (EhcpWatch *watch);
guint64 ehcp_watch_add (EhcpWatch *watch, const char *account, GFunc wake, gpointer data);
void ehcp_watch_remove (EhcpWatch *watch, guint64 ticket);
void ehcp_watch_wake (EhcpWatch *watch, const char *account);
/* Writer thread, after a commit. */
void ehcp_watch_wake_concerned (EhcpWatch *watch, EhcpDb *db, GArray *touches);

G_END_DECLS
