/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Walks over the keyboard and counting. The text is cut into runs in which each character follows from the one before
 * it: along a row, a column or a slope of the keyboard or of its number pad, from a key to any of its neighbours, or
 * up and down the alphabet. A run is worth as little as one character; a text that is worth little is a walk. */
#include "ehcp-key-walk.h"

#include <string.h>

#define MAX_LENGTH 128
#define SHORTEST 8   /* that is judged */
#define MIN_EVEN 3   /* characters of a run whose steps are all the same */
#define MIN_FREE 4   /* of one that goes about; words have three neighbours in a row too often */
#define NO_STEP G_MAXINT
#define OTHER '\x01' /* what is on no key */

/* The step from one character to the next, as a number that is the same for the same step; or NO_STEP. */
typedef int (*StepFunc) (char from, char to);

static gboolean
find_key (char c, int *row, int *column)
{
  static const char *const rows[] = { "1234567890-=", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./" };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *found = strchr (rows[i], c);

      if (found != NULL && c != '\0')
        {
          *row = i;
          *column = found - rows[i];
          return TRUE;
        }
    }
  return FALSE;
}

/* Each row lies half a key to the right of the one above it: "a" touches "q", "w", "s" and "z". */
static int
step_over_keys (char from, char to)
{
  int row, column, to_row, to_column;
  int down, right;

  if (!find_key (from, &row, &column) || !find_key (to, &to_row, &to_column))
    return NO_STEP;
  down = to_row - row;
  right = to_column - column;
  if (down == 0 && right >= -1 && right <= 1)
    return right;
  if ((down == 1 && (right == 0 || right == -1)) || (down == -1 && (right == 0 || right == 1)))
    return 10 * down + right;
  return NO_STEP;
}

static int
step_over_pad (char from, char to)
{
  int down, right;

  if (from < '1' || from > '9' || to < '1' || to > '9')
    return NO_STEP;
  down = (to - '1') / 3 - (from - '1') / 3;
  right = (to - '1') % 3 - (from - '1') % 3;
  return ABS (down) <= 1 && ABS (right) <= 1 ? 10 * down + right : NO_STEP;
}

static int
step_of_counting (char from, char to)
{
  int step = to - from;

  if (g_ascii_isdigit (from) && g_ascii_isdigit (to))
    {
      if (ABS (step) == 9)
        step = step > 0 ? -1 : 1;
      return ABS (step) <= 2 ? step : NO_STEP;
    }
  if (!g_ascii_isalpha (from) || !g_ascii_isalpha (to))
    return NO_STEP;
  return ABS (step) <= 1 ? step : NO_STEP;
}

/* How many characters from @text on are one run. */
static guint
measure_run (const char *text, guint length, StepFunc step, gboolean is_even)
{
  int first = length > 1 ? step (text[0], text[1]) : NO_STEP;
  guint n = 1;

  if (first == NO_STEP)
    return 1;
  while (n < length)
    {
      int next = step (text[n - 1], text[n]);

      if (next == NO_STEP || (is_even && next != first))
        break;
      n++;
    }
  return n;
}

static guint
measure_longest (const char *text, guint length)
{
  static const struct
  {
    StepFunc step;
    gboolean is_even;
  } kinds[] = {
    { step_over_keys, TRUE },    { step_over_keys, FALSE },    { step_over_pad, TRUE },
    { step_of_counting, TRUE }, { step_of_counting, FALSE },
  };
  guint longest = 1;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      guint n = measure_run (text, length, kinds[i].step, kinds[i].is_even);

      if (n >= (kinds[i].is_even ? MIN_EVEN : MIN_FREE))
        longest = MAX (longest, n);
    }
  return longest;
}

static guint
count_worth (const char *text, guint length)
{
  guint worth = 0;

  for (guint i = 0; i < length; i += measure_longest (text + i, length - i))
    worth++;
  return worth;
}

/* With Shift, a digit's key is the same key; its signs are those of British and American keyboards. */
static char
unshift (gunichar c)
{
  static const char shifted[] = "!1@2\"2#3$4%5^6&7*8(9)0_-+={[}]:;<,>.?/";

  if (c == 0xA3) /* the pound sign */
    return '3';
  if (c >= 0x80)
    return OTHER;
  for (const char *p = shifted; *p != '\0'; p += 2)
    if (*p == (char) c)
      return p[1];
  return c;
}

/* "q1w2e3r4" is two walks, a key of each in turn. */
static guint
count_worth_in_turn (const char *keys, guint length)
{
  char odd[MAX_LENGTH], even[MAX_LENGTH];
  guint n_odd = 0, n_even = 0;

  for (guint i = 0; i < length; i++)
    if (i % 2 == 0)
      even[n_even++] = keys[i];
    else
      odd[n_odd++] = keys[i];
  return count_worth (even, n_even) + count_worth (odd, n_odd);
}

/**
 * ehcp_key_walk_is_all:
 * @folded: a password in small letters
 *
 * Returns: whether next to nothing but walks and counting is in it: fewer than two runs or other characters for
 *   every five that were typed. Spaces do not count. %FALSE below 8 characters and above 128. Any thread.
 */
gboolean
ehcp_key_walk_is_all (const char *folded)
{
  char keys[MAX_LENGTH];
  guint length = 0;
  guint worth;

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_ascii_isspace (*p))
      {
        if (length == MAX_LENGTH)
          return FALSE;
        keys[length++] = unshift (g_utf8_get_char (p));
      }
  if (length < SHORTEST)
    return FALSE;
  worth = MIN (count_worth (keys, length), count_worth_in_turn (keys, length));
  return worth * 5 <= length * 2;
}
