/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ids, codes, days and times as texts; pure functions. */
#include "ehcp-text.h"

#include <string.h>
#include <sys/random.h>

/* No look-alikes: no 0 and O, 1, I and L, 2 and Z, 5 and S, 8 and B, U and V. */
#define UNIQUE_CODE_ALPHABET "34679ACDEFGHJKMNPQRTWXY"

#define JULIAN_1970 719163 /* the GLib Julian day of 1 January 1970 */

/** ehcp_text_is_id: Returns: whether @text is a UUID in lower case, of any version. */
gboolean
ehcp_text_is_id (const char *text)
{
  for (guint i = 0; i < 36; i++)
    {
      gboolean is_dash = i == 8 || i == 13 || i == 18 || i == 23;

      if (is_dash ? text[i] != '-' : !g_ascii_isxdigit (text[i]) || g_ascii_isupper (text[i]))
        return FALSE;
    }
  return text[36] == '\0';
}

/**
 * ehcp_text_new_id:
 *
 * The system's randomness, since GLib's own UUIDs can be foretold by whoever has seen enough of them, and some ids stand
 * for a step of a sign-in. Any thread.
 *
 * Returns: (transfer full): a new random UUID (RFC 9562, version 4) in lower case
 */
char *
ehcp_text_new_id (void)
{
  guint8 b[16];

  if (getentropy (b, sizeof b) != 0)
    g_error ("the system has no random numbers");
  b[6] = (guint8) (0x40 | (b[6] & 0x0f));
  b[8] = (guint8) (0x80 | (b[8] & 0x3f));
  return g_strdup_printf ("%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", b[0], b[1], b[2], b[3],
                          b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]);
}

/**
 * ehcp_text_is_clean:
 * @text: UTF-8
 * @one_line: whether line ends and tabs are refused too
 *
 * Returns: %FALSE when it has control characters, or characters that turn the writing direction of
 *   what follows (which let a name pose as another).
 */
gboolean
ehcp_text_is_clean (const char *text, gboolean one_line)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c;

      /* Nearly all there is: each text of a cache of ten thousand cases comes by here. */
      if (*p >= ' ' && *p < 0x7f)
        continue;
      c = (guchar) *p < 0x80 ? (guchar) *p : g_utf8_get_char (p);
      if (c < 0x20 && (one_line || (c != '\n' && c != '\t' && c != '\r')))
        return FALSE;
      if (c == 0x7f || (c >= 0x80 && c < 0xa0) || (c >= 0x202a && c <= 0x202e) ||
          (c >= 0x2066 && c <= 0x2069))
        return FALSE;
    }
  return TRUE;
}

/**
 * ehcp_text_is_email:
 * @text: what was typed
 *
 * A plain check that catches slips: one @, something before it, a dot in what follows, no spaces. Only
 * the e-mail that arrives proves an address. Letters beyond ASCII would need a relay that speaks RFC 6531 all the
 * way: without one they would stand in the head of the mail as bytes that nobody may send.
 *
 * Returns: whether it can be an address
 */
gboolean
ehcp_text_is_email (const char *text)
{
  const char *at = strchr (text, '@');
  const char *dot = at != NULL ? strrchr (at, '.') : NULL;

  if (at == NULL || at == text || dot == NULL || dot == at + 1 || dot[1] == '\0')
    return FALSE;
  if (strchr (at + 1, '@') != NULL || strpbrk (text, " \t\r\n<>,;:\"()[]\\") != NULL)
    return FALSE;
  return strlen (text) <= 254 && strstr (at, "..") == NULL && g_str_is_ascii (text) && ehcp_text_is_clean (text, TRUE);
}

/** ehcp_text_normalise_email: Returns: (transfer full): without outer spaces, in small letters: two
 * spellings of one address are one account. */
char *
ehcp_text_normalise_email (const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));

  return g_utf8_strdown (stripped, -1);
}

/** ehcp_text_mask_email: Returns: (transfer full): "h•••@example.org", to show where a code went. */
char *
ehcp_text_mask_email (const char *email)
{
  const char *at = strchr (email, '@');

  if (at == NULL || at == email)
    return g_strdup ("•••");
  return g_strdup_printf ("%.*s•••%s", (int) (g_utf8_next_char (email) - email), email, at);
}

/** ehcp_text_normalise_postcode: Returns: (transfer full) (nullable): "WY4 2QR" of any spelling of it;
 * %NULL when it cannot be a United Kingdom postcode. */
