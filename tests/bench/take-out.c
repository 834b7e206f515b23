/* SPDX-License-Identifier: GPL-3.0-or-later */
/* usage: take-out N FILE FOLDER: joins the PDF N times into one, as "Your papers" does; prints the seconds and the
 * megabytes of memory that it needed at most. */
#include <stdlib.h>
#include <string.h>

#include "ehcp-kinds.h"
#include "ehcp-papers-writer.h"

static double
read_peak_mb (void)
{
  g_autofree char *status = NULL;
  const char *peak;

  g_file_get_contents ("/proc/self/status", &status, NULL, NULL);
  peak = status != NULL ? strstr (status, "VmHWM:") : NULL;
  return peak != NULL ? g_ascii_strtod (peak + strlen ("VmHWM:"), NULL) / 1024 : 0;
}

static GPtrArray *
make_entries (guint n)
{
  GPtrArray *entries = g_ptr_array_new ();

  for (guint i = 0; i < n; i++)
    {
      EhcpPapersEntry *entry = g_new0 (EhcpPapersEntry, 1);

      entry->group = "Documents";
      entry->folder = "documents";
      entry->title = g_strdup_printf ("Report number %u", i + 1);
      entry->day = 2461000 + (gint32) i;
      entry->document = ehcp_record_new (ehcp_kind_get_shape (EHCP_KIND_DOCUMENT));
      ehcp_record_set_text (entry->document, "media_type", "application/pdf");
      g_ptr_array_add (entries, entry);
    }
  return entries;
}

int
main (int argc, char **argv)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GError) error = NULL;
  GPtrArray *entries;
  EhcpPapersWriter *writer;

  if (argc != 4)
    return EXIT_FAILURE;
  entries = make_entries ((guint) atoi (argv[1]));
  writer = ehcp_papers_writer_new (EHCP_PAPERS_PDF, argv[3], "Papers", "Made for the bench", entries, &error);
  for (guint i = 0; writer != NULL && i < entries->len; i++)
    {
      g_autoptr (GBytes) content = NULL;
      char *bytes;
      gsize length;

      if (!g_file_get_contents (argv[2], &bytes, &length, &error))
        break;
      content = g_bytes_new_take (bytes, length);
      if (!ehcp_papers_writer_add (writer, g_ptr_array_index (entries, i), content, &error))
        break;
    }
  if (error != NULL || ehcp_papers_writer_finish (writer, &error) == NULL)
    g_error ("%s", error->message);
  ehcp_papers_writer_free (writer);
  g_print ("%.2f %.1f\n", (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC, read_peak_mb ());
  return EXIT_SUCCESS;
}
