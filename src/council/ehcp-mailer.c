/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The thread "mail": takes what is due out of the outbox, hands it to the relay, notes the answer. When
 * the relay cannot be reached it pauses for all mails; when one mail is refused, for that one. */
#include "ehcp-mail.h"

#include "ehcp-bounce.h"
#include "ehcp-mail-outbox.h"
#include "ehcp-mailer-private.h"

#define MAILER_KEY "ehcp-mailer"
#define FIRST_PAUSE_S 1
#define LAST_PAUSE_S 30 /* codes live for minutes: a relay that is back must be noticed soon */
#define FIRST_RETRY_S 30
#define LAST_RETRY_S (4 * 60 * 60)
#define MAX_FINAL_TRIES 5
#define GIVE_UP_S (7 * 24 * 60 * 60)
#define KEEP_S (30 * 24 * 60 * 60)
#define LOOK_S 60 /* at least that often, whatever the clock does */

struct _EhcpMailer
{
  EhcpCouncil *council; /* (unowned): whoever started us stops us before it goes */
  GCancellable *cancellable;
  GThread *thread;
  GMutex mutex;
  GCond woken;
  gboolean has_news;
  gint64 purged_at;
};

typedef struct
{
  gint64 id;
  EhcpMailEnd end;
  const char *recipient; /* of one that is given up; NULL otherwise */
  gint64 next_try; /* 0: it ended */
  gint64 purge_before;
  const char *why;
} Note;

static void
clear_mailer (gpointer data)
{
  EhcpMailer *mailer = data;

  g_clear_object (&mailer->cancellable);
  g_mutex_clear (&mailer->mutex);
  g_cond_clear (&mailer->woken);
}

static void
unref_mailer (gpointer mailer)
{
  g_atomic_rc_box_release_full (mailer, clear_mailer);
}

static void
wake (EhcpMailer *mailer)
{
  g_mutex_lock (&mailer->mutex);
  mailer->has_news = TRUE;
  g_cond_signal (&mailer->woken);
  g_mutex_unlock (&mailer->mutex);
}

static gboolean
write_nothing (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  return TRUE;
}

static void
written_cb (gpointer data, const GError *error)
{
  wake (data);
  unref_mailer (data);
}

static gpointer
ref_mailer (gpointer mailer, gpointer data)
{
  return mailer != NULL ? g_atomic_rc_box_acquire (mailer) : NULL;
}

/**
 * ehcp_mailer_announce:
 * @council: the council
 *
 * In the writer thread, inside a transaction that queued a mail. The mail can be seen by others when that
 * is committed: an empty write after it tells when.
 */
void
ehcp_mailer_announce (EhcpCouncil *council)
{
  EhcpMailer *mailer = g_object_dup_data (G_OBJECT (council), MAILER_KEY, ref_mailer, NULL);

  if (mailer != NULL)
    ehcp_council_write (council, write_nothing, written_cb, mailer);
}

static gboolean
write_note (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  const Note *note = data;
  guint n_noted;

  if (note->purge_before > 0)
    return ehcp_mail_outbox_purge (db, note->purge_before, error);
  if (note->next_try > 0)
    return ehcp_mail_outbox_postpone (db, note->id, note->next_try, note->why, error);
  if (note->recipient != NULL && !ehcp_bounce_note (council, db, note->recipient, &n_noted, error))
    return FALSE;
  return ehcp_mail_outbox_end (db, note->id, note->end, note->why, error);
}

/* Without the note a mail that went would go again: rather twice than never. */
static gboolean
keep_note (EhcpMailer *mailer, Note *note)
{
  g_autoptr (GError) error = NULL;

  if (ehcp_council_write_sync (mailer->council, write_note, note, &error))
    return TRUE;
  g_message ("noting what became of a mail: %s", error->message);
  return FALSE;
}

static gint64
get_now (EhcpMailer *mailer)
{
  return ehcp_clock_now (ehcp_council_get_clock (mailer->council));
}

static gint64
find_retry (const EhcpMail *mail, gint64 now)
{
  gint64 wait_s = FIRST_RETRY_S;

  for (int i = 0; i < mail->n_tries && wait_s < LAST_RETRY_S; i++)
    wait_s *= 4;
  return now + MIN (wait_s, LAST_RETRY_S);
}

static gboolean
note_refusal (EhcpMailer *mailer, const EhcpMail *mail, gboolean is_final, const char *why)
{
  gint64 now = get_now (mailer);
  Note note = { .id = mail->id, .end = EHCP_MAIL_REFUSED, .why = why };

  if (is_final ? mail->n_tries + 1 < MAX_FINAL_TRIES : now - mail->queued_at < GIVE_UP_S)
    note.next_try = find_retry (mail, now);
  else
    note.recipient = mail->recipient;
  g_message ("mail %" G_GINT64_FORMAT " (%s) was refused, %s: %s", mail->id, mail->kind,
             note.next_try > 0 ? "it is tried again" : "it is given up", why);
  return keep_note (mailer, &note);
}

