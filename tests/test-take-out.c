/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything as one PDF and as a ZIP: read back by other libraries; and two plans on the screen. Needs a display. */
#include <adwaita.h>
#include <archive.h>
#include <archive_entry.h>
#include <cairo-pdf.h>
#include <glib/gstdio.h>
#include <poppler.h>
#include <string.h>

#include "app/sample.h"
#include "ehcp-compare-section.h"
#include "ehcp-link-private.h"
#include "ehcp-papers-job.h"
#include "ehcp-places.h"

typedef struct
{
  EhcpLink *link;
  char *folder;
  char *path;
  GError *error;
  gboolean is_done;
  guint n_done;
  guint n_all;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (EhcpClock) clock = sample_clock_new ();

  f->folder = g_dir_make_tmp ("test-take-out-XXXXXX", NULL);
  f->link = ehcp_link_new ("http://127.0.0.1:9/", f->folder, clock);
  ehcp_link_set_status (f->link, EHCP_LINK_SIGNED_IN);
  ehcp_link_set_first_sync (f->link, TRUE);
  sample_fill (ehcp_link_get_book (f->link), SAMPLE_WITH_ISLA);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  ehcp_link_close (f->link);
  g_object_unref (f->link);
  g_clear_error (&f->error);
  g_free (f->path);
  g_free (f->folder);
}

static void
progress_cb (gpointer data, guint n_done, guint n_all)
{
  Fixture *f = data;

  f->n_done = n_done;
  f->n_all = n_all;
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *f = data;

  f->path = ehcp_papers_make_finish (EHCP_LINK (source), result, &f->error);
  f->is_done = TRUE;
}

static void
make (Fixture *f, EhcpPapersForm form, GCancellable *cancellable)
{
  ehcp_papers_make_async (f->link, SAMPLE_ISLA, form, f->folder, "Papers about Isla Marlow", "Made on a day",
                          progress_cb, cancellable, made_cb, f);
  while (!f->is_done)
    g_main_context_iteration (NULL, TRUE);
}

static char *
read_all (PopplerDocument *document)
{
  GString *text = g_string_new (NULL);

  for (int i = 0; i < poppler_document_get_n_pages (document); i++)
    {
      PopplerPage *page = poppler_document_get_page (document, i);
      g_autofree char *part = poppler_page_get_text (page);

      g_string_append_printf (text, "%s\n", part);
      g_object_unref (page);
    }
  return g_string_free (text, FALSE);
}

/* Nothing can be fetched here: the documents are named all the same. */
static void
test_pdf (Fixture *f, gconstpointer data)
{
  g_autofree char *uri = NULL, *text = NULL;
  PopplerDocument *document;

  make (f, EHCP_PAPERS_PDF, NULL);
  g_assert_no_error (f->error);
  g_assert_cmpuint (f->n_done, ==, f->n_all);
  g_assert_cmpuint (f->n_all, >, 5);
  g_assert_true (g_str_has_suffix (f->path, "Papers about Isla Marlow.pdf"));
  uri = g_filename_to_uri (f->path, NULL, NULL);
  document = poppler_document_new_from_file (uri, NULL, &f->error);
  g_assert_no_error (f->error);
  text = read_all (document);
  g_assert_cmpint (poppler_document_get_n_pages (document), >, (int) f->n_all);
  g_assert_nonnull (strstr (text, "By date"));
  g_assert_nonnull (strstr (text, "The psychologist\u2019s visit"));
  g_assert_nonnull (strstr (text, "could not be had"));
  g_assert_nonnull (strstr (text, "Page 2"));
  g_object_unref (document);
}

static void
test_zip (Fixture *f, gconstpointer data)
{
  struct archive *archive = archive_read_new ();
  struct archive_entry *member;
  gboolean has_manifest = FALSE;
  guint n = 0;

  make (f, EHCP_PAPERS_ZIP, NULL);
  g_assert_no_error (f->error);
  archive_read_support_format_zip (archive);
  g_assert_cmpint (archive_read_open_filename (archive, f->path, 65536), ==, ARCHIVE_OK);
  while (archive_read_next_header (archive, &member) == ARCHIVE_OK)
    {
      n++;
      g_assert_null (strstr (archive_entry_pathname (member), ".."));
      has_manifest |= g_str_equal (archive_entry_pathname (member), "manifest.csv");
    }
  archive_read_free (archive);
  g_assert_true (has_manifest);
  g_assert_cmpuint (n, >, 2);
}

