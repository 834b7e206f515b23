/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Content, document, then one page after the other, each in its own thread or process. */
#include "ehcp-document-whole-text.h"

#include "ehcp-document-words.h"
#include "ehcp-render-document.h"

typedef struct
{
  EhcpRecord *record;
  EhcpRenderDocument *document;
  guint page;
  GString *text;
} Reading;

static void read_next (GTask *task);

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_clear_object (&reading->record);
  g_clear_object (&reading->document);
  g_string_free (reading->text, TRUE);
  g_free (reading);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Reading *reading = g_task_get_task_data (task);
  g_autoptr (EhcpRenderText) text =
      ehcp_render_document_read_page_finish (EHCP_RENDER_DOCUMENT (source), result, NULL);

  if (text != NULL)
    g_string_append_printf (reading->text, "%s\n", text->text);
  reading->page++;
  read_next (task);
}

static void
read_next (GTask *task)
{
  Reading *reading = g_task_get_task_data (task);

  if (g_task_return_error_if_cancelled (task))
    return;
  if (reading->page == ehcp_render_document_get_n_pages (reading->document))
    g_task_return_pointer (task, g_strdup (reading->text->str), g_free);
  else
    ehcp_render_document_read_page_async (reading->document, reading->page, NULL, read_cb, g_object_ref (task));
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Reading *reading = g_task_get_task_data (task);
  GError *error = NULL;

  reading->document = ehcp_render_document_open_finish (result, &error);
  if (reading->document != NULL)
    read_next (task);
  else
    g_task_return_error (task, error);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Reading *reading = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) content = ehcp_link_load_document_finish (EHCP_LINK (source), result, &error);
  gsize length;
  const char *bytes;

  if (content == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (ehcp_document_format (ehcp_record_get_text (reading->record, "media_type")) != EHCP_FORMAT_TEXT)
    {
      ehcp_render_document_open_async (content, g_task_get_cancellable (task), opened_cb, g_object_ref (task));
      return;
    }
  bytes = g_bytes_get_data (content, &length);
  g_task_return_pointer (task, g_utf8_make_valid (bytes != NULL ? bytes : "", (gssize) length), g_free);
}

void
ehcp_document_whole_text_async (EhcpLink *link, EhcpRecord *document, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (link, cancellable, callback, data);
  Reading *reading = g_new0 (Reading, 1);

  reading->record = g_object_ref (document);
  reading->text = g_string_new (NULL);
  g_task_set_task_data (task, reading, reading_free);
  ehcp_link_load_document_async (link, document, cancellable, loaded_cb, g_object_ref (task));
}

char *
ehcp_document_whole_text_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
