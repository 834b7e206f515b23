/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Letters as PDF documents, read back with poppler. */
#include "ehcp-letter.h"

#include <glib/gstdio.h>
#include <math.h>
#include <poppler.h>
#include <string.h>
#include <unistd.h>

/* Debian 12's poppler does not define it for its own names, later ones do. */
typedef PopplerDocument Document;
typedef PopplerPage Page;
typedef PopplerStructureElement Element;
typedef PopplerStructureElementIter Elements;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Document, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Page, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Element, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Elements, poppler_structure_element_iter_free)

static EhcpLetter
make_letter (const char *const *paragraphs)
{
  return (EhcpLetter){
    .council = "Wyreshire Council",
    .sender = "SEND Assessment Team · 01632 960 400",
    .to = "Mrs Helen Marlow\n18 Orchard Row",
    .date = "16 October 2026",
    .reference = "WY-2026-0417",
    .title = "We will assess Isla’s needs",
    .paragraphs = paragraphs,
    .closing = "Yours sincerely,",
    .signed_by = "Priya Nair",
    .role = "SEND caseworker",
    .created = "2026-10-16T09:00:00Z",
  };
}

static PopplerDocument *
open_letter (const EhcpLetter *letter)
{
  g_autoptr (GBytes) bytes = ehcp_letter_make (letter);
  g_autoptr (GError) error = NULL;
  PopplerDocument *document = poppler_document_new_from_bytes (bytes, NULL, &error);

  g_assert_no_error (error);
  return document;
}

static char *
read_all (PopplerDocument *document)
{
  GString *text = g_string_new (NULL);

  for (int i = 0; i < poppler_document_get_n_pages (document); i++)
    {
      g_autoptr (Page) page = poppler_document_get_page (document, i);
      g_autofree char *page_text = poppler_page_get_text (page);

      g_string_append (text, page_text);
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

static void
test_page (void)
{
  static const char *const paragraphs[] = { "Dear Mrs Marlow,", "# What happens now",
                                            "We **will** assess <Isla> & tell you: 1 < 2.", NULL };
  static const char *const wanted[] = { "Wyreshire Council", "18 Orchard Row", "16 October 2026",
                                        "WY-2026-0417", "We will assess Isla’s needs",
                                        "What happens now", "We will assess <Isla> & tell you: 1 < 2.",
                                        "Priya Nair", "SEND caseworker", "Page 1 of 1" };
  EhcpLetter letter = make_letter (paragraphs);
  g_autoptr (Document) document = open_letter (&letter);
  g_autoptr (Page) page = poppler_document_get_page (document, 0);
  g_autofree char *text = read_all (document);
  g_autofree char *title = poppler_document_get_title (document);
  double width, height;

  poppler_page_get_size (page, &width, &height);
  g_assert_cmpint (lround (width), ==, 595);
  g_assert_cmpint (lround (height), ==, 842);
  g_assert_cmpint (poppler_document_get_n_pages (document), ==, 1);
  g_assert_cmpstr (title, ==, "We will assess Isla’s needs");
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      g_test_message ("%s", wanted[i]);
      g_assert_nonnull (strstr (text, wanted[i]));
    }
  g_assert_null (strstr (text, "**"));
}

static guint
count_elements (PopplerStructureElementIter *iter, PopplerStructureElementKind kind)
{
  guint n = 0;

  do
    {
      g_autoptr (Element) element = poppler_structure_element_iter_get_element (iter);
      g_autoptr (Elements) inner = poppler_structure_element_iter_get_child (iter);

      n += poppler_structure_element_get_kind (element) == kind;
      if (inner != NULL)
        n += count_elements (inner, kind);
    }
  while (poppler_structure_element_iter_next (iter));
  return n;
}

static guint
count_in (PopplerDocument *document, PopplerStructureElementKind kind)
{
  g_autoptr (Elements) iter = poppler_structure_element_iter_new (document);

  g_assert_nonnull (iter);
  return count_elements (iter, kind);
}

static void
test_structure (void)
{
  static const char *const paragraphs[] = { "Dear Mrs Marlow,", "# One", "First.", "# Two", "Second.", NULL };
  EhcpLetter letter = make_letter (paragraphs);
  g_autoptr (Document) document = open_letter (&letter);

  g_assert_cmpuint (count_in (document, POPPLER_STRUCTURE_ELEMENT_DOCUMENT), ==, 1);
  g_assert_cmpuint (count_in (document, POPPLER_STRUCTURE_ELEMENT_HEADING_1), ==, 1);
  g_assert_cmpuint (count_in (document, POPPLER_STRUCTURE_ELEMENT_HEADING_2), ==, 2);
}

static guint
count_words (const char *text, const char *prefix)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \n", -1);
  guint n = 0;

  for (guint i = 0; words[i] != NULL; i++)
    n += g_str_has_prefix (words[i], prefix);
  return n;
}

