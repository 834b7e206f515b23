/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding in a plain text: the same colours as on a page. */
#include "ehcp-document-text.h"

#define MAX_PLACES 1000
#define FLAGS (GTK_TEXT_SEARCH_CASE_INSENSITIVE | GTK_TEXT_SEARCH_VISIBLE_ONLY)

static void
make_tags (GtkTextBuffer *buffer)
{
  if (gtk_text_tag_table_lookup (gtk_text_buffer_get_tag_table (buffer), "place") != NULL)
    return;
  gtk_text_buffer_create_tag (buffer, "place", "background", "#ffeb99", NULL);
  gtk_text_buffer_create_tag (buffer, "shown", "background", "#ffb366", NULL);
}

guint
ehcp_document_text_mark (GtkTextView *view, const char *words, guint shown)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  GtkTextIter start, end, from, to;
  guint n = 0;

  make_tags (buffer);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_remove_all_tags (buffer, &start, &end);
  if (words == NULL || *words == '\0')
    return 0;
  while (n < MAX_PLACES && gtk_text_iter_forward_search (&start, words, FLAGS, &from, &to, NULL))
    {
      gtk_text_buffer_apply_tag_by_name (buffer, n == shown ? "shown" : "place", &from, &to);
      if (n == shown)
        gtk_text_view_scroll_to_iter (view, &from, .1, FALSE, 0, 0);
      start = to;
      n++;
    }
  return n;
}
