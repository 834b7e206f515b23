/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A mail that cannot be delivered comes back as a report (RFC 3464) to the address in [mail] from, whose mail server pipes
 * it into `ehcp-council mail-bounce`. Who it was for is noted at the contacts of that address, which the caseworker sees.
 * Such a report can be forged by anybody: it is believed only for an address that was written to, and does no more than
 * say so. */
#include "ehcp-bounce.h"

#include "ehcp-audit.h"
#include "ehcp-gmime.h"
#include "ehcp-mail-mime.h"
#include "ehcp-store.h"
#include "ehcp-text.h"

#include <string.h>

#define MAX_RECIPIENTS 100

/* "Name: value" in a block of a report; NULL when it is not there. */
static char *
find_field (char **lines, const char *name)
{
  gsize n = strlen (name);

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_ascii_strncasecmp (lines[i], name, n) == 0 && lines[i][n] == ':')
      return g_strstrip (g_strdup (lines[i] + n + 1));
  return NULL;
}

/* "rfc822; helen@family.example": what the mail was sent to, in small letters. */
static char *
read_address (const char *field)
{
  const char *semicolon = field != NULL ? strchr (field, ';') : NULL;
  g_autofree char *address = semicolon != NULL ? g_strdup (semicolon + 1) : NULL;
  g_autofree char *normal = NULL;

  if (address == NULL || !g_utf8_validate (address, -1, NULL))
    return NULL;
  g_strdelimit (g_strstrip (address), "<>", ' ');
  normal = ehcp_text_normalise_email (address);
  return ehcp_text_is_email (normal) ? g_steal_pointer (&normal) : NULL;
}

/* A delay is no end: only what failed counts. */
static void
read_block (const char *block, GPtrArray *addresses)
{
  g_auto (GStrv) lines = g_strsplit (block, "\n", -1);
  g_autofree char *action = find_field (lines, "Action");
  g_autofree char *original = find_field (lines, "Original-Recipient");
  g_autofree char *final = find_field (lines, "Final-Recipient");
  char *address;

  if (action == NULL || g_ascii_strcasecmp (action, "failed") != 0 || addresses->len >= MAX_RECIPIENTS)
    return;
  address = read_address (original);
  if (address == NULL)
    address = read_address (final);
  if (address != NULL)
    g_ptr_array_add (addresses, address);
}

static void
read_part (GMimeObject *parent, GMimeObject *object, gpointer addresses)
{
  GMimeContentType *type = g_mime_object_get_content_type (object);
  g_autoptr (GMimeStream) stream = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) blocks = NULL;
  GMimeDataWrapper *content;
  GByteArray *bytes;

  if (!GMIME_IS_PART (object) || !g_mime_content_type_is_type (type, "message", "delivery-status"))
    return;
  content = g_mime_part_get_content (GMIME_PART (object));
  if (content == NULL)
    return;
  stream = g_mime_stream_mem_new ();
  g_mime_data_wrapper_write_to_stream (content, stream);
  bytes = g_mime_stream_mem_get_byte_array (GMIME_STREAM_MEM (stream));
  text = bytes->len > 0 ? g_strndup ((const char *) bytes->data, bytes->len) : g_strdup ("");
  g_strdelimit (text, "\r", ' ');
  blocks = g_regex_split_simple ("\n[ \t]*\n", text, 0, 0);
  for (guint i = 0; blocks[i] != NULL; i++)
    read_block (blocks[i], addresses);
}

/**
 * ehcp_bounce_read:
 * @message: a whole e-mail, from anybody
 * @length: of it in bytes
 *
 * Returns: (transfer full) (element-type utf8): the addresses to which it says that something could not be delivered, in
 *   small letters; empty for what is no such report. Any thread.
 */
GPtrArray *
ehcp_bounce_read (const char *message, gsize length)
{
  GPtrArray *addresses = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GMimeStream) stream = NULL;
  g_autoptr (GMimeParser) parser = NULL;
  g_autoptr (GMimeMessage) parsed = NULL;

  if (length > EHCP_BOUNCE_MAX_BYTES)
    return addresses;
  ehcp_mail_mime_init ();
  stream = g_mime_stream_mem_new_with_buffer (message, length);
  parser = g_mime_parser_new_with_stream (stream);
  parsed = g_mime_parser_construct_message (parser, NULL);
  if (parsed != NULL)
    g_mime_message_foreach (parsed, read_part, addresses);
  return addresses;
}

static gboolean
note_contact (EhcpCouncil *council, EhcpDb *db, EhcpRecord *contact, GError **error)
{
  const EhcpActorId nobody = { 0 };
  g_autofree char *now = ehcp_clock_now_text (ehcp_council_get_clock (council));

  ehcp_record_set_text (contact, "bounced_at", now);
  return ehcp_store_put (council, db, contact, NULL, error) &&
         ehcp_audit_add (council, db, &nobody, "mail.bounced", ehcp_record_get_case (contact),
                         ehcp_record_get_text (contact, "person"), NULL, error);
}

/**
 * ehcp_bounce_note:
 * @council: the council
 * @db: the writer's connection, inside a write
 * @address: to which a mail could not be delivered
 * @n_noted: (out): at how many contacts it stands now; 0 for an address that nobody wrote to
 * @error: return location
 *
 * Returns: whether it is noted wherever it belongs
 */
gboolean
ehcp_bounce_note (EhcpCouncil *council, EhcpDb *db, const char *address, guint *n_noted, GError **error)
{
  g_autoptr (GPtrArray) contacts = NULL;
  gint64 n_mails = 0;

  *n_noted = 0;
  if (!ehcp_db_get_int (db, error, &n_mails, "SELECT count (*) FROM mail WHERE recipient = ?", "s", address))
    return FALSE;
  if (n_mails == 0)
    return TRUE;
  contacts = ehcp_store_list_where (db, EHCP_KIND_CONTACT, "email", address, error);
  for (guint i = 0; contacts != NULL && i < contacts->len; i++, ++*n_noted)
    if (!note_contact (council, db, contacts->pdata[i], error))
      return FALSE;
  return contacts != NULL;
}
