/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Uploads: the server says how much it has, the rest follows in pieces. When to try again, and that an
 * upload's id is stored, is the sync thread's business. */
#include "ehcp-tus.h"

#include "ehcp-text.h"

#include <string.h>

#define PIECE_BYTES (1024 * 1024)
#define UPLOADS "/v1/uploads"

static char *
make_path (const EhcpOutgoingFile *file)
{
  return g_strdup_printf (UPLOADS "/%s", file->upload);
}

static char *
make_metadata (const EhcpOutgoingFile *file)
{
  g_autofree char *name = g_base64_encode ((const guchar *) file->name, strlen (file->name));
  g_autofree char *sum = g_base64_encode ((const guchar *) file->sha256, strlen (file->sha256));

  return g_strdup_printf ("filename %s,sha256 %s", name, sum);
}

/* The server's path may be a whole address. */
static char *
read_location (const char *location)
{
  const char *slash = location != NULL ? strrchr (location, '/') : NULL;

  return slash != NULL && ehcp_text_is_id (slash + 1) ? g_strdup (slash + 1) : NULL;
}

/**
 * ehcp_tus_begin:
 * @http: of this thread
 * @token: of the session
 * @file: a file; gets the id of its upload, which the caller stores
 * @cancellable: (nullable): ends the wait
 * @error: return location
 *
 * Returns: %FALSE with the refusal (too-large), or %EHCP_ERROR_OFFLINE
 */
gboolean
ehcp_tus_begin (EhcpHttp *http, const char *token, EhcpOutgoingFile *file,
                   GCancellable *cancellable, GError **error)
{
  g_autofree char *length = g_strdup_printf ("%" G_GINT64_FORMAT, file->size);
  g_autofree char *metadata = make_metadata (file);
  EhcpRequest request = { .method = "POST",
                          .path = UPLOADS,
                          .token = token,
                          .headers = { "Tus-Resumable", "1.0.0", "Upload-Length", length,
                                       "Upload-Metadata", metadata, NULL } };
  g_autoptr (EhcpAnswer) answer = ehcp_http_send (http, &request, cancellable, error);

  if (answer == NULL)
    return FALSE;
  g_free (file->upload);
  file->upload = read_location (answer->location);
  if (file->upload == NULL)
    ehcp_set_error (error, EHCP_ERROR_FAILED, NULL, "the upload has no location");
  return file->upload != NULL;
}

static gint64
ask_offset (EhcpHttp *http, const char *token, const char *path, GCancellable *cancellable,
            GError **error)
{
  EhcpRequest request = { .method = "HEAD",
                          .path = path,
                          .token = token,
                          .headers = { "Tus-Resumable", "1.0.0", NULL } };
  g_autoptr (EhcpAnswer) answer = ehcp_http_send (http, &request, cancellable, error);

  if (answer == NULL)
    return -1;
  if (answer->upload_offset < 0)
    ehcp_set_error (error, EHCP_ERROR_FAILED, NULL, "the upload has no offset");
  return answer->upload_offset;
}

static gint64
send_piece (EhcpHttp *http, const char *token, const char *path, GBytes *content, gint64 offset,
            GCancellable *cancellable, GError **error)
{
  gint64 left = (gint64) g_bytes_get_size (content) - offset;
  g_autoptr (GBytes) piece = g_bytes_new_from_bytes (content, offset, MIN (left, PIECE_BYTES));
  g_autofree char *at = g_strdup_printf ("%" G_GINT64_FORMAT, offset);
  EhcpRequest request = { .method = "PATCH",
                          .path = path,
                          .token = token,
                          .content_type = "application/offset+octet-stream",
                          .body = piece,
                          .headers = { "Tus-Resumable", "1.0.0", "Upload-Offset", at, NULL } };
  g_autoptr (EhcpAnswer) answer = ehcp_http_send (http, &request, cancellable, error);

  if (answer == NULL)
    return -1;
  if (answer->upload_offset > offset)
    return answer->upload_offset;
  ehcp_set_error (error, EHCP_ERROR_FAILED, NULL, "the upload does not move on");
  return -1;
}

/* A line that was cut is taken up again at once, as long as more has arrived each time; otherwise it is the sync
 * thread's business when to try. The council may also have more than we thought: what was on the wire when the line
 * broke. Returns: where to go on, or -1 with the error. */
static gint64
go_on_after (EhcpHttp *http, const char *token, const char *path, gint64 *reached, GError *failure,
             GCancellable *cancellable, GError **error)
{
  gboolean may_go_on = g_error_matches (failure, EHCP_ERROR, EHCP_ERROR_OFFLINE) ||
                       g_error_matches (failure, EHCP_ERROR, EHCP_ERROR_CONFLICT);
  gint64 offset = may_go_on ? ask_offset (http, token, path, cancellable, NULL) : -1;

  if (offset > *reached)
    {
      *reached = offset;
      g_error_free (failure);
      return offset;
    }
  g_propagate_error (error, failure);
  return -1;
}

/**
 * ehcp_tus_send:
 * @http: of this thread
 * @token: of the session
 * @file: a file whose upload was begun
 * @content: all of it
 * @goes_on: asked before each piece and after the last one
 * @data: for @goes_on
 * @cancellable: (nullable): ends the wait
 * @error: return location
 *
 * Sends what the server does not have yet. An answer that was lost costs one piece at most; a line that was cut is taken
 * up again as long as that brings more to the server.
 *
 * Returns: whether the server has all of it; otherwise %EHCP_ERROR_NOT_FOUND when the upload is too old
 *   and must be begun again, another refusal, or %EHCP_ERROR_OFFLINE
 */
gboolean
ehcp_tus_send (EhcpHttp *http, const char *token, EhcpOutgoingFile *file, GBytes *content,
               EhcpTusFunc goes_on, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = make_path (file);
  gint64 size = g_bytes_get_size (content);
  gint64 offset = ask_offset (http, token, path, cancellable, error);
  gint64 reached = offset;

  while (offset >= 0)
    {
      GError *failure = NULL;

      if (!goes_on (data, offset, size))
        {
          g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the file was taken back");
          return FALSE;
        }
      if (offset >= size)
        return TRUE;
      offset = send_piece (http, token, path, content, offset, cancellable, &failure);
      if (failure != NULL)
        offset = go_on_after (http, token, path, &reached, failure, cancellable, error);
    }
  return FALSE;
}
