/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Uploads in pieces. How far one is, is the length of its file: nothing is written to the database
 * for a piece, and a piece that was cut off counts as far as it came. The hash of the whole decides
 * in the end. */
#include "ehcp-uploads.h"

#include "ehcp-media-type.h"
#include "ehcp-quarantine.h"
#include "ehcp-scan.h"
#include "ehcp-text.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_PENDING 60
#define MAX_PENDING_BYTES (G_GINT64_CONSTANT (600) * 1024 * 1024)

struct _EhcpPiece
{
  EhcpCouncil *council;
  char *id;
  int fd;
  gint64 begin;
  gint64 offset;
  EhcpUploadState state;
  char *sha256;    /* of the whole */
  GChecksum *sum;  /* of the piece; NULL: none was announced */
  char *announced; /* its SHA-256 in base64 */
};

/** ehcp_upload_free: Gives it back. */
void
ehcp_upload_free (EhcpUpload *upload)
{
  g_clear_pointer (&upload->id, g_free);
  g_clear_pointer (&upload->file_name, g_free);
  g_clear_pointer (&upload->media_type, g_free);
  g_clear_pointer (&upload->sha256, g_free);
  g_free (upload);
}

static gboolean
fail (GError **error, const char *doing)
{
  ehcp_set_error (error, EHCP_ERROR_STORAGE, NULL, "%s: %s", doing, g_strerror (errno));
  return FALSE;
}

static char *
get_upload_path (EhcpCouncil *council, const char *id)
{
  return g_build_filename (ehcp_council_get_config (council)->data_dir, "uploads", id, NULL);
}

/** ehcp_upload_get_path: See the header. Transfer full. */
char *
ehcp_upload_get_path (EhcpCouncil *council, const char *folder, const char *sha256)
{
  return g_build_filename (ehcp_council_get_config (council)->data_dir, "documents", folder,
                           sha256, NULL);
}

/** ehcp_document_get_path: Returns: (transfer full): where a document's content is. Any thread. */
char *
ehcp_document_get_path (EhcpCouncil *council, EhcpRecord *document)
{
  const char *case_id = ehcp_record_get_case (document);

  return ehcp_upload_get_path (council, case_id != NULL ? case_id : ehcp_record_get_text (document, "form"),
                               ehcp_record_get_text (document, "sha256"));
}

/** ehcp_upload_make_folders: Makes the folders that are missing, for this user alone. */
gboolean
ehcp_upload_make_folders (EhcpConfig *config, GError **error)
{
  static const char *const names[] = { "", "uploads", "documents" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (config->data_dir, names[i], NULL);

      if (g_mkdir_with_parents (path, 0700) != 0)
        return fail (error, path);
    }
  return TRUE;
}

typedef struct
{
  const char *account;
  const char *id;
  const char *file_name;
  const char *sha256;
  const char *media_type;
  gint64 size;
  gboolean is_waiting;
} Row;

static gboolean
check_quota (EhcpDb *db, const Row *row, GError **error)
{
  g_autoptr (EhcpStatement) statement = ehcp_db_query (
      db, error, "SELECT count(*), coalesce(sum(size), 0) FROM upload WHERE account = ?", "s",
      row->account);

  if (statement == NULL || !ehcp_statement_step (statement, error))
    return FALSE;
  if (ehcp_statement_get_int (statement, 0) < MAX_PENDING &&
      ehcp_statement_get_int (statement, 1) + row->size <= MAX_PENDING_BYTES)
    return TRUE;
  g_set_error (error, EHCP_ERROR, EHCP_ERROR_TOO_MANY, "Too many files are waiting to be used.");
  if (error != NULL)
    ehcp_error_set_retry_after (*error, 3600);
  return FALSE;
}

static gboolean
write_row (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  const Row *row = data;

  return check_quota (db, row, error) &&
         ehcp_db_run (db, error,
                      "INSERT INTO upload (id, account, file_name, size, sha256, made_at) "
                      "VALUES (?, ?, ?, ?, ?, ?)",
                      "sssisi", row->id, row->account, row->file_name, row->size, row->sha256,
                      ehcp_clock_now (ehcp_council_get_clock (council)));
}

