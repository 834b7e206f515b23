/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document's own pages come from a process that draws them anew (ehcp-render-export.c), so that no stranger's
 * PDF gets into ours as it is. Nothing is kept but numbers, however many documents there are. */
#include "ehcp-papers-writer.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "ehcp-day-words.h"
#include "ehcp-document-words.h"
#include "ehcp-downloads.h"
#include "ehcp-pdf-join.h"
#include "ehcp-render-export.h"

#define MAX_NUMBER 999
#define LANGUAGE "en-GB"

struct _EhcpPapersWriter
{
  EhcpPapersForm form;
  char *title;
  char *made;
  GPtrArray *entries; /* borrowed */
  char *path;
  GOutputStream *out;     /* of the PDF */
  EhcpPdfJoin *join;
  guint n_front;          /* pages of the contents */
  struct archive *archive; /* of the ZIP */
  GString *manifest;
  guint n_files;
  gboolean is_finished;
};

static void
set_archive_error (EhcpPapersWriter *writer, GError **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the ZIP: %s", archive_error_string (writer->archive));
}

/* The PDF */

static GBytes *
make_front (EhcpPapersWriter *writer, guint *n_pages, GError **error)
{
  g_autoptr (EhcpPaper) front = ehcp_papers_list_make_front (writer->entries, writer->title, writer->made);
  GBytes *pdf;

  ehcp_paper_set_first_page (front, 1);
  pdf = ehcp_paper_make_pdf (front, error);
  *n_pages = ehcp_paper_get_n_pages (front);
  return pdf;
}

static gboolean
begin_pdf (EhcpPapersWriter *writer, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (writer->path);
  g_autoptr (GBytes) trial = make_front (writer, &writer->n_front, error);

  if (trial == NULL)
    return FALSE;
  writer->out = G_OUTPUT_STREAM (g_file_replace (file, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, error));
  if (writer->out == NULL)
    return FALSE;
  writer->join = ehcp_pdf_join_new (writer->out);
  return TRUE;
}

static EhcpPaper *
make_note (const EhcpPapersEntry *entry, const char *why)
{
  EhcpPaper *paper = ehcp_paper_new (entry->title, entry->title);
  const char *name = ehcp_record_get_text (entry->document, "file_name");

  ehcp_paper_add (paper, EHCP_PAPER_TITLE, entry->title);
  ehcp_paper_add (paper, EHCP_PAPER_TEXT, why);
  ehcp_paper_add (paper, EHCP_PAPER_SMALL, name != NULL ? name : "");
  return paper;
}

static EhcpPaper *
make_text (const EhcpPapersEntry *entry, GBytes *content)
{
  gsize length = 0;
  const char *bytes = g_bytes_get_data (content, &length);
  g_autofree char *text = g_utf8_make_valid (bytes != NULL ? bytes : "", (gssize) length);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  EhcpPaper *paper = ehcp_paper_new (entry->title, entry->title);

  ehcp_paper_add (paper, EHCP_PAPER_TITLE, entry->title);
  for (guint i = 0; lines[i] != NULL; i++)
    ehcp_paper_add (paper, EHCP_PAPER_TEXT, *lines[i] != '\0' ? lines[i] : " ");
  return paper;
}

static GBytes *
make_paper_pages (EhcpPaper *paper, guint first, GError **error)
{
  ehcp_paper_set_first_page (paper, first);
  return ehcp_paper_make_pdf (paper, error);
}

/* One that cannot be drawn is named, with where its original is. */
static GBytes *
make_document_pages (const EhcpPapersEntry *entry, GBytes *content, guint first, GError **error)
{
  EhcpDocumentFormat format = ehcp_document_format (ehcp_record_get_text (entry->document, "media_type"));
  g_autofree char *state = ehcp_document_state_words (entry->document);
  g_autoptr (EhcpPaper) paper = NULL;
  GBytes *pdf = NULL;

  if (content != NULL && (format == EHCP_FORMAT_PDF || format == EHCP_FORMAT_PICTURE))
    pdf = ehcp_render_export (content, first, entry->title, NULL);
  if (pdf != NULL)
    return pdf;
  if (content != NULL && format == EHCP_FORMAT_TEXT)
    paper = make_text (entry, content);
  else if (content == NULL)
    paper = make_note (entry, state != NULL ? state : _("This document could not be had when this was made."));
  else
    paper = make_note (entry, _("This document cannot be shown as pages. Its original is in the ZIP file that "
                                "“Your papers” makes."));
  return make_paper_pages (paper, first, error);
}

