/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The main thread's side of the sync thread: taking a session over, what each event does to the book. */
#include "ehcp-link-private.h"

#define NOTE_SEEN_S 3600

static void
network_changed_cb (GNetworkMonitor *monitor, gboolean is_available, gpointer data)
{
  ehcp_link_wake (data);
}

static void
start_sync (EhcpLink *link)
{
  link->sync = ehcp_sync_start (link->url, link->session->token, link->writer, link->shelf->cache,
                                link->clock, ehcp_link_sync_event, link);
  if (link->monitor != NULL)
    return;
  link->monitor = g_object_ref (g_network_monitor_get_default ());
  link->monitor_handler = g_signal_connect (link->monitor, "network-changed",
                                            G_CALLBACK (network_changed_cb), link);
}

/* Ends the sync thread, if there is one. */
void
ehcp_link_stop_sync (EhcpLink *link)
{
  if (link->monitor_handler != 0)
    g_signal_handler_disconnect (link->monitor, link->monitor_handler);
  link->monitor_handler = 0;
  g_clear_object (&link->monitor);
  g_clear_pointer (&link->sync, ehcp_sync_stop);
  ehcp_link_set_syncing (link, FALSE);
}

static void
copy_set (GHashTable *to, GHashTable *from)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, from);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_hash_table_add (to, g_strdup (key));
}

static void
fill_book (EhcpLink *link, EhcpLoaded *loaded)
{
  for (guint i = 0; i < loaded->records->len; i++)
    {
      EhcpRecord *record = g_ptr_array_index (loaded->records, i);

      ehcp_record_set_kept (record, g_hash_table_contains (loaded->kept, ehcp_record_get_id (record)));
      ehcp_book_put (link->book, record);
    }
  for (guint i = 0; i < loaded->outbox->len; i++)
    ehcp_outbox_add (link->outbox, ehcp_outgoing_copy (g_ptr_array_index (loaded->outbox, i)));
  copy_set (link->kept, loaded->kept);
  copy_set (link->keep_all, loaded->keep_all);
  link->lease = loaded->lease;
  ehcp_link_set_updated_at (link, loaded->updated_at);
  ehcp_link_set_first_sync (link, loaded->has_view);
}

static void
close_job (gpointer data)
{
  ehcp_shelf_close (data);
}

/* Empties what the main thread knows of a person; what is on the disk stays. */
void
ehcp_link_forget (EhcpLink *link)
{
  ehcp_outbox_clear (link->outbox);
  ehcp_book_clear (link->book);
  g_hash_table_remove_all (link->kept);
  g_hash_table_remove_all (link->keep_all);
  ehcp_link_set_updated_at (link, 0);
  ehcp_link_set_first_sync (link, FALSE);
  ehcp_link_count (link);
}

static gboolean
is_staff (EhcpLink *link)
{
  EhcpRecord *account = ehcp_book_get_account (link->book);
  const char *role = account != NULL ? ehcp_record_get_text (account, "role") : NULL;

  return role != NULL && !g_str_equal (role, "family");
}

static gboolean
is_overdue (EhcpLink *link)
{
  return link->has_first_sync && ehcp_lease_is_over (&link->lease, is_staff (link), ehcp_clock_now (link->clock));
}

typedef struct
{
  EhcpShelf *shelf;
  gint64 now;
} Seen;

static void
note_seen_job (gpointer data)
{
  Seen *seen = data;

  if (seen->shelf->cache != NULL)
    ehcp_cache_note_seen (seen->shelf->cache, seen->now);
}

static void
free_seen (gpointer data)
{
  Seen *seen = data;

  ehcp_shelf_unref (seen->shelf);
  g_free (seen);
}