/**
 * ehcp_upload_begin:
 * @council: the council
 * @account: whose
 * @file_name: as the sender calls it; it is cleaned
 * @size: in bytes, 1 to 50 MiB
 * @sha256: of the whole: 64 lower-case hexadecimal digits
 * @error: return location
 *
 * Returns: (transfer full): its id; or %NULL with %EHCP_ERROR_TOO_LARGE, %EHCP_ERROR_RANGE, or
 *   %EHCP_ERROR_TOO_MANY when the account has too much that is not used yet
 */
char *
ehcp_upload_begin (EhcpCouncil *council, const char *account, const char *file_name, gint64 size,
                   const char *sha256, GError **error)
{
  g_autofree char *id = ehcp_text_new_id ();
  g_autofree char *clean = ehcp_file_name_clean (file_name);
  g_autofree char *path = get_upload_path (council, id);
  Row row = { account, id, clean, sha256, NULL, size };
  int fd;

  if (size > EHCP_UPLOAD_MAX_BYTES)
    ehcp_set_error (error, EHCP_ERROR_TOO_LARGE, NULL, "The file is larger than 50 MB.");
  else if (size < 1)
    ehcp_set_error (error, EHCP_ERROR_RANGE, NULL, "The file is empty.");
  else if (!ehcp_upload_make_folders (ehcp_council_get_config (council), error) ||
           !ehcp_council_write_sync (council, write_row, &row, error))
    return NULL;
  else if ((fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)) < 0)
    fail (error, "making a file");
  else
    {
      close (fd);
      return g_steal_pointer (&id);
    }
  return NULL;
}

static gboolean
find_row (EhcpDb *db, const char *account, const char *id, EhcpUpload *upload, gint64 *made_at,
          GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (EhcpStatement) statement =
      ehcp_db_query (db, error,
                     "SELECT file_name, size, sha256, media_type, made_at, is_waiting FROM upload "
                     "WHERE id = ? AND account = ?",
                     "ss", id, account);

  if (statement == NULL)
    return FALSE;
  if (!ehcp_statement_step (statement, &failure))
    {
      if (failure != NULL)
        g_propagate_error (error, g_steal_pointer (&failure));
      else
        ehcp_set_error (error, EHCP_ERROR_NOT_FOUND, NULL, "no such upload");
      return FALSE;
    }
  upload->id = g_strdup (id);
  upload->size = ehcp_statement_get_int (statement, 1);
  upload->sha256 = g_strdup (ehcp_statement_get_text (statement, 2));
  upload->media_type = g_strdup (ehcp_statement_get_text (statement, 3));
  upload->file_name = upload->media_type != NULL
                          ? ehcp_file_name_fit (ehcp_statement_get_text (statement, 0), upload->media_type)
                          : g_strdup (ehcp_statement_get_text (statement, 0));
  *made_at = ehcp_statement_get_int (statement, 4);
  upload->is_waiting = ehcp_statement_get_int (statement, 5) != 0;
  return TRUE;
}

static EhcpUpload *
look (EhcpCouncil *council, EhcpDb *db, const char *account, const char *id, EhcpUploadState *state,
      GError **error)
{
  g_autoptr (EhcpUpload) upload = g_new0 (EhcpUpload, 1);
  g_autofree char *path = get_upload_path (council, id);
  gint64 made_at;
  GStatBuf status;

  if (!find_row (db, account, id, upload, &made_at, error))
    return NULL;
  if (g_stat (path, &status) != 0)
    {
      fail (error, "looking at an upload");
      return NULL;
    }
  state->size = upload->size;
  state->expires_at = made_at + EHCP_UPLOAD_HOURS * 3600;
  state->is_complete = upload->media_type != NULL;
  state->offset = state->is_complete ? upload->size : status.st_size;
  return g_steal_pointer (&upload);
}

/** ehcp_upload_look: Fills @state; %EHCP_ERROR_NOT_FOUND also for another account's. Any
 * connection. */
