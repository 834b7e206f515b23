/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line writes the database beside a server that keeps what sessions may for some seconds, and holds requests
 * for up to a minute. This thread looks every two seconds for accounts that changed, so that who was disabled is out
 * within five. */
#include "ehcp-endings.h"

#define LOOK_US (2 * G_USEC_PER_SEC)
#define LOOK_BACK_S 10 /* a commit may be later than the time that it notes */

struct _EhcpEndings
{
  EhcpCouncil *council;
  EhcpSessions *sessions;
  GHashTable *told; /* account → twice the time of its change, and one more once disabled: each is told once */
  GThread *thread;
  GMutex lock;
  GCond cond;
  gboolean is_over;
};

static gboolean
is_told (EhcpEndings *endings, const char *account, gint64 change)
{
  gint64 *told = g_hash_table_lookup (endings->told, account);

  if (told != NULL && *told == change)
    return TRUE;
  g_hash_table_replace (endings->told, g_strdup (account), g_memdup2 (&change, sizeof change));
  return FALSE;
}

static gboolean
is_old (gpointer account, gpointer change, gpointer since)
{
  return *(gint64 *) change / 2 < *(gint64 *) since;
}

static gboolean
look (EhcpEndings *endings, GError **error)
{
  gint64 since = ehcp_clock_now (ehcp_council_get_clock (endings->council)) - LOOK_BACK_S;
  EhcpDb *db = ehcp_council_get_reader (endings->council, error);
  g_autoptr (GPtrArray) accounts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (EhcpStatement) row = NULL;
  g_autoptr (GError) failure = NULL;

  if (db == NULL)
    return FALSE;
  row = ehcp_db_query (db, error,
                       "SELECT account, changed_at, is_disabled FROM credential WHERE is_disabled IN (0, 1) AND changed_at >= ?",
                       "i", since);
  if (row == NULL)
    return FALSE;
  while (ehcp_statement_step (row, &failure))
    if (!is_told (endings, ehcp_statement_get_text (row, 0),
                  2 * ehcp_statement_get_int (row, 1) + ehcp_statement_get_int (row, 2)))
      g_ptr_array_add (accounts, g_strdup (ehcp_statement_get_text (row, 0)));
  g_clear_pointer (&row, ehcp_statement_reset);
  for (guint i = 0; i < accounts->len; i++)
    ehcp_sessions_forget (endings->sessions, accounts->pdata[i]);
  g_hash_table_foreach_remove (endings->told, is_old, &since);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gpointer
run (gpointer data)
{
  EhcpEndings *endings = data;

  g_mutex_lock (&endings->lock);
  while (!endings->is_over)
    {
      gint64 next_us = g_get_monotonic_time () + LOOK_US;
      g_autoptr (GError) error = NULL;

      g_mutex_unlock (&endings->lock);
      if (!look (endings, &error))
        g_message ("ended accounts were not looked for: %s", error->message);
      g_mutex_lock (&endings->lock);
      while (!endings->is_over && g_cond_wait_until (&endings->cond, &endings->lock, next_us))
        ;
    }
  g_mutex_unlock (&endings->lock);
  return NULL;
}

/** ehcp_endings_start: Returns: (transfer full): the thread. @sessions outlives it. */
EhcpEndings *
ehcp_endings_start (EhcpCouncil *council, EhcpSessions *sessions)
{
  EhcpEndings *endings = g_new0 (EhcpEndings, 1);

  endings->council = g_object_ref (council);
  endings->sessions = sessions;
  endings->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_mutex_init (&endings->lock);
  g_cond_init (&endings->cond);
  endings->thread = g_thread_new ("endings", run, endings);
  return endings;
}

/** ehcp_endings_stop: Ends the thread. Transfer full. */
void
ehcp_endings_stop (EhcpEndings *endings)
{
  g_mutex_lock (&endings->lock);
  endings->is_over = TRUE;
  g_cond_signal (&endings->cond);
  g_mutex_unlock (&endings->lock);
  g_clear_pointer (&endings->thread, g_thread_join);
  g_clear_pointer (&endings->told, g_hash_table_unref);
  g_mutex_clear (&endings->lock);
  g_cond_clear (&endings->cond);
  g_clear_object (&endings->council);
  g_free (endings);
}
