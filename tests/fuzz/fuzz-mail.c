/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every shipped mail with any text in any of its fields: the head has the lines that we wrote and no others, and all of it
 * is ASCII with CRLF. */
#include "fuzz.h"

#include "ehcp-mail-mime.h"
#include "ehcp-text.h"

static const char *const heads[] = { "From:", "Reply-To:", "To:", "Subject:", "Date:", "Message-Id:", "Auto-Submitted:",
                                     "X-Auto-Response-Suppress:", "MIME-Version:", "Content-Type:" };

static void
check_head (char **lines)
{
  guint n_found[G_N_ELEMENTS (heads)] = { 0 };

  for (guint i = 0; lines[i][0] != '\0'; i++)
    {
      gboolean is_known = lines[i][0] == ' ' || lines[i][0] == '\t';

      for (guint h = 0; h < G_N_ELEMENTS (heads); h++)
        if (g_ascii_strncasecmp (lines[i], heads[h], strlen (heads[h])) == 0)
          {
            is_known = TRUE;
            FUZZ_HOLDS (n_found[h]++ == 0);
          }
      FUZZ_HOLDS (is_known);
    }
}

static void
check_message (const char *message)
{
  g_auto (GStrv) lines = g_strsplit (message, "\r\n", -1);

  for (const char *c = message; *c != '\0'; c++)
    FUZZ_HOLDS ((guchar) *c < 0x80 && (*c != '\n' || (c > message && c[-1] == '\r')) && (*c != '\r' || c[1] == '\n'));
  check_head (lines);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const char *const names[] = { "name", "code",  "minutes", "link", "link_code", "kind", "title",
                                       "due",  "reference", "time", "head",    "device" };
  FuzzInput input = fuzz_input (data, size);
  EhcpMailKind kind = fuzz_byte (&input) % EHCP_N_MAILS;
  g_autoptr (GHashTable) fields = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autofree char *to = fuzz_valid (&input, 0x1e);
  g_autofree char *name = fuzz_valid (&input, 0x1e);
  EhcpConfig config = { .name = name, .team = (char *) "SEND", .telephone = (char *) "1", .email = (char *) "a@b.example",
                        .url = (char *) "https://b.example", .mail_from = (char *) "portal@b.example" };
  g_autoptr (EhcpMailText) text = NULL;
  g_autofree char *message = NULL;

  if (name == NULL || !ehcp_text_is_clean (name, TRUE))
    return 0;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      char *value = fuzz_valid (&input, 0x1e);

      g_hash_table_insert (fields, (char *) names[i], value != NULL ? value : g_strdup (""));
    }
  text = ehcp_mail_text_make (kind, &config, fields, NULL);
  if (text == NULL)
    return 0;
  FUZZ_HOLDS (strpbrk (text->subject, "\r\n") == NULL);
  message = ehcp_mail_mime_make (text, &config, ehcp_text_is_email (to) ? to : "a@b.example", 1795528800);
  check_message (message);
  return 0;
}
