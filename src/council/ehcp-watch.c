/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Held requests by account. Wakes run under the lock, so that after ehcp_watch_remove() none comes; they
 * must not block and must not come back in here. */
#include "ehcp-watch.h"

#include <string.h>

#include "ehcp-audience.h"

typedef struct
{
  char *account;
  GFunc wake;
  gpointer data;
  gboolean is_woken;
} Watcher;

struct _EhcpWatch
{
  GMutex lock;
  guint64 last_ticket;
  GHashTable *watchers; /* ticket → Watcher */
  GHashTable *accounts; /* account → GPtrArray of Watcher */
};

static void
free_watcher (gpointer data)
{
  Watcher *watcher = data;

  g_clear_pointer (&watcher->account, g_free);
  g_free (watcher);
}

/** ehcp_touch_clear: Gives back what an #EhcpTouch holds; a GArray's clear function. */
void
ehcp_touch_clear (gpointer data)
{
  EhcpTouch *touch = data;

  g_clear_pointer (&touch->case_id, g_free);
  g_clear_pointer (&touch->audience, g_free);
  g_clear_pointer (&touch->named, g_free);
  g_clear_pointer (&touch->owner, g_free);
}

/** ehcp_watch_new: Returns: (transfer full): a register without watchers. */
EhcpWatch *
ehcp_watch_new (void)
{
  EhcpWatch *watch = g_new0 (EhcpWatch, 1);

  g_mutex_init (&watch->lock);
  watch->watchers = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, free_watcher);
  watch->accounts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                           (GDestroyNotify) g_ptr_array_unref);
  return watch;
}

/** ehcp_watch_free: All watchers must be gone. */
void
ehcp_watch_free (EhcpWatch *watch)
{
  g_clear_pointer (&watch->accounts, g_hash_table_unref);
  g_clear_pointer (&watch->watchers, g_hash_table_unref);
  g_mutex_clear (&watch->lock);
  g_free (watch);
}

/** ehcp_watch_add: Returns: a ticket, never 0. @wake comes at most once, in another thread. Any thread. */
guint64
ehcp_watch_add (EhcpWatch *watch, const char *account, GFunc wake, gpointer data)
{
  Watcher *watcher = g_new0 (Watcher, 1);
  guint64 *key = g_new (guint64, 1);
  GPtrArray *same;
  guint64 ticket;

  watcher->account = g_strdup (account);
  watcher->wake = wake;
  watcher->data = data;
  g_mutex_lock (&watch->lock);
  ticket = *key = ++watch->last_ticket;
  g_hash_table_insert (watch->watchers, key, watcher);
  same = g_hash_table_lookup (watch->accounts, account);
  if (same == NULL)
    {
      same = g_ptr_array_new ();
      g_hash_table_insert (watch->accounts, g_strdup (account), same);
    }
  g_ptr_array_add (same, watcher);
  g_mutex_unlock (&watch->lock);
  return ticket;
}

/** ehcp_watch_remove: After it the ticket's wake does not come. A ticket that is gone is no error. */
void
ehcp_watch_remove (EhcpWatch *watch, guint64 ticket)
{
  Watcher *watcher;

  g_mutex_lock (&watch->lock);
  watcher = g_hash_table_lookup (watch->watchers, &ticket);
  if (watcher != NULL)
    {
      GPtrArray *same = g_hash_table_lookup (watch->accounts, watcher->account);

      g_ptr_array_remove_fast (same, watcher);
      if (same->len == 0)
        g_hash_table_remove (watch->accounts, watcher->account);
      g_hash_table_remove (watch->watchers, &ticket);
    }
  g_mutex_unlock (&watch->lock);
}

static void
wake_one (Watcher *watcher)
{
  if (watcher->is_woken)
    return;
  watcher->is_woken = TRUE;
  watcher->wake (watcher->data, NULL);
}

static void
wake_locked (EhcpWatch *watch, const char *account)
{
  GPtrArray *same = g_hash_table_lookup (watch->accounts, account);

  for (guint i = 0; same != NULL && i < same->len; i++)
    wake_one (g_ptr_array_index (same, i));
}

/** ehcp_watch_wake: Wakes what waits for @account. Any thread. */
void
ehcp_watch_wake (EhcpWatch *watch, const char *account)
{
  g_mutex_lock (&watch->lock);
  wake_locked (watch, account);
  g_mutex_unlock (&watch->lock);
}

static void
wake_case (EhcpWatch *watch, EhcpDb *db, const EhcpTouch *touch)
{
  g_autoptr (EhcpStatement) statement =
      ehcp_db_query (db, NULL,
                     "SELECT account, standing, person FROM access "
                     "WHERE case_id = ? AND seq > ended_seq",
                     "s", touch->case_id);

  while (statement != NULL && ehcp_statement_step (statement, NULL))
    if (ehcp_audience_includes (touch->audience, touch->named, ehcp_statement_get_int (statement, 1),
                                ehcp_statement_get_text (statement, 2)))
      wake_locked (watch, ehcp_statement_get_text (statement, 0));
}

static void
wake_everyone (EhcpWatch *watch)
{
  GHashTableIter iter;
  gpointer watcher;

  g_hash_table_iter_init (&iter, watch->watchers);
  while (g_hash_table_iter_next (&iter, NULL, &watcher))
    wake_one (watcher);
}

/**
 * ehcp_watch_wake_concerned:
 * @watch: the register
 * @db: the writer's connection
 * @touches: (element-type EhcpTouch): what was committed
 *
 * Wakes the watchers of those who may see one of the records, and nobody else: a held request that is
 * woken for nothing costs a read.
 */
void
ehcp_watch_wake_concerned (EhcpWatch *watch, EhcpDb *db, GArray *touches)
{
  g_mutex_lock (&watch->lock);
  for (guint i = 0; i < touches->len && g_hash_table_size (watch->watchers) > 0; i++)
    {
      const EhcpTouch *touch = &g_array_index (touches, EhcpTouch, i);

      /* What all staff see concerns few and comes seldom: the others are woken for nothing. */
      if (g_strcmp0 (touch->owner, EHCP_OWNER_EVERYONE) == 0 ||
          g_strcmp0 (touch->owner, EHCP_OWNER_STAFF) == 0)
        wake_everyone (watch);
      else if (touch->owner != NULL)
        wake_locked (watch, touch->owner);
      else if (touch->case_id != NULL)
        wake_case (watch, db, touch);
    }
  g_mutex_unlock (&watch->lock);
}