static gboolean
add_to_pdf (EhcpPapersWriter *writer, EhcpPapersEntry *entry, GBytes *content, GError **error)
{
  guint first = writer->n_front + ehcp_pdf_join_get_n_pages (writer->join) + 1;
  g_autoptr (GBytes) pdf = entry->paper != NULL ? make_paper_pages (entry->paper, first, error)
                                                : make_document_pages (entry, content, first, error);
  g_autoptr (GError) failure = NULL;

  entry->page = first;
  if (pdf == NULL)
    return FALSE;
  if (ehcp_pdf_join_add (writer->join, pdf, entry->title, 0, FALSE, &failure))
    return TRUE;
  if (entry->document != NULL && g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    {
      g_autoptr (EhcpPaper) note = make_note (entry, _("This document cannot be shown as pages."));
      g_autoptr (GBytes) said = make_paper_pages (note, first, error);

      return said != NULL && ehcp_pdf_join_add (writer->join, said, entry->title, 0, FALSE, error);
    }
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
finish_pdf (EhcpPapersWriter *writer, GError **error)
{
  guint n_front;
  g_autoptr (GBytes) front = make_front (writer, &n_front, error);

  return front != NULL && ehcp_pdf_join_add (writer->join, front, _("Contents"), 0, TRUE, error) &&
         ehcp_pdf_join_finish (writer->join, writer->title, LANGUAGE, error) &&
         g_output_stream_close (writer->out, NULL, error);
}

/* The ZIP */

static gboolean
begin_zip (EhcpPapersWriter *writer, GError **error)
{
  writer->archive = archive_write_new ();
  writer->manifest = g_string_new ("file,kind,title,date,bytes,sha256\r\n");
  if (archive_write_set_format_zip (writer->archive) == ARCHIVE_OK &&
      archive_write_set_options (writer->archive, "hdrcharset=UTF-8") == ARCHIVE_OK &&
      archive_write_open_filename (writer->archive, writer->path) == ARCHIVE_OK)
    return TRUE;
  set_archive_error (writer, error);
  return FALSE;
}

static gboolean
write_member (EhcpPapersWriter *writer, const char *name, GBytes *content, GError **error)
{
  struct archive_entry *member = archive_entry_new ();
  gsize length;
  const void *bytes = g_bytes_get_data (content, &length);
  gboolean is_written;

  archive_entry_set_pathname_utf8 (member, name);
  archive_entry_set_size (member, (la_int64_t) length);
  archive_entry_set_filetype (member, AE_IFREG);
  archive_entry_set_perm (member, 0600);
  is_written = archive_write_header (writer->archive, member) == ARCHIVE_OK &&
               archive_write_data (writer->archive, bytes, length) == (la_ssize_t) length;
  archive_entry_free (member);
  if (!is_written)
    set_archive_error (writer, error);
  return is_written;
}

/* A cell that a spreadsheet would run is none. */
static void
append_cell (GString *row, const char *text, const char *end)
{
  g_autoptr (GString) cell = g_string_new (text != NULL ? text : "");

  if (*cell->str != '\0' && strchr ("=+-@\t\r", *cell->str) != NULL)
    g_string_prepend_c (cell, '\'');
  g_string_replace (cell, "\"", "\"\"", 0);
  g_string_append_printf (row, "\"%s\"%s", cell->str, end);
}

static void
note_file (EhcpPapersWriter *writer, const char *name, const EhcpPapersEntry *entry, GBytes *content)
{
  g_autofree char *sum = content != NULL ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content) : NULL;
  g_autofree char *size =
      content != NULL ? g_strdup_printf ("%" G_GSIZE_FORMAT, g_bytes_get_size (content)) : NULL;
  g_autofree char *day = entry->day > 0 ? ehcp_day_words_year (entry->day) : NULL;

  append_cell (writer->manifest, name, ",");
  append_cell (writer->manifest, entry->group, ",");
  append_cell (writer->manifest, entry->title, ",");
  append_cell (writer->manifest, day, ",");
  append_cell (writer->manifest, size, ",");
  append_cell (writer->manifest, sum != NULL ? sum : _("could not be had"), "\r\n");
}

static char *
make_member_name (EhcpPapersWriter *writer, const EhcpPapersEntry *entry)
{
  const char *name = entry->document != NULL ? ehcp_record_get_text (entry->document, "file_name") : NULL;
  g_autofree char *clean = ehcp_downloads_clean_name (name != NULL ? name : entry->title);

  return g_strdup_printf ("%s/%03u %s%s", entry->folder, ++writer->n_files, clean,
                          entry->document != NULL ? "" : ".pdf");
}

static gboolean
add_to_zip (EhcpPapersWriter *writer, EhcpPapersEntry *entry, GBytes *content, GError **error)
{
  g_autofree char *name = make_member_name (writer, entry);
  g_autoptr (GBytes) made = entry->paper != NULL ? make_paper_pages (entry->paper, 1, error) : NULL;

  if (entry->paper != NULL && made == NULL)
    return FALSE;
  content = made != NULL ? made : content;
  note_file (writer, name, entry, content);
  return content == NULL || write_member (writer, name, content, error);
}

static gboolean
finish_zip (EhcpPapersWriter *writer, GError **error)
{
  g_autoptr (GBytes) manifest = g_bytes_new (writer->manifest->str, writer->manifest->len);

  if (!write_member (writer, "manifest.csv", manifest, error))
    return FALSE;
  if (archive_write_close (writer->archive) == ARCHIVE_OK)
    return TRUE;
  set_archive_error (writer, error);
  return FALSE;
}

/* Both */

/* Claims the first name that is free. */
static char *
claim_path (EhcpPapersForm form, const char *folder, const char *title, GError **error)
{
  g_autofree char *clean = ehcp_downloads_clean_name (title);
  const char *ending = form == EHCP_PAPERS_PDF ? "pdf" : "zip";

  for (int i = 1; i <= MAX_NUMBER; i++)
    {
      g_autofree char *name = i == 1 ? g_strdup_printf ("%s.%s", clean, ending)
                                     : g_strdup_printf ("%s (%d).%s", clean, i, ending);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      int fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

      if (fd >= 0)
        {
          close (fd);
          return g_steal_pointer (&path);
        }
      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        break;
    }
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "no file can be made in the folder");
  return NULL;
}