/* While the council does not answer: once an hour the clock is noted, so that setting it back gains nothing. */
static void
look_at_lease (EhcpLink *link)
{
  gint64 now = ehcp_clock_now (link->clock);
  Seen *seen;

  if (link->status != EHCP_LINK_SIGNED_IN || link->is_online)
    return;
  if (is_overdue (link))
    ehcp_link_set_status (link, EHCP_LINK_OVERDUE);
  if (now - link->lease.seen_at < NOTE_SEEN_S || link->shelf == NULL)
    return;
  link->lease.seen_at = now;
  seen = g_new0 (Seen, 1);
  seen->shelf = ehcp_shelf_ref (link->shelf);
  seen->now = now;
  ehcp_worker_push (link->writer, note_seen_job, seen, free_seen);
}

/*
 * @session: (transfer full): who is signed in now
 * @shelf: (transfer full): their cache: the one that is open already, or a new one
 * @loaded: (nullable): what is in a new one
 * @account: (nullable): as the council gave it just now
 */
void
ehcp_link_adopt (EhcpLink *link, EhcpSession *session, EhcpShelf *shelf, EhcpLoaded *loaded,
                 EhcpRecord *account)
{
  ehcp_link_stop_sync (link);
  if (shelf != link->shelf)
    {
      if (link->shelf != NULL)
        ehcp_worker_push (link->writer, close_job, link->shelf, (GDestroyNotify) ehcp_shelf_unref);
      link->shelf = ehcp_shelf_ref (shelf);
      ehcp_link_forget (link);
      fill_book (link, loaded);
    }
  ehcp_shelf_unref (shelf);
  g_clear_pointer (&link->session, ehcp_session_free);
  link->session = session;
  link->is_account_ended = FALSE;
  if (account != NULL)
    {
      /* The council has answered just now. */
      link->lease.answered_at = link->lease.seen_at = ehcp_clock_now (link->clock);
      ehcp_outbox_put (link->outbox, account);
    }
  ehcp_link_count (link);
  ehcp_link_set_status (link, is_overdue (link) ? EHCP_LINK_OVERDUE : EHCP_LINK_SIGNED_IN);
  start_sync (link);
}

static void
remove_case (EhcpLink *link, const char *case_id)
{
  ehcp_outbox_forget_case (link->outbox, case_id);
  ehcp_book_remove_case (link->book, case_id);
  g_hash_table_remove (link->keep_all, case_id);
}

static void
take_batch (EhcpLink *link, EhcpBatch *batch)
{
  for (guint i = 0; batch->revoked != NULL && batch->revoked[i] != NULL; i++)
    remove_case (link, batch->revoked[i]);
  for (guint i = 0; i < batch->gone->len; i++)
    {
      EhcpGone *gone = g_ptr_array_index (batch->gone, i);
      int kind = ehcp_kind_find (gone->kind);

      g_hash_table_remove (link->kept, gone->id);
      if (kind >= 0)
        ehcp_outbox_remove (link->outbox, kind, gone->id);
    }
  for (guint i = 0; i < batch->entries->len; i++)
    {
      EhcpEntry *entry = g_ptr_array_index (batch->entries, i);

      if (entry->record != NULL)
        ehcp_outbox_put (link->outbox, entry->record);
    }
}

static void
pulled (EhcpLink *link, EhcpSyncEvent *event)
{
  ehcp_book_begin_page (link->book);
  take_batch (link, event->batch);
  ehcp_book_end_page (link->book, !event->flag);
  link->lease.answered_at = link->lease.seen_at = event->updated_at;
  ehcp_link_set_updated_at (link, event->updated_at);
  if (!event->flag)
    return;
  ehcp_link_set_session_ends_at (link, event->session_ends_at);
  ehcp_link_set_first_sync (link, TRUE);
  if (link->status == EHCP_LINK_OVERDUE)
    ehcp_link_set_status (link, EHCP_LINK_SIGNED_IN);
  ehcp_link_settle (link);
  ehcp_link_fetch_missing (link);
}

static void
refused (EhcpLink *link, EhcpSyncEvent *event)
{
  if (event->flag)
    ehcp_outbox_drop (link->outbox, event->id);
  else
    ehcp_outbox_set_delivery (link->outbox, event->id, EHCP_DELIVERY_REFUSED,
                              ehcp_error_code_to_string (event->error->code),
                              ehcp_error_get_field (event->error));
  ehcp_link_answer (link, event->id, NULL, event->error);
}

