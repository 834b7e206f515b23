/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sessions in the keyring: libsecret's file backend, which needs no daemon; and no keyring at all. */
#include "ehcp-keyring.h"

#include <glib/gstdio.h>
#include <string.h>

static const EhcpKeyringPlace council = { "https://send.wyreshire.example", "/one" };
static const EhcpKeyringPlace elsewhere = { "https://elsewhere.example", "/one" };
static const EhcpKeyringPlace other_folder = { "https://send.wyreshire.example", "/another" };

#define ACCOUNT_A "aaaaaaaa-0000-4000-8000-000000000001"
#define ACCOUNT_B "bbbbbbbb-0000-4000-8000-000000000001"

static EhcpSession *
make_session (const char *account, const char *token, gint64 signed_in_at)
{
  EhcpKey key;

  ehcp_key_make (&key);
  return ehcp_session_new (account, token, &key, signed_in_at);
}

static void
test_text (void)
{
  g_autoptr (EhcpSession) session = make_session (ACCOUNT_A, "token", 7);
  g_autofree char *text = ehcp_session_format (session);
  g_autoptr (EhcpSession) again = ehcp_session_parse (text);

  g_assert_nonnull (again);
  g_assert_cmpmem (again->key.bytes, EHCP_KEY_BYTES, session->key.bytes, EHCP_KEY_BYTES);
  g_assert_cmpstr (again->token, ==, "token");
  g_assert_cmpint (again->signed_in_at, ==, 7);
  g_assert_null (again->lock);
  session->lock = g_strdup ("$argon2id$x");
  g_free (text);
  text = ehcp_session_format (session);
  ehcp_session_free (again);
  again = ehcp_session_parse (text);
  g_assert_cmpstr (again->lock, ==, "$argon2id$x");
  g_assert_null (ehcp_session_parse ("{\"account\":\"" ACCOUNT_A "\",\"token\":\"t\",\"key\":\"AAAA\"}"));
  g_assert_null (ehcp_session_parse ("not JSON"));
}

/* Whoever signed in last is found; each account keeps its own key. */
static void
test_file_backend (void)
{
  g_autoptr (EhcpSession) a = make_session (ACCOUNT_A, "token-a", 1);
  g_autoptr (EhcpSession) b = make_session (ACCOUNT_B, "token-b", 2);
  EhcpKeyringFound found;

  ehcp_keyring_find (&council, NULL, &found, NULL);
  g_assert_cmpint (found.state, ==, EHCP_KEYRING_WORKS);
  g_assert_null (found.session);
  g_assert_cmpint (ehcp_keyring_store (&council, b, NULL), ==, EHCP_KEYRING_WORKS);
  g_assert_cmpint (ehcp_keyring_store (&council, a, NULL), ==, EHCP_KEYRING_WORKS);

  ehcp_keyring_find (&council, NULL, &found, NULL);
  g_assert_cmpstr (found.session->token, ==, "token-b");
  g_clear_pointer (&found.session, ehcp_session_free);
  ehcp_keyring_find (&council, ACCOUNT_A, &found, NULL);
  g_assert_cmpmem (found.session->key.bytes, EHCP_KEY_BYTES, a->key.bytes, EHCP_KEY_BYTES);
  g_clear_pointer (&found.session, ehcp_session_free);
  ehcp_keyring_find (&elsewhere, NULL, &found, NULL);
  g_assert_null (found.session);
  ehcp_keyring_find (&other_folder, NULL, &found, NULL);
  g_assert_null (found.session);
  ehcp_keyring_find (&council, "", &found, NULL);
  g_assert_null (found.session);

  ehcp_keyring_remove (&council, ACCOUNT_B, NULL);
  ehcp_keyring_find (&council, NULL, &found, NULL);
  g_assert_cmpstr (found.session->token, ==, "token-a");
  g_clear_pointer (&found.session, ehcp_session_free);
  ehcp_keyring_remove (&council, ACCOUNT_A, NULL);
  ehcp_keyring_find (&council, NULL, &found, NULL);
  g_assert_null (found.session);
}

static void
test_no_bus (void)
{
  g_autoptr (EhcpSession) session = make_session (ACCOUNT_A, "token", 1);
  EhcpKeyringFound found;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
      g_test_trap_assert_passed ();
      return;
    }
  g_setenv ("SECRET_BACKEND", "service", TRUE);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  g_unsetenv ("DISPLAY");
  ehcp_keyring_find (&council, NULL, &found, NULL);
  g_assert_cmpint (found.state, ==, EHCP_KEYRING_NONE);
  g_assert_null (found.session);
  g_assert_cmpint (ehcp_keyring_store (&council, session, NULL), ==, EHCP_KEYRING_NONE);
  g_assert_cmpint (ehcp_keyring_unlock (&council, NULL), ==, EHCP_KEYRING_NONE);
}

static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  EhcpKeyringFound found;

  g_cancellable_cancel (cancellable);
  ehcp_keyring_find (&council, NULL, &found, cancellable);
  g_assert_null (found.session);
}

int
main (int argc, char **argv)
{
  g_autofree char *dir = g_dir_make_tmp ("ehcp-keyring-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "test.keyring", NULL);
  int result;

  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", path, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "of this test alone", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/keyring/text", test_text);
  g_test_add_func ("/keyring/file-backend", test_file_backend);
  g_test_add_func ("/keyring/no-bus", test_no_bus);
  g_test_add_func ("/keyring/cancelled", test_cancelled);
  result = g_test_run ();
  g_unlink (path);
  g_rmdir (dir);
  return result;
}
