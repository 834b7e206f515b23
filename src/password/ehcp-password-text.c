/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A password as it is compared. Pure functions; what the texts are held against is the business of others. */
#include "ehcp-password-text.h"

#include <string.h>

/* The character, then the letter that it stands for. */
static const char stand_ins[] = "0o1i3e4a5s7t8b9g@a$s!i";

/**
 * ehcp_password_text_fold:
 * @text: a password, or a name that may be in one
 *
 * Returns: (transfer full): @text in small letters, without accents and without the wide and other forms of the same
 *   letters; spaces, digits and signs stay. Any thread.
 */
char *
ehcp_password_text_fold (const char *text)
{
  g_autofree char *parts = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  g_autofree char *small = parts != NULL ? g_utf8_casefold (parts, -1) : g_ascii_strdown (text, -1);
  g_autoptr (GString) out = g_string_new (NULL);

  if (parts == NULL)
    return g_steal_pointer (&small);
  for (const char *p = small; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_ismark (c) && !g_unichar_iszerowidth (c))
        g_string_append_unichar (out, c);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char
undo_stand_in (char c, EhcpKeep keep)
{
  const char *found;

  if (keep == EHCP_KEEP_AS_L && c == '1')
    return 'l';
  for (found = stand_ins; *found != '\0'; found += 2)
    if (*found == c)
      return found[1];
  return c;
}

/**
 * ehcp_password_text_keep:
 * @folded: by ehcp_password_text_fold()
 * @keep: what of it
 *
 * Returns: (transfer full): the characters of @folded that count; those outside ASCII count as letters. May be empty.
 */
char *
ehcp_password_text_keep (const char *folded, EhcpKeep keep)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *p = folded; *p != '\0'; p++)
    {
      char c = keep == EHCP_KEEP_AS_I || keep == EHCP_KEEP_AS_L ? undo_stand_in (*p, keep) : *p;

      if ((guchar) c >= 0x80 || g_ascii_isalpha (c) || (keep == EHCP_KEEP_ALL && g_ascii_isdigit (c)))
        g_string_append_c (out, c);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static gboolean
is_ornament (char c)
{
  return g_ascii_isprint (c) && !g_ascii_isalpha (c);
}

/** ehcp_password_text_trim: Returns: (transfer full): @folded without the digits, signs and spaces at its two ends:
 * "nevergiveup" of "nevergiveup 2024!". May be empty. */
char *
ehcp_password_text_trim (const char *folded)
{
  const char *first = folded;
  const char *last = folded + strlen (folded);

  while (is_ornament (*first))
    first++;
  while (last > first && is_ornament (last[-1]))
    last--;
  return g_strndup (first, last - first);
}

/** ehcp_password_text_get_period: Returns: the length in bytes of what @text repeats from its first byte to its last,
 * at least twice; the last time may be cut short. 3 of "abcabcab"; 0 when it repeats nothing. */
gsize
ehcp_password_text_get_period (const char *text)
{
  gsize length = strlen (text);

  for (gsize period = 1; period <= length / 2; period++)
    if (memcmp (text, text + period, length - period) == 0)
      return period;
  return 0;
}
