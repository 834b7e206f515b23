/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A thread that goes round once an hour: what depends on the day is up to date soon after midnight. Once a minute
 * it looks whether somebody's cover began or ended. */
#include "ehcp-housekeeping.h"

#include "ehcp-audit.h"
#include "ehcp-authenticator.h"
#include "ehcp-challenge.h"
#include "ehcp-deadlines.h"
#include "ehcp-invitation.h"
#include "ehcp-quarantine.h"
#include "ehcp-sessions.h"
#include "ehcp-sight.h"
#include "ehcp-store.h"
#include "ehcp-uploads.h"

#define LOOK_US (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
#define LOOKS_IN_A_ROUND 60

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
         ehcp_authenticator_purge (council, db, error) &&
         ehcp_invitation_expire (council, db, error) && ehcp_store_purge (council, db, error) &&
         ehcp_audit_mail_head (council, db, error);
}

/** ehcp_housekeeping_run: One round. Waits for the writer. Returns: whether all of it was done. */
gboolean
ehcp_housekeeping_run (EhcpCouncil *council, GError **error)
{
  return ehcp_deadlines_update_all (council, error) &&
         ehcp_council_write_sync (council, write_purge, NULL, error) &&
         ehcp_upload_purge (council, error) && ehcp_documents_collect (council, error);
}

static gboolean
write_covers (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  return ehcp_sight_renew_covers (council, db, error);
}

/** ehcp_housekeeping_look: Begins and ends covers whose day has come. Returns: whether it was done; most times
 * nothing is written. */
gboolean
ehcp_housekeeping_look (EhcpCouncil *council, GError **error)
{
  EhcpDb *db = ehcp_council_get_reader (council, error);
  g_autoptr (GError) failure = NULL;

  if (db == NULL)
    return FALSE;
  if (!ehcp_quarantine_look (council, error))
    return FALSE;
  if (ehcp_sight_is_due (council, db, &failure))
    return ehcp_council_write_sync (council, write_covers, NULL, error);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static void
go_round (EhcpHousekeeping *housekeeping, guint n)
{
  g_autoptr (GError) error = NULL;

  if (!ehcp_housekeeping_look (housekeeping->council, &error))
    g_message ("covers were not looked at, and are in a minute: %s", error->message);
  g_clear_error (&error);
  if (n % LOOKS_IN_A_ROUND == 0 && !ehcp_housekeeping_run (housekeeping->council, &error))
    g_message ("the hourly round failed, and is tried again in an hour: %s", error->message);
}

static gpointer
run (gpointer data)
{
  EhcpHousekeeping *housekeeping = data;

  g_mutex_lock (&housekeeping->lock);
  for (guint n = 0; !housekeeping->is_over; n++)
    {
      gint64 next_us = g_get_monotonic_time () + LOOK_US;

      g_mutex_unlock (&housekeeping->lock);
      go_round (housekeeping, n);
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