static void
test_cancelled (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *path = g_build_filename (f->folder, "Papers about Isla Marlow.pdf", NULL);

  g_cancellable_cancel (cancellable);
  make (f, EHCP_PAPERS_PDF, cancellable);
  g_assert_error (f->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static cairo_status_t
append_cb (void *closure, const unsigned char *bytes, unsigned int length)
{
  g_byte_array_append (closure, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

static GBytes *
make_long (const char *line)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (append_cb, bytes, 842, 595);
  cairo_t *cr = cairo_create (surface);

  for (int i = 0; i < 3; i++)
    {
      cairo_move_to (cr, 60, 60);
      cairo_show_text (cr, line);
      cairo_show_page (cr);
    }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (bytes);
}

/* A document's pages are in it as pages: numbered, with their text; a damaged one leaves a page that says so. */
static void
test_documents (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) entries = ehcp_papers_list_new (f->link, SAMPLE_ISLA);
  EhcpPapersWriter *writer =
      ehcp_papers_writer_new (EHCP_PAPERS_PDF, f->folder, "Papers", "Made", entries, &f->error);
  g_autoptr (GBytes) good = make_long ("Isla needs help");
  g_autoptr (GBytes) bad = g_bytes_new_static ("%PDF-1.4 damaged", 16);
  g_autofree char *uri = NULL, *text = NULL;
  PopplerDocument *document;
  guint n_documents = 0;

  g_assert_no_error (f->error);
  for (guint i = 0; i < entries->len; i++)
    {
      EhcpPapersEntry *entry = g_ptr_array_index (entries, i);

      if (entry->document != NULL)
        ehcp_record_set_text (entry->document, "media_type", "application/pdf");
      g_assert_true (ehcp_papers_writer_add (
          writer, entry, entry->document == NULL ? NULL : n_documents++ == 0 ? good : bad, &f->error));
    }
  f->path = ehcp_papers_writer_finish (writer, &f->error);
  g_assert_no_error (f->error);
  ehcp_papers_writer_free (writer);
  uri = g_filename_to_uri (f->path, NULL, NULL);
  document = poppler_document_new_from_file (uri, NULL, &f->error);
  g_assert_no_error (f->error);
  text = read_all (document);
  g_assert_nonnull (strstr (text, "Isla needs help"));
  g_assert_nonnull (strstr (text, "cannot be shown as pages"));
  g_object_unref (document);
}

/* Each change can be gone to, and says in words what it is. */
static void
test_section (void)
{
  g_autoptr (GPtrArray) sections = ehcp_plan_compare ("Section F\nonce a week", "Section F\ntwice a week");
  g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (EhcpCompareChange));
  GtkWidget *section = g_object_ref_sink (ehcp_compare_section_new (g_ptr_array_index (sections, 0), changes));
  const EhcpCompareChange *removed = &g_array_index (changes, EhcpCompareChange, 0);
  const EhcpCompareChange *added = &g_array_index (changes, EhcpCompareChange, 1);

  g_assert_cmpuint (changes->len, ==, 2);
  g_assert_cmpstr (gtk_label_get_text (removed->label), ==, "[Removed: once] a week ");
  g_assert_cmpstr (gtk_label_get_text (added->label), ==, "[Added: twice] a week ");
  g_assert_cmpint (removed->from, ==, 0);
  g_assert_cmpint (removed->to, ==, 15);
  g_object_unref (section);
}

#define ADD(path, func) g_test_add ("/take-out/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("pdf", test_pdf);
  ADD ("zip", test_zip);
  ADD ("cancelled", test_cancelled);
  ADD ("documents", test_documents);
  g_test_add_func ("/take-out/section", test_section);
  return g_test_run ();
}
