/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files: uploads by tus 1.0 (core, creation, checksum, expiration), documents with ranges (RFC
 * 9110). */
#include "ehcp-routes.h"

#include "ehcp-audit.h"
#include "ehcp-policy.h"
#include "ehcp-uploads.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define TUS_VERSION "1.0.0"
#define OFFSET_TYPE "application/offset+octet-stream"
#define CHECKSUM_ALGORITHM "sha256 "

static void
set_number (EhcpExchange *exchange, const char *header, gint64 value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  ehcp_exchange_set_header (exchange, header, text);
}

static void
set_expiry (EhcpExchange *exchange, gint64 expires_at)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (expires_at);
  g_autofree char *text = g_date_time_format (time, "%a, %d %b %Y %H:%M:%S GMT");

  ehcp_exchange_set_header (exchange, "Upload-Expires", text);
}

/* Every answer about an upload says which protocol it speaks. */
static void
refuse (EhcpExchange *exchange, const GError *error)
{
  if (g_strcmp0 (ehcp_error_get_field (error), "/checksum") == 0)
    ehcp_exchange_refuse_with (exchange, 460, error);
  else
    ehcp_exchange_refuse (exchange, error);
  ehcp_exchange_set_header (exchange, "Tus-Resumable", TUS_VERSION);
}

static gboolean
check_tus (EhcpExchange *exchange)
{
  g_autoptr (GError) error = NULL;

  if (g_strcmp0 (ehcp_exchange_get_header (exchange, "Tus-Resumable"), TUS_VERSION) == 0)
    return TRUE;
  ehcp_set_error (&error, EHCP_ERROR_MALFORMED, NULL, "Tus-Resumable has to be " TUS_VERSION ".");
  ehcp_exchange_refuse_with (exchange, 412, error);
  ehcp_exchange_set_header (exchange, "Tus-Version", TUS_VERSION);
  return FALSE;
}

static gboolean
read_number (EhcpExchange *exchange, const char *header, gint64 *value, GError **error)
{
  const char *text = ehcp_exchange_get_header (exchange, header);
  guint64 number;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, &number, NULL))
    {
      ehcp_set_error (error, EHCP_ERROR_MALFORMED, NULL, "%s is not a number.", header);
      return FALSE;
    }
  *value = (gint64) number;
  return TRUE;
}

/* "filename d29ybGQ=,sha256 …": the value of one key, decoded; NULL when it is absent or not base64
 * of UTF-8. */
static char *
read_metadata (EhcpExchange *exchange, const char *key)
{
  const char *header = ehcp_exchange_get_header (exchange, "Upload-Metadata");
  g_auto (GStrv) pairs = g_strsplit (header != NULL ? header : "", ",", 32);

  for (guint i = 0; pairs[i] != NULL; i++)
    {
      char *pair = g_strstrip (pairs[i]);
      gsize n = strlen (key);
      g_autofree guchar *value = NULL;
      gsize length;

      if (strncmp (pair, key, n) != 0 || pair[n] != ' ')
        continue;
      value = g_base64_decode (pair + n + 1, &length);
      return g_utf8_validate_len ((const char *) value, length, NULL)
                 ? g_strndup ((const char *) value, length)
                 : NULL;
    }
  return NULL;
}

