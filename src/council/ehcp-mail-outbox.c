/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SQL of the outbox. A mail that waits is whole; one that ended keeps who, what and when, for the time in
 * which somebody may ask for it, and no longer its text. */
#include "ehcp-mail-outbox.h"

#define MAX_DUE 50

static const char *const end_names[] = {
  [EHCP_MAIL_SENT] = "sent",
  [EHCP_MAIL_EXPIRED] = "expired",
  [EHCP_MAIL_REFUSED] = "refused",
};

/** ehcp_mail_outbox_add: Adds a mail that waits; its id is given here. Inside the write transaction. */
gboolean
ehcp_mail_outbox_add (EhcpDb *db, const EhcpMail *mail, GError **error)
{
  static const char sql[] =
      "INSERT INTO mail (kind, recipient, message, queued_at, expires_at, next_try, state)"
      " VALUES (?, ?, ?, ?, NULLIF (?, 0), ?, 'waiting')";

  return ehcp_db_run (db, error, sql, "sssiii", mail->kind, mail->recipient, mail->message,
                      mail->queued_at, mail->expires_at, mail->next_try);
}

static EhcpMail *
read_row (EhcpStatement *row)
{
  EhcpMail *mail = g_new0 (EhcpMail, 1);

  mail->id = ehcp_statement_get_int (row, 0);
  mail->kind = g_strdup (ehcp_statement_get_text (row, 1));
  mail->recipient = g_strdup (ehcp_statement_get_text (row, 2));
  mail->message = g_strdup (ehcp_statement_get_text (row, 3));
  mail->queued_at = ehcp_statement_get_int (row, 4);
  mail->expires_at = ehcp_statement_get_int (row, 5);
  mail->next_try = ehcp_statement_get_int (row, 6);
  mail->n_tries = ehcp_statement_get_int (row, 7);
  return mail;
}

/**
 * ehcp_mail_outbox_list_due:
 * @db: any connection
 * @now: seconds since 1970
 * @error: return location
 *
 * Returns: (transfer full) (element-type EhcpMail): mails whose time has come, those that have waited
 *   longest for it first; may be empty; at most 50, so call again when there are some
 */
GPtrArray *
ehcp_mail_outbox_list_due (EhcpDb *db, gint64 now, GError **error)
{
  static const char sql[] =
      "SELECT id, kind, recipient, message, queued_at, COALESCE (expires_at, 0), next_try, n_tries"
      " FROM mail WHERE state = 'waiting' AND next_try <= ? ORDER BY next_try, id LIMIT ?";
  g_autoptr (GPtrArray) mails = g_ptr_array_new_with_free_func ((GDestroyNotify) ehcp_mail_free);
  g_autoptr (EhcpStatement) row = ehcp_db_query (db, error, sql, "ii", now, (gint64) MAX_DUE);
  g_autoptr (GError) step_error = NULL;

  if (row == NULL)
    return NULL;
  while (ehcp_statement_step (row, &step_error))
    g_ptr_array_add (mails, read_row (row));
  if (step_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&step_error));
      return NULL;
    }
  return g_steal_pointer (&mails);
}

/** ehcp_mail_outbox_find_next: Returns: whether a mail waits; *@next_try: when the next is to be tried.
 * %FALSE with @error when it could not be read. Any connection. */
gboolean
ehcp_mail_outbox_find_next (EhcpDb *db, gint64 *next_try, GError **error)
{
  static const char sql[] =
      "SELECT next_try FROM mail WHERE state = 'waiting' ORDER BY next_try LIMIT 1";

  return ehcp_db_get_int (db, error, next_try, sql, "");
}

/** ehcp_mail_outbox_end: A mail was handed over, or is given up; its text goes. @why: (nullable): the
 * relay's answer. Inside the write transaction. */
gboolean
ehcp_mail_outbox_end (EhcpDb *db, gint64 id, EhcpMailEnd end, const char *why, GError **error)
{
  static const char sql[] =
      "UPDATE mail SET state = ?, message = '', n_tries = n_tries + 1, last_error = ? WHERE id = ?";

  return ehcp_db_run (db, error, sql, "ssi", end_names[end], why, id);
}

/** ehcp_mail_outbox_postpone: A mail is tried again at @next_try. Inside the write transaction. */
gboolean
ehcp_mail_outbox_postpone (EhcpDb *db, gint64 id, gint64 next_try, const char *why, GError **error)
{
  static const char sql[] =
      "UPDATE mail SET n_tries = n_tries + 1, next_try = ?, last_error = ? WHERE id = ?";

  return ehcp_db_run (db, error, sql, "isi", next_try, why, id);
}

/** ehcp_mail_outbox_purge: Forgets mails that were queued before @before and ended. Inside the write
 * transaction. */
gboolean
ehcp_mail_outbox_purge (EhcpDb *db, gint64 before, GError **error)
{
  static const char sql[] = "DELETE FROM mail WHERE state <> 'waiting' AND queued_at < ?";

  return ehcp_db_run (db, error, sql, "i", before);
}
