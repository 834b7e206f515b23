/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking for words, whatever their case and accents: somebody who types "zoe" means "Zoë" too. */
#include "ehcp-search-words.h"

#include <string.h>

/* Signs that a keyboard does not give stand for those that it does. */
static gunichar
plain (gunichar c)
{
  switch (c)
    {
    case 0x2019: /* right single quotation mark, the apostrophe of good type */
    case 0x2018:
      return '\'';
    case 0x2013:
    case 0x2014:
      return '-';
    default:
      return g_unichar_isspace (c) ? ' ' : c;
    }
}

/* Nearly every name and reference: it has no accents to take away. */
static char *
fold_ascii (const char *text)
{
  char *folded = g_ascii_strdown (text, -1);

  for (char *c = folded; *c != '\0'; c++)
    *c = (char) plain ((guchar) *c);
  return folded;
}

/* (transfer full): in small letters, without accents; "" of NULL. */
char *
ehcp_search_fold (const char *text)
{
  g_autofree char *valid = NULL;
  g_autofree char *apart = NULL;
  g_autofree char *small = NULL;
  GString *folded;

  if (text == NULL || g_str_is_ascii (text))
    return fold_ascii (text != NULL ? text : "");
  valid = g_utf8_make_valid (text, -1);
  apart = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL);
  small = g_utf8_casefold (apart != NULL ? apart : valid, -1);
  folded = g_string_new (NULL);
  for (const char *c = small; *c != '\0'; c = g_utf8_next_char (c))
    if (!g_unichar_ismark (g_utf8_get_char (c)))
      g_string_append_unichar (folded, plain (g_utf8_get_char (c)));
  return g_string_free (folded, FALSE);
}

/* Whether each word of @folded_words stands somewhere in @folded; no words match everything. */
gboolean
ehcp_search_matches (const char *folded, const char *folded_words)
{
  gsize length = strlen (folded);
  gsize n;

  for (const char *word = folded_words; *word != '\0'; word += n + (word[n] != '\0' ? 1 : 0))
    {
      n = strcspn (word, " ");
      if (memmem (folded, length, word, n) == NULL)
        return FALSE;
    }
  return TRUE;
}
