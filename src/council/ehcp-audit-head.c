/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit's head, to be noted elsewhere: whoever can write the database can make a new chain, but not one
 * that holds the noted head. */
#include "ehcp-audit.h"

#include "ehcp-mail.h"
#include "ehcp-text.h"

#include <string.h>

/** ehcp_audit_get_head: Returns: (transfer full): "NUMBER:HASH" of the newest row, "0:0" of none; %NULL with
 * the database's errors. Any connection. */
char *
ehcp_audit_get_head (EhcpDb *db, GError **error)
{
  return ehcp_db_get_text (db, error, "SELECT number || ':' || hash FROM audit_head", "");
}

static gboolean
read_note (const char *note, gint64 *number, const char **hash)
{
  const char *colon = strchr (note, ':');
  g_autofree char *digits = colon != NULL ? g_strndup (note, colon - note) : NULL;

  *hash = colon != NULL ? colon + 1 : NULL;
  return digits != NULL && g_ascii_string_to_signed (digits, 10, 0, G_MAXINT64, number, NULL);
}

/**
 * ehcp_audit_check_note:
 * @db: any connection
 * @note: "NUMBER:HASH", as ehcp_audit_get_head() gave it once
 * @error: return location
 *
 * Returns: whether the row of that number has that hash still; otherwise %EHCP_ERROR_FAILED: rows were taken
 *   off the end, or the chain was made anew; %EHCP_ERROR_MALFORMED for what is no head
 */
gboolean
ehcp_audit_check_note (EhcpDb *db, const char *note, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autofree char *found = NULL;
  const char *hash;
  gint64 number = 0;

  if (!read_note (note, &number, &hash))
    {
      ehcp_set_error (error, EHCP_ERROR_MALFORMED, NULL, "“%s” is no head of an audit: NUMBER:HASH", note);
      return FALSE;
    }
  if (number == 0)
    return TRUE;
  found = ehcp_db_get_text (db, &failure, "SELECT hash FROM audit WHERE number = ?", "i", number);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (found == NULL)
    ehcp_set_error (error, EHCP_ERROR_FAILED, NULL,
                    "the audit has no row %" G_GINT64_FORMAT " any more: rows were taken off its end", number);
  else if (strcmp (found, hash) != 0)
    ehcp_set_error (error, EHCP_ERROR_FAILED, NULL,
                    "row %" G_GINT64_FORMAT " of the audit is not the one that was noted: it was made anew",
                    number);
  else
    return TRUE;
  return FALSE;
}

/* Its own mails say when the last one was. */
static gboolean
is_due (EhcpCouncil *council, EhcpDb *db, gboolean *due, GError **error)
{
  gint32 today = ehcp_clock_today (ehcp_council_get_clock (council));
  g_autoptr (GError) failure = NULL;
  gint64 last = 0;

  *due = !ehcp_db_get_int (db, &failure, &last,
                           "SELECT queued_at FROM mail WHERE kind = 'audit-head' ORDER BY id DESC LIMIT 1", "") ||
         ehcp_clock_day_of (last) != today;
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/** ehcp_audit_mail_head: Queues the mail with the head, unless the day has had one or nobody is to get it.
 * Writer, inside a transaction. */
gboolean
ehcp_audit_mail_head (EhcpCouncil *council, EhcpDb *db, GError **error)
{
  const char *to = ehcp_council_get_config (council)->audit_mail;
  g_autofree char *head = NULL;
  gboolean due = FALSE;

  if (to == NULL)
    return TRUE;
  if (!is_due (council, db, &due, error))
    return FALSE;
  if (!due)
    return TRUE;
  head = ehcp_audit_get_head (db, error);
  return head != NULL && ehcp_mail_queue (council, db, EHCP_MAIL_AUDIT_HEAD, to, error, "head", head, NULL);
}
