/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Queues e-mails: fills in the template, makes the message, puts it into the outbox. Sending is the
 * mailer's business. */
#include "ehcp-mail.h"

#include "ehcp-mail-mime.h"
#include "ehcp-mail-outbox.h"
#include "ehcp-mailer-private.h"
#include "ehcp-text.h"

#include <stdarg.h>
#include <string.h>

/* As people read it aloud: "123 456", "K7QM-4XHD". */
static char *
space_code (const char *code)
{
  g_autofree char *unique = ehcp_text_normalise_unique_code (code);

  if (unique != NULL)
    return ehcp_text_group_unique_code (unique);
  if (strlen (code) == 6 && strspn (code, "0123456789") == 6)
    return g_strdup_printf ("%.3s %s", code, code + 3);
  return g_strdup (code);
}

static void
add_field (GHashTable *fields, const char *name, const char *value)
{
  const char *slash = strrchr (value, '/');

  if (strcmp (name, "code") == 0)
    g_hash_table_insert (fields, g_strdup (name), space_code (value));
  else
    g_hash_table_insert (fields, g_strdup (name), g_strdup (value));
  /* What is typed when the link cannot be opened. */
  if (strcmp (name, "link") == 0 && slash != NULL)
    g_hash_table_insert (fields, g_strdup ("link_code"), space_code (slash + 1));
}

static GHashTable *
take_fields (va_list arguments)
{
  GHashTable *fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  const char *name;

  while ((name = va_arg (arguments, const char *)) != NULL)
    {
      const char *value = va_arg (arguments, const char *);

      add_field (fields, name, value != NULL ? value : "");
    }
  return fields;
}

/* A code that is too old would only confuse: such a mail is not sent late. */
static gint64
find_expiry (GHashTable *fields, gint64 now)
{
  const char *minutes = g_hash_table_lookup (fields, "minutes");
  gint64 n_minutes = minutes != NULL ? g_ascii_strtoll (minutes, NULL, 10) : 0;

  return n_minutes > 0 ? now + n_minutes * 60 : 0;
}

/**
 * ehcp_mail_queue:
 * @council: the council
 * @db: the writing connection
 * @kind: which mail
 * @to: an address
 * @error: return location
 * @...: names of fields and their texts (const char *), %NULL at the end. A code goes without spaces; it
 *   is spaced here. "minutes" is the code's life: after it the mail is not sent any more
 *
 * Inside the write transaction: the mail goes out when that is committed, and not at all when it is rolled
 * back. Does not wait for the relay.
 *
 * Returns: %FALSE with %EHCP_ERROR_MALFORMED for what is not an address, %EHCP_ERROR_FAILED when a field
 *   is missing, and the database's errors
 */
gboolean
ehcp_mail_queue (EhcpCouncil *council, EhcpDb *db, EhcpMailKind kind, const char *to, GError **error, ...)
{
  const EhcpConfig *config = ehcp_council_get_config (council);
  gint64 now = ehcp_clock_now (ehcp_council_get_clock (council));
  g_autoptr (GHashTable) fields = NULL;
  g_autoptr (EhcpMailText) text = NULL;
  g_autofree char *message = NULL;
  EhcpMail mail = { 0 };
  va_list arguments;

  g_return_val_if_fail (kind < EHCP_N_MAILS, FALSE);
  va_start (arguments, error);
  fields = take_fields (arguments);
  va_end (arguments);

  if (!ehcp_text_is_email (to))
    {
      ehcp_set_error (error, EHCP_ERROR_MALFORMED, "/email", "not an e-mail address");
      return FALSE;
    }
  text = ehcp_mail_text_make (kind, config, fields, error);
  if (text == NULL)
    return FALSE;
  message = ehcp_mail_mime_make (text, config, to, now);
  mail.kind = (char *) ehcp_mail_kind_get_name (kind);
  mail.recipient = (char *) to;
  mail.message = message;
  mail.queued_at = mail.next_try = now;
  mail.expires_at = find_expiry (fields, now);
  if (!ehcp_mail_outbox_add (db, &mail, error))
    return FALSE;
  ehcp_mailer_announce (council);
  return TRUE;
}
