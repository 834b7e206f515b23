/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people type about themselves. The council checks the same again; here it is said sooner, at the
 * field, in words that say what to do. */
#include "ehcp-details-check.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ehcp-text.h"

#define OLDEST_YEARS 120
#define MIN_TELEPHONE_DIGITS 9
#define MAX_TELEPHONE_DIGITS 15
#define MAX_TELEPHONE_LENGTH 40
#define MAX_EMAIL_LENGTH 254
#define N_CODE_DIGITS 6

static char *
strip (const char *typed)
{
  return g_strstrip (g_strdup (typed));
}

/* @when_missing: the sentence for an empty one; NULL: it may be empty. @max: characters. */
char *
ehcp_details_check_text (const char *typed, const char *when_missing, gsize max)
{
  g_autofree char *text = strip (typed);
  gsize length = (gsize) g_utf8_strlen (text, -1);

  if (length == 0)
    return g_strdup (when_missing);
  if (length > max)
    return g_strdup_printf (ngettext ("This is too long. Use %d character or fewer",
                                      "This is too long. Use %d characters or fewer", (gulong) max),
                            (int) max);
  if (!ehcp_text_is_clean (text, TRUE))
    return g_strdup (_("Use letters, numbers and signs on one line only"));
  return NULL;
}

/* Day, month and year in this order, with anything between them that is no digit. */
static gboolean
read_day_month_year (const char *text, int *day, int *month, int *year)
{
  int *numbers[] = { day, month, year };
  guint n = 0;

  for (const char *p = text; *p != '\0';)
    {
      gsize length = strspn (p, "0123456789");

      if (length == 0)
        {
          if (strchr (" /.-", *p) == NULL)
            return FALSE;
          p++;
          continue;
        }
      if (n == G_N_ELEMENTS (numbers) || length > 4 || (n < 2 && length > 2))
        return FALSE;
      *numbers[n++] = (int) g_ascii_strtoll (p, NULL, 10);
      p += length;
    }
  return n == G_N_ELEMENTS (numbers);
}

/* Typed as d/m/yyyy. @today: a Julian day. @day: (out): the Julian day when it is right. */
char *
ehcp_details_check_date_of_birth (const char *typed, gint32 today, gint32 *day)
{
  g_autofree char *text = strip (typed);
  int d = 0, m = 0, y = 0;
  GDate date;

  *day = 0;
  if (text[0] == '\0')
    return g_strdup (_("Enter your date of birth"));
  if (!read_day_month_year (text, &d, &m, &y))
    return g_strdup (_("Enter your date of birth as day, month and year, such as 14/6/1986"));
  if (y < 1000)
    return g_strdup (_("Enter the year of your birth with four digits, such as 1986"));
  if (m < 1 || m > 12)
    return g_strdup (_("Check the month of your birth: it is a number from 1 to 12"));
  if (!g_date_valid_dmy ((GDateDay) d, (GDateMonth) m, (GDateYear) y))
    return g_strdup (_("Check the day of your birth: that month does not have it"));
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) d, (GDateMonth) m, (GDateYear) y);
  if ((gint32) g_date_get_julian (&date) >= today)
    return g_strdup (_("Enter your own date of birth: this day is not in the past"));
  if ((gint32) g_date_get_julian (&date) < today - OLDEST_YEARS * 366)
    return g_strdup (_("Check the year of your birth: it is too long ago"));
  *day = (gint32) g_date_get_julian (&date);
  return NULL;
}

char *
ehcp_details_check_telephone (const char *typed)
{
  g_autofree char *text = strip (typed);
  guint n_digits = 0;

  if (text[0] == '\0')
    return g_strdup (_("Enter your telephone number"));
  for (const char *p = text; *p != '\0'; p++)
    {
      if (g_ascii_isdigit (*p))
        n_digits++;
      else if (strchr (" +()-.", *p) == NULL)
        return g_strdup (_("Use only digits, spaces and + in the telephone number"));
    }
  if (n_digits < MIN_TELEPHONE_DIGITS || n_digits > MAX_TELEPHONE_DIGITS ||
      strlen (text) > MAX_TELEPHONE_LENGTH)
    return g_strdup (_("Enter a full telephone number, such as 01632 960 733"));
  return NULL;
}

/* @postcode: (out) (transfer full): as it is written, "WY4 2QR", when it is right. */
char *
ehcp_details_check_postcode (const char *typed, char **postcode)
{
  g_autofree char *text = strip (typed);

  *postcode = NULL;
  if (text[0] == '\0')
    return g_strdup (_("Enter your postcode"));
  *postcode = ehcp_text_normalise_postcode (text);
  return *postcode != NULL ? NULL : g_strdup (_("Enter a full postcode, such as WY4 2QR"));
}

/* @email: (out) (transfer full): as it is sent, when it is right. */
char *
ehcp_details_check_email (const char *typed, char **email)
{
  g_autofree char *text = strip (typed);

  *email = NULL;
  if (text[0] == '\0')
    return g_strdup (_("Enter your e-mail address"));
  if (strlen (text) > MAX_EMAIL_LENGTH || !ehcp_text_is_email (text))
    return g_strdup (_("Enter a full e-mail address, such as name@example.org"));
  *email = g_steal_pointer (&text);
  return NULL;
}

/* All digits, when there are exactly six: "1 2 3 4 5 6". */
static char *
only_digits (const char *typed)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  for (const char *p = typed; *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      g_string_append_c (digits, *p);
  return digits->len == N_CODE_DIGITS ? g_strdup (digits->str) : NULL;
}

char *
ehcp_details_find_code (const char *typed)
{
  g_autoptr (GRegex) regex =
      g_regex_new ("(?<![0-9])([0-9]{3})[\\s\\p{Pd}\\x{200B}]*([0-9]{3})(?![0-9])", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *first = NULL, *second = NULL;

  if (!g_utf8_validate (typed, -1, NULL))
    return NULL;
  if (!g_regex_match (regex, typed, 0, &match))
    return only_digits (typed);
  first = g_match_info_fetch (match, 1);
  second = g_match_info_fetch (match, 2);
  return g_strconcat (first, second, NULL);
}
