/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Time-based codes. What is stored, and that a step works once, is the council's business. */
#include "ehcp-totp.h"

#include <string.h>

#define SHA1_LENGTH 20
#define TEXT_LENGTH 32 /* of 20 bytes in base 32: no padding */

static const char base32[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** ehcp_totp_make_code: @step: whole steps since 1970; @code: (out): six digits. Any thread. */
void
ehcp_totp_make_code (const guint8 secret[EHCP_TOTP_SECRET_LENGTH], gint64 step, char code[7])
{
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA1, secret, EHCP_TOTP_SECRET_LENGTH);
  guint64 counter = GUINT64_TO_BE ((guint64) step);
  guint8 digest[SHA1_LENGTH];
  gsize length = sizeof digest;
  guint32 number;
  guint offset;

  g_hmac_update (hmac, (const guchar *) &counter, sizeof counter);
  g_hmac_get_digest (hmac, digest, &length);
  /* RFC 4226, 5.3: the last four bits say where the number stands. */
  offset = digest[SHA1_LENGTH - 1] & 0xf;
  memcpy (&number, digest + offset, sizeof number);
  number = GUINT32_FROM_BE (number) & 0x7fffffff;
  g_snprintf (code, 7, "%06u", number % 1000000);
}

/* In the same time whatever is wrong. */
static gboolean
is_same (const char *a, const char *b)
{
  guint8 difference = 0;

  if (strlen (a) != strlen (b))
    return FALSE;
  for (; *a != '\0'; a++, b++)
    difference |= (guint8) (*a ^ *b);
  return difference == 0;
}

/**
 * ehcp_totp_find_step:
 * @secret: the account's
 * @code: six digits
 * @now: seconds since 1970
 * @last_step: the newest step that was used, %EHCP_TOTP_NONE for none
 *
 * One step before and after now count too: clocks differ, and people are slow. A step works once, and none before
 * it after it.
 *
 * Returns: the step of the code, or %EHCP_TOTP_NONE. Any thread.
 */
gint64
ehcp_totp_find_step (const guint8 secret[EHCP_TOTP_SECRET_LENGTH], const char *code, gint64 now, gint64 last_step)
{
  gint64 middle = now / EHCP_TOTP_STEP_S;
  gint64 found = EHCP_TOTP_NONE;

  for (gint64 step = middle + 1; step >= middle - 1; step--)
    {
      char right[7];

      ehcp_totp_make_code (secret, step, right);
      if (is_same (right, code) && step > last_step)
        found = step;
    }
  return found;
}

/** ehcp_totp_format_secret: Returns: (transfer full): in base 32, as authenticator apps read it. Any thread. */
char *
ehcp_totp_format_secret (const guint8 secret[EHCP_TOTP_SECRET_LENGTH])
{
  char *text = g_malloc0 (TEXT_LENGTH + 1);

  for (guint i = 0; i < TEXT_LENGTH; i++)
    {
      guint bit = i * 5;
      guint pair = (guint) secret[bit / 8] << 8 | (bit / 8 + 1 < EHCP_TOTP_SECRET_LENGTH ? secret[bit / 8 + 1] : 0);

      text[i] = base32[(pair >> (11 - bit % 8)) & 31];
    }
  return text;
}

/** ehcp_totp_group_secret: @secret: in base 32. Returns: (transfer full): "GEZD GNBV …", in groups of four, to be
 * typed. Any thread. */
char *
ehcp_totp_group_secret (const char *secret)
{
  GString *grouped = g_string_new (NULL);

  for (gsize i = 0; secret[i] != '\0'; i++)
    {
      if (i > 0 && i % 4 == 0)
        g_string_append_c (grouped, ' ');
      g_string_append_c (grouped, secret[i]);
    }
  return g_string_free (grouped, FALSE);
}

/** ehcp_totp_parse_secret: @text: base 32; spaces and small letters do not matter. Returns: whether it is one.
 * Any thread. */
gboolean
ehcp_totp_parse_secret (const char *text, guint8 secret[EHCP_TOTP_SECRET_LENGTH])
{
  guint n = 0;

  memset (secret, 0, EHCP_TOTP_SECRET_LENGTH);
  for (; *text != '\0'; text++)
    {
      const char *found = strchr (base32, g_ascii_toupper (*text));

      if (*text == ' ' || *text == '-')
        continue;
      if (found == NULL || n == TEXT_LENGTH)
        return FALSE;
      for (guint i = 0; i < 5; i++)
        if (((found - base32) >> (4 - i) & 1) != 0)
          secret[(n * 5 + i) / 8] |= (guint8) (0x80 >> ((n * 5 + i) % 8));
      n++;
    }
  return n == TEXT_LENGTH;
}

/** ehcp_totp_make_uri: @issuer: the council's name; @account: the address. Returns: (transfer full): what the QR code
 * says: "otpauth://totp/…". Any thread. */
char *
ehcp_totp_make_uri (const guint8 secret[EHCP_TOTP_SECRET_LENGTH], const char *issuer, const char *account)
{
  g_autofree char *text = ehcp_totp_format_secret (secret);
  g_autofree char *who = g_uri_escape_string (issuer, NULL, FALSE);
  g_autofree char *name = g_uri_escape_string (account, "@", FALSE);

  return g_strdup_printf ("otpauth://totp/%s:%s?secret=%s&issuer=%s&algorithm=SHA1&digits=6&period=%d", who, name,
                          text, who, EHCP_TOTP_STEP_S);
}
