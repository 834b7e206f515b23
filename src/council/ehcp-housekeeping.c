/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A thread that goes round once an hour: what depends on the day is up to date soon after midnight.
 */
#include "ehcp-housekeeping.h"

#include "ehcp-audit.h"
#include "ehcp-challenge.h"
#include "ehcp-deadlines.h"
#include "ehcp-invitation.h"
#include "ehcp-sessions.h"
#include "ehcp-store.h"
#include "ehcp-uploads.h"

#define ROUND_US (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

struct _EhcpHousekeeping
{
  EhcpCouncil *council;
  GThread *thread;
  GMutex lock;
  GCond cond;
  gboolean is_over;
};

static gboolean
write_purge (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  return ehcp_challenge_purge (council, db, error) && ehcp_session_purge (council, db, error) &&
         ehcp_invitation_expire (council, db, error) && ehcp_store_purge (council, db, error) &&
         ehcp_audit_mail_head (council, db, error);
}

/** ehcp_housekeeping_run: One round. Waits for the writer. Returns: whether all of it was done. */
gboolean
ehcp_housekeeping_run (EhcpCouncil *council, GError **error)
{
  return ehcp_deadlines_update_all (council, error) &&
         ehcp_council_write_sync (council, write_purge, NULL, error) &&
         ehcp_upload_purge (council, error);
}

static gpointer
run (gpointer data)
{
  EhcpHousekeeping *housekeeping = data;

  g_mutex_lock (&housekeeping->lock);
  while (!housekeeping->is_over)
    {
      gint64 next_us = g_get_monotonic_time () + ROUND_US;
      g_autoptr (GError) error = NULL;

      g_mutex_unlock (&housekeeping->lock);
      if (!ehcp_housekeeping_run (housekeeping->council, &error))
        g_message ("the hourly round failed, and is tried again in an hour: %s", error->message);
      g_mutex_lock (&housekeeping->lock);
      while (!housekeeping->is_over &&
             g_cond_wait_until (&housekeeping->cond, &housekeeping->lock, next_us))
        ;
    }
  g_mutex_unlock (&housekeeping->lock);
  return NULL;
}

/** ehcp_housekeeping_start: Returns: (transfer full): the thread, which begins with a round at
 * once. */
EhcpHousekeeping *
ehcp_housekeeping_start (EhcpCouncil *council)
{
  EhcpHousekeeping *housekeeping = g_new0 (EhcpHousekeeping, 1);

  housekeeping->council = g_object_ref (council);
  g_mutex_init (&housekeeping->lock);
  g_cond_init (&housekeeping->cond);
  housekeeping->thread = g_thread_new ("housekeeping", run, housekeeping);
  return housekeeping;
}

/** ehcp_housekeeping_stop: Waits for a round that is under way, and ends. Transfer full. */
void
ehcp_housekeeping_stop (EhcpHousekeeping *housekeeping)
{
  g_mutex_lock (&housekeeping->lock);
  housekeeping->is_over = TRUE;
  g_cond_signal (&housekeeping->cond);
  g_mutex_unlock (&housekeeping->lock);
  g_clear_pointer (&housekeeping->thread, g_thread_join);
  g_mutex_clear (&housekeeping->lock);
  g_cond_clear (&housekeeping->cond);
  g_clear_object (&housekeeping->council);
  g_free (housekeeping);
}
