/* SPDX-License-Identifier: GPL-3.0-or-later */
/* clamd's INSTREAM (clamd(8)): the file goes through the socket in pieces, so that the daemon needs no right
 * to read the council's folders. libmagic has a second opinion on the kind: what it takes for a program or a
 * web page is not what ehcp-media-type.c took it for. */
#include "ehcp-scan.h"

#include <gio/gio.h>
#include <magic.h>
#include <string.h>
#include <unistd.h>

#define PIECE_BYTES (128 * 1024)
#define TIMEOUT_S 60
#define MAX_ANSWER 1024
#define MAX_LOOK (1024 * 1024)

static gboolean
write_piece (GOutputStream *out, const char *bytes, guint32 length)
{
  guint32 head = g_htonl (length);

  return g_output_stream_write_all (out, &head, sizeof head, NULL, NULL, NULL) &&
         (length == 0 || g_output_stream_write_all (out, bytes, length, NULL, NULL, NULL));
}

static gboolean
write_file (GOutputStream *out, int fd)
{
  g_autofree char *piece = g_malloc (PIECE_BYTES);
  gint64 at = 0;
  gssize n;

  if (!g_output_stream_write_all (out, "zINSTREAM", sizeof "zINSTREAM", NULL, NULL, NULL))
    return FALSE;
  while ((n = pread (fd, piece, PIECE_BYTES, at)) > 0)
    {
      if (!write_piece (out, piece, (guint32) n))
        return FALSE;
      at += n;
    }
  return n == 0 && write_piece (out, NULL, 0);
}

/* "stream: OK", "stream: Eicar-Signature FOUND"; anything else is no answer. */
static EhcpScanResult
read_answer (GInputStream *in, char **found)
{
  char answer[MAX_ANSWER + 1] = "";
  gsize n = 0;

  g_input_stream_read_all (in, answer, MAX_ANSWER, &n, NULL, NULL);
  answer[n] = '\0';
  g_strchomp (answer);
  if (strcmp (answer, "stream: OK") == 0)
    return EHCP_SCAN_CLEAN;
  if (!g_str_has_prefix (answer, "stream: ") || !g_str_has_suffix (answer, " FOUND"))
    return EHCP_SCAN_UNAVAILABLE;
  *found = g_strndup (answer + strlen ("stream: "), strlen (answer) - strlen ("stream:  FOUND"));
  return EHCP_SCAN_INFECTED;
}

static GSocketConnection *
connect_to (const char *clamd)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketAddress) address = NULL;

  g_socket_client_set_timeout (client, TIMEOUT_S);
  if (!g_str_has_prefix (clamd, "unix:"))
    return g_socket_client_connect_to_host (client, clamd + strlen ("tcp:"), 3310, NULL, NULL);
  address = g_unix_socket_address_new (clamd + strlen ("unix:"));
  return g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, NULL);
}

/**
 * ehcp_scan_file:
 * @clamd: "unix:/path" or "tcp:host:port"
 * @fd: a file that can be read from its start
 * @found: (out) (transfer full): the name of a virus, when there is one
 *
 * Waits, up to minutes: not in a worker nor in the writer.
 *
 * Returns: what clamd says of it
 */
EhcpScanResult
ehcp_scan_file (const char *clamd, int fd, char **found)
{
  g_autoptr (GSocketConnection) connection = connect_to (clamd);

  if (connection == NULL || !write_file (g_io_stream_get_output_stream (G_IO_STREAM (connection)), fd))
    return EHCP_SCAN_UNAVAILABLE;
  return read_answer (g_io_stream_get_input_stream (G_IO_STREAM (connection)), found);
}

/* Texts that other programs run or interpret. */
static const char *const refused_texts[] = { "text/html",        "text/xml",   "text/x-shellscript",
                                             "text/javascript",  "text/x-php", "text/x-msdos-batch",
                                             "text/x-powershell" };

static gboolean
is_said_to_be (const char *said, const char *media_type)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused_texts); i++)
    if (strcmp (said, refused_texts[i]) == 0)
      return FALSE;
  if (strcmp (media_type, "text/plain") == 0)
    return g_str_has_prefix (said, "text/") || strcmp (said, "application/json") == 0 ||
           strcmp (said, "application/csv") == 0;
  if (strcmp (media_type, "application/rtf") == 0)
    return strcmp (said, "text/rtf") == 0;
  if (strcmp (media_type, "application/msword") == 0)
    return strcmp (said, "application/msword") == 0 || g_str_has_prefix (said, "application/vnd.ms-") ||
           strcmp (said, "application/CDFV2") == 0 || strcmp (said, "application/x-ole-storage") == 0;
  if (g_str_has_prefix (media_type, "application/vnd."))
    return strcmp (said, media_type) == 0 || strcmp (said, "application/zip") == 0 ||
           strcmp (said, "application/octet-stream") == 0;
  if (strcmp (media_type, "image/heic") == 0)
    return g_str_has_prefix (said, "image/hei");
  return strcmp (said, media_type) == 0;
}

/**
 * ehcp_scan_agrees:
 * @fd: a file
 * @media_type: what ehcp_media_type_find() says of it
 *
 * Returns: whether libmagic says the same. Any thread.
 */
gboolean
ehcp_scan_agrees (int fd, const char *media_type)
{
  g_autofree char *bytes = g_malloc (MAX_LOOK);
  gssize n = pread (fd, bytes, MAX_LOOK, 0);
  magic_t magic = magic_open (MAGIC_MIME_TYPE);
  const char *said = NULL;
  gboolean agrees;

  if (magic != NULL && magic_load (magic, NULL) == 0 && n > 0)
    said = magic_buffer (magic, bytes, (size_t) n);
  agrees = said != NULL && is_said_to_be (said, media_type);
  if (!agrees)
    g_message ("an upload that looks like %s is %s to libmagic", media_type, said != NULL ? said : "nothing");
  if (magic != NULL)
    magic_close (magic);
  return agrees;
}