static gboolean
is_sha256 (const char *text)
{
  return text != NULL && strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

/** ehcp_route_make_upload: POST /v1/uploads. */
void
ehcp_route_make_upload (EhcpExchange *exchange)
{
  EhcpCouncil *council = ehcp_exchange_get_council (exchange);
  g_autofree char *file_name = read_metadata (exchange, "filename");
  g_autofree char *sha256 = read_metadata (exchange, "sha256");
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  g_autofree char *location = NULL;
  gint64 size = 0;

  if (!check_tus (exchange))
    return;
  if (file_name == NULL || !is_sha256 (sha256))
    ehcp_set_error (&error, EHCP_ERROR_MALFORMED, NULL,
                    "Upload-Metadata lacks filename or sha256.");
  else if (read_number (exchange, "Upload-Length", &size, &error))
    id = ehcp_upload_begin (council, ehcp_exchange_get_actor (exchange)->account, file_name, size,
                            sha256, &error);
  if (id == NULL)
    {
      refuse (exchange, error);
      return;
    }
  location = g_strconcat ("/v1/uploads/", id, NULL);
  ehcp_exchange_answer_empty (exchange, 201);
  ehcp_exchange_set_header (exchange, "Tus-Resumable", TUS_VERSION);
  ehcp_exchange_set_header (exchange, "Location", location);
  set_expiry (exchange,
              ehcp_clock_now (ehcp_council_get_clock (council)) + EHCP_UPLOAD_HOURS * 3600);
}

/** ehcp_route_look_at_upload: HEAD /v1/uploads/ID. */
void
ehcp_route_look_at_upload (EhcpExchange *exchange)
{
  EhcpCouncil *council = ehcp_exchange_get_council (exchange);
  g_autoptr (GError) error = NULL;
  EhcpDb *db = ehcp_council_get_reader (council, &error);
  EhcpUploadState state;

  if (!check_tus (exchange))
    return;
  if (db == NULL || !ehcp_upload_look (council, db, ehcp_exchange_get_actor (exchange)->account,
                                       ehcp_exchange_get_parameter (exchange), &state, &error))
    {
      refuse (exchange, error);
      return;
    }
  ehcp_exchange_answer_empty (exchange, 200);
  ehcp_exchange_set_header (exchange, "Tus-Resumable", TUS_VERSION);
  set_number (exchange, "Upload-Offset", state.offset);
  set_number (exchange, "Upload-Length", state.size);
  set_expiry (exchange, state.expires_at);
}

static void
free_piece (gpointer piece)
{
  ehcp_piece_free (piece);
}

static gboolean
read_checksum (EhcpExchange *exchange, const char **checksum, GError **error)
{
  const char *header = ehcp_exchange_get_header (exchange, "Upload-Checksum");

  *checksum = NULL;
  if (header == NULL)
    return TRUE;
  if (g_str_has_prefix (header, CHECKSUM_ALGORITHM))
    *checksum = header + strlen (CHECKSUM_ALGORITHM);
  else
    ehcp_set_error (error, EHCP_ERROR_MALFORMED, NULL, "Upload-Checksum has to be of sha256.");
  return *checksum != NULL;
}

static EhcpPiece *
open_piece (EhcpExchange *exchange, GError **error)
{
  EhcpCouncil *council = ehcp_exchange_get_council (exchange);
  const char *type = ehcp_exchange_get_header (exchange, "Content-Type");
  const char *checksum;
  EhcpDb *db;
  EhcpPiece *piece;
  gint64 offset;

  if (g_strcmp0 (type, OFFSET_TYPE) != 0)
    {
      ehcp_set_error (error, EHCP_ERROR_UNSUPPORTED_TYPE, NULL,
                      "Content-Type has to be " OFFSET_TYPE ".");
      return NULL;
    }
  db = ehcp_council_get_reader (council, error);
  if (db == NULL || !read_number (exchange, "Upload-Offset", &offset, error) ||
      !read_checksum (exchange, &checksum, error))
    return NULL;
  piece = ehcp_piece_open (council, db, ehcp_exchange_get_actor (exchange)->account,
                           ehcp_exchange_get_parameter (exchange), offset, checksum, error);
  if (piece != NULL)
    ehcp_exchange_set_state (exchange, piece, free_piece);
  return piece;
}

/** ehcp_route_receive_upload: Bytes of PATCH /v1/uploads/ID, as they come: into the file, not into
 * memory. */
gboolean
ehcp_route_receive_upload (EhcpExchange *exchange, const char *bytes, gsize length, GError **error)
{
  EhcpPiece *piece = ehcp_exchange_get_state (exchange);

  if (piece == NULL)
    piece = open_piece (exchange, error);
  return piece != NULL && ehcp_piece_write (piece, bytes, length, error);
}

/** ehcp_route_finish_piece: The end of PATCH /v1/uploads/ID. */
void
ehcp_route_finish_piece (EhcpExchange *exchange)
{
  g_autoptr (GError) error = NULL;
  EhcpPiece *piece = ehcp_exchange_get_state (exchange);
  EhcpUploadState state;

  if (!check_tus (exchange))
    return;
  if (piece == NULL)
    piece = open_piece (exchange, &error);
  if (piece == NULL || !ehcp_piece_finish (piece, &state, &error))
    {
      refuse (exchange, error);
      return;
    }
  ehcp_exchange_answer_empty (exchange, 204);
  ehcp_exchange_set_header (exchange, "Tus-Resumable", TUS_VERSION);
  set_number (exchange, "Upload-Offset", state.offset);
  set_expiry (exchange, state.expires_at);
}

/* One range, as RFC 9110 section 14 reads it. What is not a single range of bytes is ignored: the
 * whole is sent. */
typedef struct
{
  gboolean is_partial;
  gboolean is_unsatisfiable;
  guint64 first;
  guint64 length;
} Range;

static gboolean
parse_bounds (const char *text, guint64 size, guint64 *first, guint64 *last)
{
  const char *dash = strchr (text, '-');
  g_autofree char *before = dash != NULL ? g_strndup (text, dash - text) : NULL;
  guint64 number;

  if (dash == NULL || strchr (text, ',') != NULL)
    return FALSE;
  *last = size - 1;
  if (*before == '\0')
    {
      if (!g_ascii_string_to_unsigned (dash + 1, 10, 0, G_MAXUINT64, &number, NULL))
        return FALSE;
      *first = number == 0 ? size : size - MIN (number, size);
      return TRUE;
    }
  if (!g_ascii_string_to_unsigned (before, 10, 0, G_MAXUINT64, first, NULL))
    return FALSE;
  if (dash[1] == '\0')
    return TRUE;
  if (!g_ascii_string_to_unsigned (dash + 1, 10, 0, G_MAXUINT64, &number, NULL) || number < *first)
    return FALSE;
  *last = MIN (number, size - 1);
  return TRUE;
}

static Range
read_range (EhcpExchange *exchange, const char *etag, guint64 size)
{
  const char *header = ehcp_exchange_get_header (exchange, "Range");
  const char *condition = ehcp_exchange_get_header (exchange, "If-Range");
  Range range = { .length = size };
  guint64 first, last;

  if (header == NULL || g_ascii_strncasecmp (header, "bytes=", 6) != 0 ||
      (condition != NULL && strcmp (condition, etag) != 0) ||
      !parse_bounds (header + 6, size, &first, &last))
    return range;
  range.is_unsatisfiable = first >= size;
  range.is_partial = !range.is_unsatisfiable;
  range.first = first;
  range.length = range.is_partial ? last - first + 1 : 0;
  return range;
}

static gboolean
is_known_to_sender (EhcpExchange *exchange, const char *etag)
{
  const char *header = ehcp_exchange_get_header (exchange, "If-None-Match");

  return header != NULL && (strcmp (header, "*") == 0 || strstr (header, etag) != NULL);
}

typedef struct
{
  const EhcpActorId *actor;
  EhcpRecord *document;
  const Range *range;
} Reading;

static gboolean
write_reading (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  Reading *reading = data;
  g_autofree char *detail = NULL;

  if (reading->range->is_partial)
    detail =
        g_strdup_printf ("bytes %" G_GUINT64_FORMAT " to %" G_GUINT64_FORMAT, reading->range->first,
                         reading->range->first + reading->range->length - 1);
  return ehcp_audit_add (council, db, reading->actor, "document.content",
                         ehcp_record_get_case (reading->document),
                         ehcp_record_get_id (reading->document), detail, error);
}

static void
set_document_headers (EhcpExchange *exchange, EhcpRecord *document, const char *etag,
                      const Range *range, guint64 size)
{
  g_autofree char *name =
      g_uri_escape_string (ehcp_record_get_text (document, "file_name"), NULL, FALSE);
  g_autofree char *disposition = g_strconcat ("attachment; filename*=UTF-8''", name, NULL);

  ehcp_exchange_set_header (exchange, "ETag", etag);
  ehcp_exchange_set_header (exchange, "Accept-Ranges", "bytes");
  ehcp_exchange_set_header (exchange, "Content-Disposition", disposition);
  ehcp_exchange_set_header (exchange, "Content-Security-Policy", "sandbox; default-src 'none'; frame-ancestors 'none'");
  if (range->is_partial)
    {
      g_autofree char *text =
          g_strdup_printf ("bytes %" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT,
                           range->first, range->first + range->length - 1, size);

      ehcp_exchange_set_header (exchange, "Content-Range", text);
    }
}

static void
refuse_range (EhcpExchange *exchange, guint64 size)
{
  g_autofree char *text = g_strdup_printf ("bytes */%" G_GUINT64_FORMAT, size);
  g_autoptr (GError) error = NULL;

  ehcp_set_error (&error, EHCP_ERROR_RANGE, NULL, "The document is shorter than that.");
  ehcp_exchange_refuse_with (exchange, 416, error);
  ehcp_exchange_set_header (exchange, "Content-Range", text);
}

static void
send_content (EhcpExchange *exchange, EhcpRecord *document, const char *etag, const Range *range)
{
  EhcpCouncil *council = ehcp_exchange_get_council (exchange);
  g_autofree char *path = ehcp_document_get_path (council, document);
  Reading reading = { ehcp_exchange_get_actor (exchange), document, range };
  g_autoptr (GError) error = NULL;
  const char *media_type = ehcp_record_get_text (document, "media_type");
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);

  if (fd < 0)
    ehcp_set_error (&error, EHCP_ERROR_FAILED, NULL, "the content of a document: %s",
                    g_strerror (errno));
  /* Nobody reads without a row in the audit: it is on the disk before the first byte leaves. */
  else if (!ehcp_council_write_sync (council, write_reading, &reading, &error))
    close (fd);
  if (error != NULL)
    {
      ehcp_exchange_refuse (exchange, error);
      return;
    }
  ehcp_exchange_answer_file (exchange, range->is_partial ? 206 : 200,
                             strcmp (media_type, "text/plain") == 0 ? "text/plain; charset=utf-8" : media_type, fd,
                             range->first, range->length);
  set_document_headers (exchange, document, etag, range, ehcp_record_get_int (document, "size"));
}