gboolean
ehcp_upload_look (EhcpCouncil *council, EhcpDb *db, const char *account, const char *id,
                  EhcpUploadState *state, GError **error)
{
  g_autoptr (EhcpUpload) upload = look (council, db, account, id, state, error);

  return upload != NULL;
}

/** ehcp_piece_free: Closes it; what was written stays. */
void
ehcp_piece_free (EhcpPiece *piece)
{
  if (piece->fd >= 0)
    close (piece->fd);
  g_clear_pointer (&piece->id, g_free);
  g_clear_pointer (&piece->sha256, g_free);
  g_clear_pointer (&piece->announced, g_free);
  g_clear_pointer (&piece->sum, g_checksum_free);
  g_clear_object (&piece->council);
  g_free (piece);
}

/**
 * ehcp_piece_open:
 * @council: the council
 * @db: any connection
 * @account: who sends
 * @id: of the upload
 * @offset: where the sender goes on
 * @checksum: (nullable): SHA-256 of this piece in base64
 * @error: return location
 *
 * Returns: (transfer full): where the piece is written to; or %NULL with %EHCP_ERROR_NOT_FOUND, or
 *   %EHCP_ERROR_CONFLICT when @offset is not how far the upload is
 */
EhcpPiece *
ehcp_piece_open (EhcpCouncil *council, EhcpDb *db, const char *account, const char *id,
                 gint64 offset, const char *checksum, GError **error)
{
  g_autofree char *path = get_upload_path (council, id);
  EhcpUploadState state;
  g_autoptr (EhcpUpload) upload = look (council, db, account, id, &state, error);
  EhcpPiece *piece;
  int fd;

  if (upload == NULL)
    return NULL;
  if (offset != state.offset)
    {
      ehcp_set_error (error, EHCP_ERROR_CONFLICT, NULL, "The upload is at another offset.");
      return NULL;
    }
  fd = g_open (path, O_RDWR | O_CLOEXEC, 0);
  if (fd < 0)
    {
      fail (error, "opening an upload");
      return NULL;
    }
  piece = g_new0 (EhcpPiece, 1);
  piece->council = g_object_ref (council);
  piece->id = g_strdup (id);
  piece->fd = fd;
  piece->begin = piece->offset = offset;
  piece->state = state;
  piece->sha256 = g_strdup (upload->sha256);
  piece->sum = checksum != NULL ? g_checksum_new (G_CHECKSUM_SHA256) : NULL;
  piece->announced = g_strdup (checksum);
  return piece;
}

/** ehcp_piece_write: Writes on; %EHCP_ERROR_TOO_LARGE beyond the announced size,
 * %EHCP_ERROR_STORAGE. */
gboolean
ehcp_piece_write (EhcpPiece *piece, const char *bytes, gsize length, GError **error)
{
  if (piece->offset + (gint64) length > piece->state.size)
    {
      ehcp_set_error (error, EHCP_ERROR_TOO_LARGE, NULL, "More was sent than was announced.");
      return FALSE;
    }
  if (piece->sum != NULL)
    g_checksum_update (piece->sum, (const guchar *) bytes, length);
  while (length > 0)
    {
      gssize n = pwrite (piece->fd, bytes, length, piece->offset);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return fail (error, "writing an upload");
      piece->offset += n;
      bytes += n;
      length -= n;
    }
  return TRUE;
}

static gboolean
check_piece (EhcpPiece *piece, GError **error)
{
  guint8 sum[32];
  gsize n = sizeof sum;
  g_autofree char *found = NULL;

  if (piece->sum == NULL)
    return TRUE;
  g_checksum_get_digest (piece->sum, sum, &n);
  found = g_base64_encode (sum, n);
  if (strcmp (found, piece->announced) == 0)
    return TRUE;
  if (ftruncate (piece->fd, piece->begin) != 0)
    return fail (error, "taking a piece back");
  ehcp_set_error (error, EHCP_ERROR_RANGE, "/checksum", "The piece does not match its checksum.");
  return FALSE;
}

