/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lets a process of its own write a document's pages anew. */
#include "ehcp-render-export.h"

#include "ehcp-render-peer.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* What the process wrote. It has ended, so that nothing changes under the reader. */
static GBytes *
map_written (int fd, GError **error)
{
  struct stat status;
  GBytes *bytes = NULL;

  if (fstat (fd, &status) == 0 && status.st_size > 0)
    bytes = ehcp_render_memory_map (fd, (gsize) status.st_size);
  if (bytes == NULL)
    g_set_error (error, EHCP_RENDER_ERROR, EHCP_RENDER_ERROR_FAILED, "what was written: %s",
                 g_strerror (errno));
  return bytes;
}

static gboolean
ask (GBytes *content, guint first, const char *foot, int written, GError **error)
{
  g_autoptr (EhcpRenderPeer) peer = ehcp_render_peer_start (error);
  g_autoptr (GVariant) sizes = NULL;
  g_autoptr (GVariant) answer = NULL;
  int memory;

  if (peer == NULL)
    return FALSE;
  memory = ehcp_render_memory_new_from_bytes ("document", content);
  sizes = ehcp_render_peer_ask (peer, EHCP_WIRE_OPEN, g_variant_new ("()"), memory, error);
  if (memory >= 0)
    close (memory);
  if (sizes != NULL)
    answer = ehcp_render_peer_ask (peer, EHCP_WIRE_EXPORT, g_variant_new ("(us)", first, foot), written, error);
  return answer != NULL;
}

/**
 * ehcp_render_export:
 * @content: a PDF, JPEG or PNG
 * @first: number of its first page
 * @foot: what stands at the foot of each page, beside its number
 * @error: %EHCP_RENDER_ERROR, as of opening a document
 *
 * Waits, for seconds: not for the main thread.
 *
 * Returns: (transfer full) (nullable): a PDF by cairo, with text as text
 */
GBytes *
ehcp_render_export (GBytes *content, guint first, const char *foot, GError **error)
{
  int written = memfd_create ("pages", MFD_CLOEXEC);
  GBytes *pdf = NULL;

  if (written < 0)
    {
      g_set_error (error, EHCP_RENDER_ERROR, EHCP_RENDER_ERROR_FAILED, "memory for pages: %s",
                   g_strerror (errno));
      return NULL;
    }
  if (ask (content, first, foot, written, error))
    pdf = map_written (written, error);
  close (written);
  return pdf;
}
