/* SPDX-License-Identifier: GPL-3.0-or-later */
/* usage: open-document FILE…: opens each as the viewer does and draws its first page; prints what came of it, a
 * line each: drawn, damaged, encrypted, too-large, stopped, failed. */
#include <gio/gio.h>
#include <stdlib.h>

#include "ehcp-render-document.h"
#include "ehcp-render-peer.h"

#define PATIENCE_S 6

static const char *const outcomes[] = { "damaged", "encrypted", "too-large", "stopped", "failed" };

typedef struct
{
  GMainLoop *loop;
  GAsyncResult *result;
} Wait;

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Wait *wait = data;

  g_set_object (&wait->result, result);
  g_main_loop_quit (wait->loop);
}

static const char *
open_file (Wait *wait, const char *path)
{
  g_autoptr (EhcpRenderDocument) document = NULL;
  g_autoptr (EhcpRenderPicture) picture = NULL;
  g_autoptr (GBytes) content = NULL;
  g_autoptr (GError) error = NULL;
  char *bytes;
  gsize length;

  if (!g_file_get_contents (path, &bytes, &length, NULL))
    return "missing";
  content = g_bytes_new_take (bytes, length);
  ehcp_render_document_open_async (content, NULL, done_cb, wait);
  g_main_loop_run (wait->loop);
  document = ehcp_render_document_open_finish (wait->result, &error);
  if (document == NULL)
    return outcomes[error->code];
  ehcp_render_document_render_page_async (document, 0, ehcp_render_document_limit_scale (document, 0, 2), NULL,
                                          done_cb, wait);
  g_main_loop_run (wait->loop);
  picture = ehcp_render_document_render_page_finish (document, wait->result, &error);
  return picture != NULL ? "drawn" : outcomes[error->code];
}

int
main (int argc, char **argv)
{
  Wait wait = { g_main_loop_new (NULL, FALSE), NULL };

  ehcp_render_peer_set_patience (PATIENCE_S);
  for (int i = 1; i < argc; i++)
    g_print ("%s\n", open_file (&wait, argv[i]));
  return EXIT_SUCCESS;
}