static char *
hash_file (int fd, GError **error)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guchar *buffer = g_malloc (256 * 1024);
  gint64 at = 0;
  gssize n;

  while ((n = pread (fd, buffer, 256 * 1024, at)) > 0)
    {
      g_checksum_update (sum, buffer, n);
      at += n;
    }
  if (n == 0)
    return g_strdup (g_checksum_get_string (sum));
  fail (error, "reading an upload");
  return NULL;
}

static const char *
sniff (int fd, gint64 size)
{
  g_autofree char *head = g_malloc (EHCP_SNIFF_BYTES);
  g_autofree char *tail = g_malloc (EHCP_SNIFF_BYTES);
  gssize n_head = pread (fd, head, EHCP_SNIFF_BYTES, 0);
  gssize n_tail = pread (fd, tail, EHCP_SNIFF_BYTES, MAX (0, size - EHCP_SNIFF_BYTES));

  return n_head > 0 && n_tail > 0 ? ehcp_media_type_find (head, n_head, tail, n_tail) : NULL;
}

static gboolean
write_complete (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  const Row *row = data;

  return ehcp_db_run (db, error, "UPDATE upload SET media_type = ?, is_waiting = ? WHERE id = ?", "sis",
                      row->media_type, (gint64) row->is_waiting, row->id);
}

static gboolean
write_drop (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  return ehcp_db_run (db, error, "DELETE FROM upload WHERE id = ?", "s", ((const Row *) data)->id);
}

/* Nothing can be made of it: the sender starts again with another upload. */
static gboolean
drop (EhcpPiece *piece, EhcpError code, const char *field, const char *why, GError **error)
{
  Row row = { .id = piece->id };

  if (!ehcp_council_write_sync (piece->council, write_drop, &row, error))
    return FALSE;
  ehcp_set_error (error, code, field, "%s", why);
  return FALSE;
}

/* What cannot be looked through now is taken all the same, and waits. */
static gboolean
scan (EhcpPiece *piece, gboolean *is_waiting, GError **error)
{
  const char *clamd = ehcp_council_get_config (piece->council)->clamd;
  g_autofree char *virus = NULL;
  EhcpScanResult result = clamd != NULL ? ehcp_scan_file (clamd, piece->fd, &virus) : EHCP_SCAN_CLEAN;

  *is_waiting = result == EHCP_SCAN_UNAVAILABLE;
  if (result != EHCP_SCAN_INFECTED)
    return TRUE;
  g_message ("an upload was refused: %s", virus);
  return drop (piece, EHCP_ERROR_INFECTED, NULL, "A virus was found in the file.", error);
}

static gboolean
complete (EhcpPiece *piece, GError **error)
{
  g_autofree char *found = hash_file (piece->fd, error);
  Row row = { .id = piece->id };

  if (found == NULL)
    return FALSE;
  if (strcmp (found, piece->sha256) != 0)
    return drop (piece, EHCP_ERROR_RANGE, "/sha256", "The file does not match its SHA-256.", error);
  row.media_type = sniff (piece->fd, piece->state.size);
  if (row.media_type == NULL || !ehcp_scan_agrees (piece->fd, row.media_type))
    return drop (piece, EHCP_ERROR_UNSUPPORTED_TYPE, NULL, "Files of this kind are not accepted.",
                 error);
  if (!scan (piece, &row.is_waiting, error))
    return FALSE;
  if (fsync (piece->fd) != 0)
    return fail (error, "storing an upload");
  piece->state.is_complete = TRUE;
  return ehcp_council_write_sync (piece->council, write_complete, &row, error);
}

/**
 * ehcp_piece_finish:
 * @piece: a piece that was written
 * @state: (out): how far the upload is now
 * @error: return location
 *
 * The last piece makes the upload complete: its hash and its kind are checked, and it is on the
 * disk. Waits, so not in a worker.
 *
 * Returns: whether all is well; otherwise %EHCP_ERROR_RANGE ("/checksum": the piece is to be sent
 * again; "/sha256": the upload is gone) or %EHCP_ERROR_UNSUPPORTED_TYPE (gone too)
 */