char *
ehcp_text_normalise_postcode (const char *text)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    if (*p != ' ')
      g_string_append_c (out, g_ascii_toupper (*p));
  if (!g_regex_match_simple ("^[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}$", out->str, 0, 0))
    return NULL;
  g_string_insert_c (out, out->len - 3, ' ');
  return g_strdup (out->str);
}

/** ehcp_text_strip_code: Returns: (transfer full): @typed without spaces, hyphens and dashes. */
char *
ehcp_text_strip_code (const char *typed)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *p = typed; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isspace (c) && g_unichar_type (c) != G_UNICODE_DASH_PUNCTUATION &&
          !g_unichar_iszerowidth (c))
        g_string_append_unichar (out, c);
    }
  return g_strdup (out->str);
}

/** ehcp_text_normalise_unique_code: Returns: (transfer full) (nullable): the 8 characters of a unique
 * code in capitals, however it was typed; %NULL when it cannot be one. */
char *
ehcp_text_normalise_unique_code (const char *typed)
{
  g_autofree char *stripped = ehcp_text_strip_code (typed);
  g_autofree char *code = g_ascii_strup (stripped, -1);

  if (strlen (code) != EHCP_UNIQUE_CODE_LENGTH ||
      strspn (code, UNIQUE_CODE_ALPHABET) != EHCP_UNIQUE_CODE_LENGTH)
    return NULL;
  return g_steal_pointer (&code);
}

/** ehcp_text_group_unique_code: Returns: (transfer full): "K7QM-4XHD" of "K7QM4XHD". */
char *
ehcp_text_group_unique_code (const char *code)
{
  return g_strdup_printf ("%.4s-%s", code, code + MIN (strlen (code), 4));
}

static gboolean
read_number (const char *text, guint n_digits, int *number)
{
  *number = 0;
  for (guint i = 0; i < n_digits; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      *number = *number * 10 + g_ascii_digit_value (text[i]);
    }
  return TRUE;
}

static gint32
read_date (const char *text)
{
  int year, month, day;
  GDate date;

  if (!read_number (text, 4, &year) || text[4] != '-' || !read_number (text + 5, 2, &month) ||
      text[7] != '-' || !read_number (text + 8, 2, &day))
    return 0;
  if (year < 1900 || !g_date_valid_dmy (day, month, year))
    return 0;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, day, month, year);
  return g_date_get_julian (&date);
}

/** ehcp_date_parse: Returns: the GLib Julian day of exactly "YYYY-MM-DD" from 1900 on; 0 otherwise. */
gint32
ehcp_date_parse (const char *text)
{
  if (text == NULL || strlen (text) != EHCP_DATE_LENGTH)
    return 0;
  return read_date (text);
}

/** ehcp_date_format: Returns: @buffer, with "YYYY-MM-DD"; "" for day 0. */
const char *
ehcp_date_format (gint32 day, char buffer[EHCP_DATE_LENGTH + 1])
{
  GDate date;

  buffer[0] = '\0';
  if (day <= 0)
    return buffer;
  g_date_clear (&date, 1);
  g_date_set_julian (&date, day);
  g_snprintf (buffer, EHCP_DATE_LENGTH + 1, "%04u-%02u-%02u", g_date_get_year (&date) % 10000,
              g_date_get_month (&date) % 100, g_date_get_day (&date) % 100u);
  return buffer;
}

/** ehcp_time_parse: Returns: seconds since 1970 of exactly "YYYY-MM-DDTHH:MM:SSZ"; -1 otherwise. */
gint64
ehcp_time_parse (const char *text)
{
  gint32 day = text != NULL && strlen (text) == EHCP_TIME_LENGTH ? read_date (text) : 0;
  int hour, minute, second;

  if (day == 0 || text[10] != 'T' || !read_number (text + 11, 2, &hour) || text[13] != ':' ||
      !read_number (text + 14, 2, &minute) || text[16] != ':' || !read_number (text + 17, 2, &second) ||
      text[19] != 'Z' || hour > 23 || minute > 59 || second > 59)
    return -1;
  return (((gint64) day - JULIAN_1970) * 24 + hour) * 3600 + minute * 60 + second;
}

/** ehcp_time_format: Returns: (transfer full): "YYYY-MM-DDTHH:MM:SSZ" of seconds since 1970. */
char *
ehcp_time_format (gint64 unix_s)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (unix_s);

  return time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ") : g_strdup ("");
}