/* FALSE: no use in going on now. */
static gboolean
send_one (EhcpMailer *mailer, EhcpRelay *relay, const EhcpMail *mail)
{
  Note note = { .id = mail->id, .end = EHCP_MAIL_SENT };
  g_autoptr (GError) error = NULL;
  gboolean is_final;

  if (mail->expires_at > 0 && mail->expires_at <= get_now (mailer))
    {
      note.end = EHCP_MAIL_EXPIRED;
      return keep_note (mailer, &note);
    }
  switch (ehcp_relay_send (relay, mail, &is_final, &error))
    {
    case EHCP_RELAY_TAKEN:
      return keep_note (mailer, &note);
    case EHCP_RELAY_REFUSED:
      return note_refusal (mailer, mail, is_final, error->message);
    case EHCP_RELAY_UNREACHABLE:
    default:
      if (!g_cancellable_is_cancelled (mailer->cancellable))
        g_message ("mail waits: %s", error->message);
      return FALSE;
    }
}

static gboolean
send_all (EhcpMailer *mailer, GPtrArray *mails)
{
  const EhcpConfig *config = ehcp_council_get_config (mailer->council);
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpRelay) relay = ehcp_relay_open (config, mailer->cancellable, &error);

  if (relay == NULL)
    {
      g_message ("mail waits: %s", error->message);
      return FALSE;
    }
  for (guint i = 0; i < mails->len && !g_cancellable_is_cancelled (mailer->cancellable); i++)
    if (!send_one (mailer, relay, g_ptr_array_index (mails, i)))
      return FALSE;
  return TRUE;
}

/* Sends until nothing is due. FALSE: the relay or the database cannot be reached. */
static gboolean
send_due (EhcpMailer *mailer)
{
  g_autoptr (GError) error = NULL;
  EhcpDb *db = ehcp_council_get_reader (mailer->council, &error);

  while (db != NULL && !g_cancellable_is_cancelled (mailer->cancellable))
    {
      g_autoptr (GPtrArray) mails = ehcp_mail_outbox_list_due (db, get_now (mailer), &error);

      if (mails == NULL)
        break;
      if (mails->len == 0)
        return TRUE;
      if (!send_all (mailer, mails))
        return FALSE;
    }
  if (error != NULL)
    g_message ("reading the mails that wait: %s", error->message);
  return error == NULL;
}

/* How long there is nothing to do, in seconds. */
static gint64
find_wait (EhcpMailer *mailer)
{
  EhcpDb *db = ehcp_council_get_reader (mailer->council, NULL);
  gint64 next_try;

  if (db == NULL || !ehcp_mail_outbox_find_next (db, &next_try, NULL))
    return LOOK_S;
  return CLAMP (next_try - get_now (mailer), 1, LOOK_S);
}

static void
purge (EhcpMailer *mailer)
{
  gint64 now = get_now (mailer);
  Note note = { .purge_before = now - KEEP_S };

  if (now - mailer->purged_at < 24 * 60 * 60)
    return;
  mailer->purged_at = now;
  keep_note (mailer, &note);
}

/* News end the waiting; a pause of the relay they do not. */
static void
wait_for_news (EhcpMailer *mailer, gint64 wait_s, gboolean is_pause)
{
  gint64 end = g_get_monotonic_time () + wait_s * G_USEC_PER_SEC;

  g_mutex_lock (&mailer->mutex);
  while ((is_pause || !mailer->has_news) && !g_cancellable_is_cancelled (mailer->cancellable))
    if (!g_cond_wait_until (&mailer->woken, &mailer->mutex, end))
      break;
  mailer->has_news = FALSE;
  g_mutex_unlock (&mailer->mutex);
}

static gpointer
mail_thread (gpointer data)
{
  EhcpMailer *mailer = data;
  gint64 pause_s = 0;

  while (!g_cancellable_is_cancelled (mailer->cancellable))
    {
      purge (mailer);
      if (send_due (mailer))
        pause_s = 0;
      else
        pause_s = pause_s == 0 ? FIRST_PAUSE_S : MIN (pause_s * 2, LAST_PAUSE_S);
      wait_for_news (mailer, pause_s > 0 ? pause_s : find_wait (mailer), pause_s > 0);
    }
  return NULL;
}

/**
 * ehcp_mailer_start:
 * @council: lives until ehcp_mailer_stop() has returned
 * @error: return location
 *
 * Starts the thread "mail". What waits from earlier goes at once. Any thread; one mailer a council.
 *
 * Returns: (transfer full) (nullable): the mailer, or %NULL when the configured folder cannot be made
 */
EhcpMailer *
ehcp_mailer_start (EhcpCouncil *council, GError **error)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (EhcpRelay) trial =
      ehcp_relay_open (ehcp_council_get_config (council), cancellable, error);
  EhcpMailer *mailer;

  if (trial == NULL)
    return NULL;
  mailer = g_atomic_rc_box_new0 (EhcpMailer);
  mailer->council = council;
  mailer->cancellable = g_steal_pointer (&cancellable);
  g_mutex_init (&mailer->mutex);
  g_cond_init (&mailer->woken);
  g_object_set_data_full (G_OBJECT (council), MAILER_KEY, g_atomic_rc_box_acquire (mailer), unref_mailer);
  mailer->thread = g_thread_new ("mail", mail_thread, mailer);
  return mailer;
}

/** ehcp_mailer_stop: Ends the thread, and a sending that is under way; its mail stays in the outbox. Before
 * ehcp_council_stop(), which the thread's notes need. */
void
ehcp_mailer_stop (EhcpMailer *mailer)
{
  g_object_set_data (G_OBJECT (mailer->council), MAILER_KEY, NULL);
  g_cancellable_cancel (mailer->cancellable);
  wake (mailer);
  g_thread_join (mailer->thread);
  unref_mailer (mailer);
}