/* A paragraph of several pages loses no word, and each page has its foot. */
static void
test_long_paragraph (void)
{
  g_autoptr (GString) words = g_string_new (NULL);
  const char *paragraphs[] = { NULL, NULL };
  EhcpLetter letter = make_letter (paragraphs);
  g_autoptr (Document) document = NULL;
  g_autofree char *text = NULL;
  g_autofree char *foot = NULL;
  int n_pages;

  for (int i = 0; i < 3000; i++)
    g_string_append_printf (words, "word%d ", i);
  paragraphs[0] = words->str;
  document = open_letter (&letter);
  text = read_all (document);
  n_pages = poppler_document_get_n_pages (document);
  g_assert_cmpint (n_pages, >, 3);
  g_assert_cmpuint (count_words (text, "word"), ==, 3000);
  foot = g_strdup_printf ("Page %d of %d", n_pages, n_pages);
  g_assert_nonnull (strstr (text, foot));
}

/* For each length of the text the signature stays in one piece. */
static void
test_signature_together (void)
{
  for (int n_lines = 20; n_lines < 34; n_lines++)
    {
      g_autoptr (GPtrArray) lines = g_ptr_array_new ();
      EhcpLetter letter;
      g_autoptr (Document) document = NULL;
      g_autoptr (Page) last = NULL;
      g_autofree char *text = NULL;

      for (int i = 0; i < n_lines; i++)
        g_ptr_array_add (lines, (char *) "A line.");
      g_ptr_array_add (lines, NULL);
      letter = make_letter ((const char *const *) lines->pdata);
      document = open_letter (&letter);
      last = poppler_document_get_page (document, poppler_document_get_n_pages (document) - 1);
      text = poppler_page_get_text (last);
      g_assert_nonnull (strstr (text, "Yours sincerely,"));
      g_assert_nonnull (strstr (text, "SEND caseworker"));
    }
}

static void
test_same_bytes (void)
{
  static const char *const paragraphs[] = { "Zoë’s naïve café – ½", NULL };
  EhcpLetter letter = make_letter (paragraphs);
  g_autoptr (GBytes) one = ehcp_letter_make (&letter);
  g_autoptr (GBytes) two = ehcp_letter_make (&letter);

  g_assert_true (g_bytes_equal (one, two));
}

/* What the standard tool says of it: tagged, with a title, headings and paragraphs; and its language. */
static void
test_pdfinfo (void)
{
  static const char *const paragraphs[] = { "Dear Mrs Marlow,", "# What happens now", "We find out what others found.", NULL };
  EhcpLetter letter = make_letter (paragraphs);
  g_autoptr (GBytes) bytes = ehcp_letter_make (&letter);
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autofree char *path = NULL, *info = NULL, *tree = NULL;
  int fd = g_file_open_tmp ("letter-XXXXXX.pdf", &path, NULL);
  const char *plain[] = { "pdfinfo", path, NULL };
  const char *structure[] = { "pdfinfo", "-struct-text", path, NULL };
  g_autoptr (GError) error = NULL;

  close (fd);
  g_assert_true (g_file_set_contents (path, data, (gssize) length, NULL));
  g_assert_true (g_spawn_sync (NULL, (char **) plain, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &info, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_spawn_sync (NULL, (char **) structure, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &tree, NULL, NULL,
                               &error));
  g_assert_no_error (error);
  g_assert_nonnull (strstr (info, "We will assess Isla"));
  g_assert_true (g_regex_match_simple ("^Tagged:\\s+yes$", info, G_REGEX_MULTILINE, 0));
  g_assert_nonnull (strstr (tree, "Document"));
  g_assert_true (g_regex_match_simple ("^\\s+H1", tree, G_REGEX_MULTILINE, 0));
  g_assert_true (g_regex_match_simple ("^\\s+P ", tree, G_REGEX_MULTILINE, 0));
  g_assert_nonnull (strstr (tree, "We will assess Isla"));
  g_assert_nonnull (strstr (tree, "We find out what others found."));
  g_assert_nonnull (memmem (data, length, "/Lang (en-GB)", 13));
  g_assert_nonnull (memmem (data, length, "/DisplayDocTitle true", 21));
  g_unlink (path);
}

static void
test_sparse (void)
{
  EhcpLetter letter = { .council = "Wyreshire Council", .sender = "SEND Assessment Team",
                        .date = "16 October 2026", .title = "A report" };
  g_autoptr (Document) document = open_letter (&letter);
  g_autofree char *text = read_all (document);

  g_assert_nonnull (strstr (text, "A report"));
  g_assert_null (strstr (text, "null"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/letter/page", test_page);
  g_test_add_func ("/letter/structure", test_structure);
  g_test_add_func ("/letter/pdfinfo", test_pdfinfo);
  g_test_add_func ("/letter/long-paragraph", test_long_paragraph);
  g_test_add_func ("/letter/signature-together", test_signature_together);
  g_test_add_func ("/letter/same-bytes", test_same_bytes);
  g_test_add_func ("/letter/sparse", test_sparse);
  return g_test_run ();
}