gboolean
ehcp_piece_finish (EhcpPiece *piece, EhcpUploadState *state, GError **error)
{
  if (!check_piece (piece, error))
    return FALSE;
  if (piece->offset == piece->state.size && !piece->state.is_complete && !complete (piece, error))
    return FALSE;
  piece->state.offset = piece->offset;
  *state = piece->state;
  return TRUE;
}

static gboolean
sync_folder (const char *path, GError **error)
{
  int fd = g_open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  gboolean is_synced = fd >= 0 && fsync (fd) == 0;

  if (!is_synced)
    fail (error, "storing a document");
  if (fd >= 0)
    close (fd);
  return is_synced;
}

/* A second name for the same file, so that a transaction that fails has taken nothing away. */
static gboolean
link_content (const char *from, const char *to, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (to);
  g_autofree char *documents = g_path_get_dirname (folder);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return fail (error, "making a folder for documents");
  if (link (from, to) != 0 && errno != EEXIST)
    return fail (error, "storing a document");
  return sync_folder (folder, error) && sync_folder (documents, error);
}

/** ehcp_upload_take: See the header. Writer thread. */
EhcpUpload *
ehcp_upload_take (EhcpCouncil *council, EhcpDb *db, const char *account, const char *id,
                  const char *case_id, GError **error)
{
  g_autoptr (EhcpUpload) upload = g_new0 (EhcpUpload, 1);
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  gint64 made_at;

  if (!find_row (db, account, id, upload, &made_at, error))
    return NULL;
  if (upload->media_type == NULL)
    {
      ehcp_set_error (error, EHCP_ERROR_CONFLICT, NULL, "The upload is not complete.");
      return NULL;
    }
  from = get_upload_path (council, id);
  to = ehcp_upload_get_path (council, case_id, upload->sha256);
  if (!ehcp_case_has_room (council, db, case_id, upload->sha256, upload->size, error) ||
      !link_content (from, to, error) ||
      !ehcp_db_run (db, error, "DELETE FROM upload WHERE id = ?", "s", id))
    return NULL;
  return g_steal_pointer (&upload);
}

/** ehcp_document_copy_content: See the header. Writer thread. */
gboolean
ehcp_document_copy_content (EhcpCouncil *council, EhcpDb *db, EhcpRecord *document, const char *case_id,
                            GError **error)
{
  const char *sha256 = ehcp_record_get_text (document, "sha256");
  g_autofree char *from = ehcp_document_get_path (council, document);
  g_autofree char *to = ehcp_upload_get_path (council, case_id, sha256);

  if (g_strcmp0 (ehcp_record_get_text (document, "check"), "infected") == 0)
    return TRUE;
  return ehcp_case_has_room (council, db, case_id, sha256, ehcp_record_get_int (document, "size"), error) &&
         link_content (from, to, error);
}

static gboolean
write_purge (EhcpCouncil *council, EhcpDb *db, gpointer data, GError **error)
{
  gint64 now = ehcp_clock_now (ehcp_council_get_clock (council));

  return ehcp_db_run (db, error, "DELETE FROM upload WHERE made_at < ?", "i",
                      now - EHCP_UPLOAD_HOURS * 3600);
}

/** ehcp_upload_purge: Removes uploads that were not used within two days, and the files of those that
 * were used or dropped. Waits. */
gboolean
ehcp_upload_purge (EhcpCouncil *council, GError **error)
{
  g_autofree char *folder = get_upload_path (council, "");
  g_autoptr (GDir) dir = NULL;
  EhcpDb *db = ehcp_council_get_reader (council, error);
  const char *name;

  if (db == NULL || !ehcp_council_write_sync (council, write_purge, NULL, error))
    return FALSE;
  dir = g_dir_open (folder, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (GError) failure = NULL;
      gint64 one;

      if (!ehcp_db_get_int (db, &failure, &one, "SELECT 1 FROM upload WHERE id = ?", "s", name) &&
          failure == NULL)
        g_unlink (path);
    }
  return TRUE;
}
