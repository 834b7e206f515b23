/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Held against poppler's own tools, which read what we wrote. */
#include "ehcp-paper.h"

#include <glib/gstdio.h>
#include <string.h>

static char *
run_on (GBytes *pdf, const char *command, const char *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *line = NULL;
  char *out = NULL;
  gsize length = 0;
  const char *bytes = g_bytes_get_data (pdf, &length);
  int file = g_file_open_tmp ("ehcp-paper-XXXXXX.pdf", &path, &error);

  g_assert_no_error (error);
  g_close (file, NULL);
  g_file_set_contents (path, bytes, (gssize) length, &error);
  g_assert_no_error (error);
  line = g_strjoin (" ", command, path, arguments, NULL);
  g_spawn_command_line_sync (line, &out, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_unlink (path), ==, 0);
  return out;
}

static void
test_copy (void)
{
  g_autoptr (EhcpPaper) paper = ehcp_paper_new ("Parental Preference Form", "Parental Preference Form");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *info = NULL;
  g_autofree char *text = NULL;

  ehcp_paper_add (paper, EHCP_PAPER_TITLE, "Parental Preference Form");
  for (int i = 0; i < 60; i++)
    {
      g_autofree char *label = g_strdup_printf ("Question number %d?", i);

      ehcp_paper_add (paper, EHCP_PAPER_LABEL, label);
      ehcp_paper_add (paper, EHCP_PAPER_TEXT, "A calm place to read, away from the corridor & the bell. "
                                              "Zoë says so.");
    }
  pdf = ehcp_paper_make_pdf (paper, &error);
  g_assert_no_error (error);
  info = run_on (pdf, "pdfinfo", NULL);
  text = run_on (pdf, "pdftotext -layout", "-");
  g_assert_nonnull (strstr (info, "Parental Preference Form"));
  g_assert_true (g_regex_match_simple ("Tagged: +yes", info, 0, 0));
  g_assert_true (g_regex_match_simple ("Pages: +[3-6]\n", info, 0, 0));
  g_assert_nonnull (strstr (text, "Question number 59?"));
  g_assert_nonnull (strstr (text, "& the bell. Zoë says so."));
  g_assert_nonnull (strstr (text, "Page 2 of"));
}

/* A label at the end of a page goes with its answer to the next one. */
static void
test_label_stays_with_its_answer (void)
{
  for (int n = 30; n < 60; n++)
    {
      g_autoptr (EhcpPaper) paper = ehcp_paper_new ("t", "t");
      g_autoptr (GBytes) pdf = NULL;
      g_autofree char *text = NULL;
      g_auto (GStrv) pages = NULL;

      for (int i = 0; i < n; i++)
        ehcp_paper_add (paper, EHCP_PAPER_TEXT, "line");
      ehcp_paper_add (paper, EHCP_PAPER_LABEL, "LABEL");
      ehcp_paper_add (paper, EHCP_PAPER_TEXT, "ANSWER");
      pdf = ehcp_paper_make_pdf (paper, NULL);
      text = run_on (pdf, "pdftotext", "-");
      pages = g_strsplit (text, "\f", -1);
      for (int i = 0; pages[i] != NULL; i++)
        g_assert_cmpint (strstr (pages[i], "LABEL") != NULL, ==, strstr (pages[i], "ANSWER") != NULL);
    }
}

static void
test_long_text_is_broken (void)
{
  g_autoptr (EhcpPaper) paper = ehcp_paper_new ("t", "t");
  g_autoptr (GString) words = g_string_new (NULL);
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *text = NULL;

  for (int i = 0; i < 3000; i++)
    g_string_append_printf (words, "w%d ", i);
  ehcp_paper_add (paper, EHCP_PAPER_TEXT, words->str);
  pdf = ehcp_paper_make_pdf (paper, NULL);
  text = run_on (pdf, "pdftotext", "-");
  g_assert_nonnull (strstr (text, "w0 "));
  g_assert_nonnull (strstr (text, "w1500"));
  g_assert_nonnull (strstr (text, "w2999"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paper/copy", test_copy);
  g_test_add_func ("/paper/label-stays-with-its-answer", test_label_stays_with_its_answer);
  g_test_add_func ("/paper/long-text-is-broken", test_long_text_is_broken);
  return g_test_run ();
}