static gboolean
is_held_back (EhcpExchange *exchange, EhcpRecord *document)
{
  const char *check = ehcp_record_get_text (document, "check");
  g_autoptr (GError) error = NULL;

  if (check == NULL)
    return FALSE;
  if (g_str_equal (check, "infected"))
    ehcp_set_error (&error, EHCP_ERROR_INFECTED, NULL, "A virus was found in the file.");
  else
    {
      ehcp_set_error (&error, EHCP_ERROR_BUSY, NULL, "The file waits to be looked through for viruses.");
      ehcp_error_set_retry_after (error, 60);
    }
  ehcp_exchange_refuse (exchange, error);
  return TRUE;
}

/** ehcp_route_document: GET /v1/documents/ID/content. */
void
ehcp_route_document (EhcpExchange *exchange)
{
  g_autoptr (GError) error = NULL;
  EhcpDb *db = ehcp_council_get_reader (ehcp_exchange_get_council (exchange), &error);
  g_autoptr (EhcpRecord) document = NULL;
  g_autofree char *etag = NULL;
  Range range;

  if (db != NULL)
    document = ehcp_policy_find (db, ehcp_exchange_get_actor (exchange), EHCP_KIND_DOCUMENT,
                                 ehcp_exchange_get_parameter (exchange), &error);
  if (document == NULL)
    {
      ehcp_exchange_refuse (exchange, error);
      return;
    }
  if (is_held_back (exchange, document))
    return;
  etag = g_strdup_printf ("\"%s\"", ehcp_record_get_text (document, "sha256"));
  range = read_range (exchange, etag, ehcp_record_get_int (document, "size"));
  if (is_known_to_sender (exchange, etag))
    {
      ehcp_exchange_answer_empty (exchange, 304);
      ehcp_exchange_set_header (exchange, "ETag", etag);
    }
  else if (range.is_unsatisfiable)
    refuse_range (exchange, ehcp_record_get_int (document, "size"));
  else
    send_content (exchange, document, etag, &range);
}
