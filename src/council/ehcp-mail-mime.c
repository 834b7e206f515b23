/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes multipart/alternative messages by GMime. The person's name does not go into a header that we write by hand. */
#include "ehcp-mail-mime.h"

#include "ehcp-gmime.h"

#include <string.h>

static gpointer
init_once_cb (gpointer data)
{
  g_mime_init ();
  return NULL;
}

/** ehcp_mail_mime_init: GMime counts its starts without a lock: every thread that uses it calls this. */
void
ehcp_mail_mime_init (void)
{
  static GOnce once = G_ONCE_INIT;

  g_once (&once, init_once_cb, NULL);
}

static void
add_part (GMimeMultipart *body, const char *subtype, const char *text)
{
  g_autoptr (GMimeTextPart) part = g_mime_text_part_new_with_subtype (subtype);

  g_mime_text_part_set_charset (part, "utf-8");
  g_mime_text_part_set_text (part, text);
  g_mime_part_set_content_encoding (GMIME_PART (part), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
  g_mime_multipart_add (body, GMIME_OBJECT (part));
}

/* RFC 5322 3.6.4: unique in the world. The domain is the sender's, so nothing of the machine shows. */
static void
set_message_id (GMimeMessage *message, const char *from)
{
  g_autofree char *unique = g_uuid_string_random ();
  const char *at = strchr (from, '@');
  g_autofree char *id = g_strdup_printf ("%s@%s", unique, at != NULL ? at + 1 : "localhost");

  g_mime_message_set_message_id (message, id);
}

/* As it is: ehcp_text_is_email() takes no letter that means anything in a head. GMime itself would write a domain as
 * "xn--family" in letters that no relay has to take, when they are none of a real one. */
static void
set_address (GMimeMessage *message, GMimeAddressType type, const char *name, const char *address)
{
  g_autofree char *raw = g_strconcat (" ", address, "\n", NULL);

  g_mime_message_add_mailbox (message, type, NULL, address);
  g_mime_header_set_raw_value (
      g_mime_header_list_get_header (g_mime_object_get_header_list (GMIME_OBJECT (message)), name), raw);
}

static void
set_headers (GMimeMessage *message, const EhcpMailText *text, const EhcpConfig *config, const char *to,
             gint64 unix_s)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (unix_s);

  g_mime_message_add_mailbox (message, GMIME_ADDRESS_TYPE_FROM, config->name, config->mail_from);
  if (config->email != NULL)
    set_address (message, GMIME_ADDRESS_TYPE_REPLY_TO, "Reply-To", config->email);
  set_address (message, GMIME_ADDRESS_TYPE_TO, "To", to);
  g_mime_message_set_subject (message, text->subject, "utf-8");
  g_mime_message_set_date (message, time);
  set_message_id (message, config->mail_from);
  /* RFC 3834: so that nobody's "out of office" answers. */
  g_mime_object_set_header (GMIME_OBJECT (message), "Auto-Submitted", "auto-generated", NULL);
  g_mime_object_set_header (GMIME_OBJECT (message), "X-Auto-Response-Suppress", "All", NULL);
}

/**
 * ehcp_mail_mime_make:
 * @text: subject, plain text and HTML
 * @config: for the sender's address
 * @to: an address that ehcp_text_is_email() accepts
 * @unix_s: for the Date header
 *
 * Returns: (transfer full): a whole message with CRLF line ends, in ASCII. Any thread.
 */
char *
ehcp_mail_mime_make (const EhcpMailText *text, const EhcpConfig *config, const char *to, gint64 unix_s)
{
  g_autoptr (GMimeMessage) message = NULL;
  g_autoptr (GMimeMultipart) body = NULL;
  GMimeFormatOptions *options;
  char *out;

  ehcp_mail_mime_init ();
  message = g_mime_message_new (TRUE);
  body = g_mime_multipart_new_with_subtype ("alternative");
  set_headers (message, text, config, to, unix_s);
  add_part (body, "plain", text->plain);
  add_part (body, "html", text->html);
  g_mime_message_set_mime_part (message, GMIME_OBJECT (body));
  options = g_mime_format_options_new ();
  g_mime_format_options_set_newline_format (options, GMIME_NEWLINE_FORMAT_DOS);
  out = g_mime_object_to_string (GMIME_OBJECT (message), options);
  g_mime_format_options_free (options);
  return out;
}
