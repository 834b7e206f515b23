/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Authenticator codes against the vectors of RFC 6238 (the last six of eight digits), and what counts when. */
#include "ehcp-totp.h"

#include <string.h>

static const guint8 *secret = (const guint8 *) "12345678901234567890";

static void
test_vectors (void)
{
  static const struct
  {
    gint64 now;
    const char *code;
  } rows[] = { { 59, "287082" },         { 1111111109, "081804" }, { 1111111111, "050471" },
               { 1234567890, "005924" }, { 2000000000, "279037" }, { G_GINT64_CONSTANT (20000000000), "353130" } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      char code[7];

      ehcp_totp_make_code (secret, rows[i].now / EHCP_TOTP_STEP_S, code);
      g_assert_cmpstr (code, ==, rows[i].code);
    }
}

static void
test_window (void)
{
  const gint64 now = 1234567890; /* the first second of step 41152263 */
  const gint64 step = now / EHCP_TOTP_STEP_S;

  for (int away = -3; away <= 3; away++)
    {
      char code[7];
      gboolean counts = ABS (away) <= 1;

      ehcp_totp_make_code (secret, step + away, code);
      g_assert_cmpint (ehcp_totp_find_step (secret, code, now, EHCP_TOTP_NONE), ==,
                       counts ? step + away : EHCP_TOTP_NONE);
      /* Once; and none before one that was used. */
      g_assert_cmpint (ehcp_totp_find_step (secret, code, now, step + away), ==, EHCP_TOTP_NONE);
      g_assert_cmpint (ehcp_totp_find_step (secret, code, now, step), ==, away == 1 ? step + 1 : EHCP_TOTP_NONE);
    }
  g_assert_cmpint (ehcp_totp_find_step (secret, "", now, EHCP_TOTP_NONE), ==, EHCP_TOTP_NONE);
  g_assert_cmpint (ehcp_totp_find_step (secret, "0059240", now, EHCP_TOTP_NONE), ==, EHCP_TOTP_NONE);
}

static void
test_secret (void)
{
  g_autofree char *text = ehcp_totp_format_secret (secret);
  g_autofree char *grouped = ehcp_totp_group_secret (text);
  guint8 read[EHCP_TOTP_SECRET_LENGTH];

  g_assert_cmpstr (text, ==, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
  g_assert_cmpstr (grouped, ==, "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
  g_assert_true (ehcp_totp_parse_secret ("gezd gnbv gy3t qojq gezd gnbv gy3t qojq", read));
  g_assert_cmpmem (read, sizeof read, secret, EHCP_TOTP_SECRET_LENGTH);
  g_assert_false (ehcp_totp_parse_secret ("", read));
  g_assert_false (ehcp_totp_parse_secret ("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ", read));
  g_assert_false (ehcp_totp_parse_secret ("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQA", read));
  g_assert_false (ehcp_totp_parse_secret ("1EZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", read));
}

static void
test_uri (void)
{
  g_autofree char *uri = ehcp_totp_make_uri (secret, "Wyreshire & Co", "priya@x.example");

  g_assert_cmpstr (uri, ==,
                   "otpauth://totp/Wyreshire%20%26%20Co:priya@x.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                   "&issuer=Wyreshire%20%26%20Co&algorithm=SHA1&digits=6&period=30");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/totp/vectors", test_vectors);
  g_test_add_func ("/totp/window", test_window);
  g_test_add_func ("/totp/secret", test_secret);
  g_test_add_func ("/totp/uri", test_uri);
  return g_test_run ();
}