/* What was taken back on a disk that did not take it stands in the list still: the sync thread removes it and does not
 * send it, so it would wait on the screen for ever. */
static void
resending (EhcpLink *link, GPtrArray *outbox)
{
  for (guint i = 0; i < outbox->len; i++)
    {
      EhcpOutgoing *outgoing = g_ptr_array_index (outbox, i);

      if (ehcp_outbox_find (link->outbox, outgoing->id) == NULL &&
          (link->sync == NULL || !ehcp_sync_is_withdrawn (link->sync, outgoing->id)))
        ehcp_outbox_add (link->outbox, ehcp_outgoing_copy (outgoing));
    }
}

static void
ended (EhcpLink *link, gboolean is_account)
{
  ehcp_link_stop_sync (link);
  ehcp_link_settle (link);
  if (is_account)
    {
      ehcp_link_end_account (link);
      return;
    }
  /* What may not be shown is not shown because the session ended besides: signing in brings it back. */
  if (link->status != EHCP_LINK_OVERDUE)
    ehcp_link_set_status (link, EHCP_LINK_ENDED);
}

/* What the sync thread says, in the main thread. */
void
ehcp_link_sync_event (gpointer owner, EhcpSyncEvent *event)
{
  EhcpLink *link = owner;
  EhcpRecord *document;

  switch (event->kind)
    {
    case EHCP_SYNC_ONLINE:
      ehcp_link_set_online (link, event->flag);
      break;
    case EHCP_SYNC_SYNCING:
      ehcp_link_set_syncing (link, event->flag);
      if (event->flag)
        break;
      ehcp_book_end_page (link->book, FALSE);
      ehcp_link_settle (link);
      break;
    case EHCP_SYNC_PULLED:
      pulled (link, event);
      break;
    case EHCP_SYNC_SENDING:
      ehcp_outbox_set_delivery (link->outbox, event->id, EHCP_DELIVERY_SENDING, NULL, NULL);
      break;
    case EHCP_SYNC_UPLOADED:
      document = ehcp_book_find (link->book, EHCP_KIND_DOCUMENT, event->id);
      if (document != NULL)
        ehcp_record_set_progress (document, event->percent);
      break;
    case EHCP_SYNC_WAITING:
      ehcp_outbox_set_delivery (link->outbox, event->id, EHCP_DELIVERY_WAITING, NULL, NULL);
      break;
    case EHCP_SYNC_SENT:
      ehcp_outbox_finish (link->outbox, event->id, event->flag);
      ehcp_link_answer (link, event->id, event->result, NULL);
      break;
    case EHCP_SYNC_REFUSED:
      refused (link, event);
      break;
    case EHCP_SYNC_RESENDING:
      resending (link, event->outbox);
      break;
    case EHCP_SYNC_ENDED:
      ended (link, event->flag);
      break;
    default:
      g_assert_not_reached ();
    }
  ehcp_link_count (link);
  look_at_lease (link);
}

#define CLOSE_TO_END_S 180

/** ehcp_link_note_activity: Tells the council with the next request that somebody is there; at once when the session is
 * about to end. */
void
ehcp_link_note_activity (EhcpLink *link)
{
  gboolean is_news;

  g_return_if_fail (EHCP_IS_LINK (link));

  if (link->sync == NULL)
    return;
  is_news = ehcp_sync_set_active (link->sync);
  if (is_news && link->session_ends_at > 0 &&
      link->session_ends_at - ehcp_clock_now (link->clock) < CLOSE_TO_END_S)
    ehcp_sync_wake (link->sync);
}

/** ehcp_link_wake: Sends and pulls at once instead of waiting, as after "Try again". Nothing happens while
 * nobody is signed in. */
void
ehcp_link_wake (EhcpLink *link)
{
  g_return_if_fail (EHCP_IS_LINK (link));

  if (link->sync != NULL)
    ehcp_sync_wake (link->sync);
}
