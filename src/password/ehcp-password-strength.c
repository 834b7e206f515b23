/* SPDX-License-Identifier: GPL-3.0-or-later */
/* By zxcvbn (Wheeler, USENIX Security 2016), which counts the guesses of somebody who tries common passwords, names,
 * words, walks over the keyboard, counting, repeats and dates first. Length is the caller's business; rules of
 * composition are nobody's (NCSC, NIST SP 800-63B). */
#include "ehcp-password-strength.h"

#include <string.h>
#include <zxcvbn.h>

#define LEAST_BITS 33.2 /* 10^10 guesses: where zxcvbn's highest score begins */
#define SHORTEST_PERSONAL 4

/* What somebody tries first here, beside the names of the council and its team. */
static const char *const here[] = { "ehcp", "portal", "council", "send", "plan" };

/* Small letters without accents, and without the wide and other forms of the same letters: zxcvbn knows ASCII alone. */
static char *
fold (const char *text)
{
  g_autofree char *parts = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  g_autofree char *small = g_utf8_casefold (parts != NULL ? parts : text, -1);
  g_autoptr (GString) folded = g_string_new (NULL);

  for (const char *p = small; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_ismark (g_utf8_get_char (p)))
      g_string_append_unichar (folded, g_utf8_get_char (p));
  return g_string_free (g_steal_pointer (&folded), FALSE);
}

/* (transfer full): the words of names, and what is in every guess here. */
static GPtrArray *
list_words (const char *const *names)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autofree char *folded = fold (names[i]);
      g_auto (GStrv) parts = g_strsplit_set (folded, " -_.,@&+/()'", -1);

      for (guint k = 0; parts[k] != NULL; k++)
        if (*parts[k] != '\0')
          g_ptr_array_add (words, g_strdup (parts[k]));
    }
  for (guint i = 0; i < G_N_ELEMENTS (here); i++)
    g_ptr_array_add (words, g_strdup (here[i]));
  g_ptr_array_add (words, NULL);
  return words;
}

/* Again and again is no more than once: the unit that @text repeats to its end, where the last time may be cut short,
 * or @text (transfer full). */
static char *
take_unit (const char *text)
{
  gsize length = strlen (text);

  for (gsize period = 1; period <= (length + 1) / 2; period++)
    if (memcmp (text, text + period, length - period) == 0)
      return g_strndup (text, period);
  return g_strdup (text);
}

/**
 * ehcp_password_is_easy:
 * @password: what somebody wants to use; UTF-8
 * @local: (nullable): names whose words are tried first here: of the council and its team
 *
 * Returns: whether it would be guessed in fewer than 10^10 tries. Any thread; a fraction of a millisecond.
 */
gboolean
ehcp_password_is_easy (const char *password, const char *const *local)
{
  g_autoptr (GPtrArray) words = list_words (local);
  g_autofree char *folded = fold (password);
  g_autofree char *unit = take_unit (folded);

  return ZxcvbnMatch (folded, (const char **) words->pdata, NULL) < LEAST_BITS ||
         ZxcvbnMatch (unit, (const char **) words->pdata, NULL) < LEAST_BITS;
}

/* An address counts by what stands before the @ too; two or three letters are in too many words. */
static gboolean
holds (const char *folded, const char *personal)
{
  g_autofree char *text = fold (personal);
  g_auto (GStrv) parts = g_strsplit_set (text, "@ ", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (g_utf8_strlen (parts[i], -1) >= SHORTEST_PERSONAL && strstr (folded, parts[i]) != NULL)
      return TRUE;
  return FALSE;
}

/**
 * ehcp_password_is_personal:
 * @password: what somebody wants to use; UTF-8
 * @personal: %NULL-terminated: their names and address; members may be ""
 *
 * Returns: whether a name or a side of the address of four letters or more is in @password, or whether it would be
 *   guessed by who knows the shorter ones. Any thread; a fraction of a millisecond.
 */
gboolean
ehcp_password_is_personal (const char *password, const char *const *personal)
{
  g_autofree char *folded = fold (password);

  for (guint i = 0; personal[i] != NULL; i++)
    if (holds (folded, personal[i]))
      return TRUE;
  return ehcp_password_is_easy (password, personal) && !ehcp_password_is_easy (password, NULL);
}