EhcpPapersWriter *
ehcp_papers_writer_new (EhcpPapersForm form, const char *folder, const char *title, const char *made,
                        GPtrArray *entries, GError **error)
{
  EhcpPapersWriter *writer = g_new0 (EhcpPapersWriter, 1);

  writer->form = form;
  writer->title = g_strdup (title);
  writer->made = g_strdup (made);
  writer->entries = entries;
  writer->path = claim_path (form, folder, title, error);
  if (writer->path != NULL && (form == EHCP_PAPERS_PDF ? begin_pdf (writer, error) : begin_zip (writer, error)))
    return writer;
  ehcp_papers_writer_free (writer);
  return NULL;
}

gboolean
ehcp_papers_writer_add (EhcpPapersWriter *writer, EhcpPapersEntry *entry, GBytes *content, GError **error)
{
  return writer->form == EHCP_PAPERS_PDF ? add_to_pdf (writer, entry, content, error)
                                         : add_to_zip (writer, entry, content, error);
}

char *
ehcp_papers_writer_finish (EhcpPapersWriter *writer, GError **error)
{
  if (!(writer->form == EHCP_PAPERS_PDF ? finish_pdf (writer, error) : finish_zip (writer, error)))
    return NULL;
  writer->is_finished = TRUE;
  return g_strdup (writer->path);
}

void
ehcp_papers_writer_free (EhcpPapersWriter *writer)
{
  g_clear_pointer (&writer->join, ehcp_pdf_join_free);
  g_clear_object (&writer->out);
  if (writer->archive != NULL)
    archive_write_free (writer->archive);
  if (writer->manifest != NULL)
    g_string_free (writer->manifest, TRUE);
  if (!writer->is_finished && writer->path != NULL)
    g_unlink (writer->path);
  g_free (writer->path);
  g_free (writer->title);
  g_free (writer->made);
  g_free (writer);
}
