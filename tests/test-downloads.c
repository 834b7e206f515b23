/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ehcp-downloads.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  const char *name;
  const char *clean;
} Name;

static void
test_names (void)
{
  const Name names[] = {
    { "Letter.pdf", "Letter.pdf" },
    { "../../etc/passwd", "etc_passwd" },
    { "..\\..\\x.pdf", "x.pdf" },
    { "a\nb.pdf", "a_b.pdf" },
    { "gpj.\xe2\x80\xae" "fdp.exe", "gpj._fdp.exe" },
    { ".bashrc", "bashrc" },
    { "", "document" },
    { NULL, "document" },
    { "Z\xc3\xbc\x65.txt", "Z\xc3\xbc\x65.txt" },
    { "\xff.pdf", "\xef\xbf\xbd.pdf" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *clean = ehcp_downloads_clean_name (names[i].name);

      g_assert_cmpstr (clean, ==, names[i].clean);
    }
}

static void
test_long_name (void)
{
  g_autofree char *stem = g_strnfill (300, 'x');
  g_autofree char *name = g_strconcat (stem, ".pdf", NULL);
  g_autofree char *clean = ehcp_downloads_clean_name (name);

  g_assert_cmpuint (strlen (clean), <=, 201);
  g_assert_true (g_str_has_suffix (clean, "x.pdf"));
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GAsyncResult **place = data;

  *place = g_object_ref (result);
}

static char *
save (const char *text, const char *name, GError **error)
{
  g_autoptr (GBytes) content = g_bytes_new (text, strlen (text));
  g_autoptr (GAsyncResult) result = NULL;

  ehcp_downloads_save_async (content, name, NULL, saved_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return ehcp_downloads_save_finish (result, error);
}

static void
assert_holds (const char *path, const char *text)
{
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &content, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (content, ==, text);
}

static void
test_save (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *first = save ("one", "Letter.pdf", &error);
  g_autofree char *second = save ("two", "Letter.pdf", &error);
  g_autofree char *third = save ("three", "Letter.pdf", &error);

  g_assert_no_error (error);
  g_assert_true (g_str_has_suffix (first, "Downloads/Letter.pdf"));
  g_assert_true (g_str_has_suffix (second, "Downloads/Letter (1).pdf"));
  g_assert_true (g_str_has_suffix (third, "Downloads/Letter (2).pdf"));
  assert_holds (first, "one");
  assert_holds (second, "two");
  assert_holds (third, "three");
}

static void
test_no_folder (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_build_filename (g_get_home_dir (), "Downloads", NULL);
  g_autofree char *away = g_strconcat (folder, "-away", NULL);

  g_assert_cmpint (g_rename (folder, away), ==, 0);
  g_file_set_contents (folder, "in the way", -1, &error);
  g_assert_no_error (error);
  g_assert_null (save ("one", "Letter.pdf", &error));
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  g_autofree char *home = g_dir_make_tmp ("ehcp-downloads-XXXXXX", NULL);

  g_setenv ("HOME", home, TRUE);
  g_setenv ("XDG_CONFIG_HOME", home, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/downloads/names", test_names);
  g_test_add_func ("/downloads/long-name", test_long_name);
  g_test_add_func ("/downloads/save", test_save);
  g_test_add_func ("/downloads/no-folder", test_no_folder);
  return g_test_run ();
}
