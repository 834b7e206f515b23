/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Well-known phrases run together. A password is cut into words of the tables in ehcp-common-words.c; each word has
 * a price, by how many others stand for it, and what is too cheap is refused. So "this is a password" and "Jack &
 * Emily 2019" are found without a line for each, and three or four words that do not belong together are not. */
#include "ehcp-common-phrase.h"

#include "ehcp-common-words.h"
#include "ehcp-password-text.h"

#include <string.h>

#define MAX_LENGTH 48 /* bytes of letters; longer than any phrase that is cheap */
#define MIN_LENGTH 6
#define MAX_WORD 40
#define NEVER 1000

/* One price list for words that everybody uses, one for words that are used here. */
typedef struct
{
  guint small;
  guint local;
  guint known;
  guint limit; /* the dearest that is refused */
} Prices;

static const Prices prices[] = {
  { 1, 3, 3, 7 },
  { 2, 1, NEVER, 8 },
};

static int
compare (const char *entry, const char *start, gsize length)
{
  int order = strncmp (entry, start, length);

  return order != 0 ? order : entry[length] != '\0';
}

static gboolean
is_in (const char *const *table, gsize n, const char *start, gsize length)
{
  gsize low = 0;

  while (low < n)
    {
      gsize middle = low + (n - low) / 2;
      int order = compare (table[middle], start, length);

      if (order == 0)
        return TRUE;
      if (order < 0)
        low = middle + 1;
      else
        n = middle;
    }
  return FALSE;
}

static gboolean
is_among (const GPtrArray *words, const char *start, gsize length)
{
  for (guint i = 0; i < words->len; i++)
    if (compare (g_ptr_array_index (words, i), start, length) == 0)
      return TRUE;
  return FALSE;
}

static guint
price_word (const GPtrArray *here, const Prices *list, const char *start, gsize length)
{
  if (is_among (here, start, length) || is_in (ehcp_local_words, ehcp_n_local_words, start, length))
    return list->local;
  if (is_in (ehcp_small_words, ehcp_n_small_words, start, length))
    return list->small;
  return is_in (ehcp_known_words, ehcp_n_known_words, start, length) ? list->known : NEVER;
}

/* The cheapest way to cut all of @text into words. */
static gboolean
is_cheap (const GPtrArray *here, const Prices *list, const char *text)
{
  gsize length = strlen (text);
  guint best[MAX_LENGTH + 1];

  if (length < MIN_LENGTH || length > MAX_LENGTH)
    return FALSE;
  for (gsize i = 0; i <= length; i++)
    best[i] = i == 0 ? 0 : NEVER;
  for (gsize i = 0; i < length; i++)
    for (gsize n = 1; best[i] < list->limit && n <= MIN (length - i, MAX_WORD); n++)
      best[i + n] = MIN (best[i + n], best[i] + price_word (here, list, text + i, n));
  return best[length] <= list->limit;
}

/* Digits that were made by chance are no ornament: of those, there are not more than letters. */
static gboolean
is_mostly (const char *kept, const char *folded)
{
  g_autofree char *all = ehcp_password_text_keep (folded, EHCP_KEEP_ALL);

  return 2 * strlen (kept) >= strlen (all);
}

static gboolean
is_all (const char *folded, const GPtrArray *here)
{
  for (guint keep = 0; keep < EHCP_N_KEEP; keep++)
    {
      g_autofree char *text = ehcp_password_text_keep (folded, keep);

      if (!is_mostly (text, folded))
        continue;
      for (guint i = 0; i < G_N_ELEMENTS (prices); i++)
        if (is_cheap (here, &prices[i], text))
          return TRUE;
    }
  return FALSE;
}

static GPtrArray *
cut_into_words (const char *const *names)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autofree char *folded = ehcp_password_text_fold (names[i]);
      g_auto (GStrv) parts = g_strsplit_set (folded, " -_.,@&+/()'", -1);

      for (guint k = 0; parts[k] != NULL; k++)
        {
          char *word = ehcp_password_text_keep (parts[k], EHCP_KEEP_ALL);

          if (strlen (word) >= 2)
            g_ptr_array_add (words, word);
          else
            g_free (word);
        }
    }
  return g_steal_pointer (&words);
}

/**
 * ehcp_common_phrase_is_all:
 * @folded: a password, by ehcp_password_text_fold()
 * @local: (nullable): names whose words are as easy to guess here as "council" is: of the council, of a person
 *
 * Returns: whether it is made of nothing but well-known words, too few of them, whatever digits and signs stand
 *   between and around them or for their letters. Any thread; two milliseconds at most.
 */
gboolean
ehcp_common_phrase_is_all (const char *folded, const char *const *local)
{
  g_autoptr (GPtrArray) here = cut_into_words (local);
  g_autofree char *core = ehcp_password_text_trim (folded);

  return is_all (folded, here) || (strcmp (core, folded) != 0 && is_mostly (core, folded) && is_all (core, here));
}
