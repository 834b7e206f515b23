/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The style sheets' colours as what is drawn by hand finds them. */
#include "ehcp-palette.h"

#include <string.h>

#define SOURCES TEST_SRCDIR "/../src/app/"

static void
assert_colour (gboolean is_dark, gboolean is_high, const char *name, const char *expected)
{
  GdkRGBA found, wanted;

  g_assert_true (gdk_rgba_parse (&wanted, expected));
  ehcp_palette_get_for (is_dark, is_high, name, &found);
  g_assert_true (gdk_rgba_equal (&found, &wanted));
}

/* A sheet that says nothing of a colour leaves the one before it. */
static void
test_schemes (void)
{
  assert_colour (FALSE, FALSE, "late_fg", "#a51d2d");
  assert_colour (TRUE, FALSE, "late_fg", "#ffa39c");
  assert_colour (FALSE, TRUE, "late_fg", "#7a0814");
  assert_colour (TRUE, TRUE, "late_fg", "#ffd0cc");
  assert_colour (FALSE, TRUE, "late_bg", "#fbeaea");
  assert_colour (TRUE, TRUE, "late_bg", "#4d2c2e");
  assert_colour (FALSE, FALSE, "text_fg", "rgba(0,0,0,.8)");
  assert_colour (TRUE, TRUE, "text_fg", "white");
}

static guint
check_names (const char *path, const char *sheet)
{
  g_autofree char *text = NULL;
  guint n = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  for (const char *at = text; (at = strstr (at, "ehcp_palette_get (\"")) != NULL; n++)
    {
      g_autofree char *name = g_strndup (at + 19, strcspn (at + 19, "\""));
      g_autofree char *line = g_strdup_printf ("@define-color %s ", name);

      g_assert_nonnull (strstr (sheet, line));
      at += 19;
    }
  return n;
}

/* What the sources draw with is defined for every scheme, since style.css is in all of them. */
static void
test_names (void)
{
  const char *const folders[] = { "", "account/", "desktop/", "family/", "staff/", "widgets/" };
  g_autofree char *sheet = NULL;
  guint n = 0;

  g_assert_true (g_file_get_contents (TEST_DATADIR "/style.css", &sheet, NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *folder = g_strconcat (SOURCES, folders[i], NULL);
      g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
      const char *file;

      g_assert_nonnull (dir);
      while ((file = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *path = g_build_filename (folder, file, NULL);

          if (g_str_has_suffix (file, ".c"))
            n += check_names (path, sheet);
        }
    }
  g_assert_cmpuint (n, >=, 13);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/palette/schemes", test_schemes);
  g_test_add_func ("/palette/names", test_names);
  return g_test_run ();
}
