/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a mail of the demo council: what a person would see of it in their own mailbox. */
#include "ehcp-demo-mail.h"

#include <glib/gi18n.h>
#include <gmime/gmime.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeMessage, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeParser, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimePartIter, g_mime_part_iter_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GMimeStream, g_object_unref)

struct _EhcpDemoMail
{
  GObject parent_instance;
  char *path;
  char *subject;
  char *to;
  char *text;
  char *code;
  GDateTime *time;
};

G_DEFINE_FINAL_TYPE (EhcpDemoMail, ehcp_demo_mail, G_TYPE_OBJECT)

static void
ehcp_demo_mail_finalize (GObject *object)
{
  EhcpDemoMail *mail = EHCP_DEMO_MAIL (object);

  g_clear_pointer (&mail->path, g_free);
  g_clear_pointer (&mail->subject, g_free);
  g_clear_pointer (&mail->to, g_free);
  g_clear_pointer (&mail->text, g_free);
  g_clear_pointer (&mail->code, g_free);
  g_clear_pointer (&mail->time, g_date_time_unref);
  G_OBJECT_CLASS (ehcp_demo_mail_parent_class)->finalize (object);
}

static void
ehcp_demo_mail_class_init (EhcpDemoMailClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ehcp_demo_mail_finalize;
}

static void
ehcp_demo_mail_init (EhcpDemoMail *mail)
{
}

static char *
read_plain_text (GMimeMessage *message)
{
  g_autoptr (GMimePartIter) iter = g_mime_part_iter_new (GMIME_OBJECT (message));

  do
    {
      GMimeObject *part = g_mime_part_iter_get_current (iter);

      if (GMIME_IS_TEXT_PART (part) &&
          g_mime_content_type_is_type (g_mime_object_get_content_type (part), "text", "plain"))
        return g_mime_text_part_get_text (GMIME_TEXT_PART (part));
    }
  while (g_mime_part_iter_next (iter));
  return g_strdup ("");
}

/* A code stands on a line of its own: six digits, or two groups of four. Digits are given without the
 * space, so that they can be pasted anywhere. */
static char *
find_code (const char *text)
{
  g_autoptr (GRegex) regex =
      g_regex_new ("(?m)^ {4}(?:(\\d{3}) (\\d{3})|([0-9A-Z]{4}-[0-9A-Z]{4}))\\s*$", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  if (!g_regex_match (regex, text, 0, &match))
    return NULL;
  return g_match_info_expand_references (match, "\\1\\2\\3", NULL);
}

static GMimeMessage *
parse (const char *path)
{
  g_autoptr (GMimeStream) stream = g_mime_stream_file_open (path, "r", NULL);
  g_autoptr (GMimeParser) parser = stream != NULL ? g_mime_parser_new_with_stream (stream) : NULL;

  return parser != NULL ? g_mime_parser_construct_message (parser, NULL) : NULL;
}

EhcpDemoMail *
ehcp_demo_mail_read (const char *path)
{
  g_autoptr (GMimeMessage) message = parse (path);
  InternetAddressList *to;
  GDateTime *date;
  EhcpDemoMail *mail;

  if (message == NULL || g_mime_message_get_subject (message) == NULL)
    return NULL;
  to = g_mime_message_get_addresses (message, GMIME_ADDRESS_TYPE_TO);
  date = g_mime_message_get_date (message);
  mail = g_object_new (EHCP_TYPE_DEMO_MAIL, NULL);
  mail->path = g_strdup (path);
  mail->subject = g_strdup (g_mime_message_get_subject (message));
  mail->to = internet_address_list_to_string (to, NULL, FALSE);
  mail->text = read_plain_text (message);
  mail->code = find_code (mail->text);
  mail->time = date != NULL ? g_date_time_to_local (date) : g_date_time_new_now_local ();
  return mail;
}

const char *
ehcp_demo_mail_get_path (EhcpDemoMail *mail)
{
  return mail->path;
}

const char *
ehcp_demo_mail_get_subject (EhcpDemoMail *mail)
{
  return mail->subject;
}

const char *
ehcp_demo_mail_get_to (EhcpDemoMail *mail)
{
  return mail->to != NULL ? mail->to : "";
}

const char *
ehcp_demo_mail_get_text (EhcpDemoMail *mail)
{
  return mail->text;
}

const char *
ehcp_demo_mail_get_code (EhcpDemoMail *mail)
{
  return mail->code;
}

char *
ehcp_demo_mail_format_time (EhcpDemoMail *mail)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  gboolean is_today = g_date_time_get_year (now) == g_date_time_get_year (mail->time) &&
                      g_date_time_get_day_of_year (now) == g_date_time_get_day_of_year (mail->time);

  return g_date_time_format (mail->time, is_today ? _("Today %H:%M") : _("%-d %B %Y"));
}
