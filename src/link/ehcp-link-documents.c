/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents: from this computer, or fetched in the thread "documents", where a broken line is taken up
 * again; held against their hash in any case. */
#include "ehcp-link-private.h"

#define MAX_TRIES 3
#define MAX_DOCUMENT_BYTES (G_GINT64_CONSTANT (512) * 1024 * 1024)

/* One document on its way. */
typedef struct
{
  EhcpShelf *shelf;
  char *id;
  char *case_id;
  char *sha256;
  char *token;
  gint64 size;
  gboolean may_fetch;  /* FALSE: it is made here and not sent yet */
  gboolean only_keep;  /* nobody waits for the bytes */
  GBytes *content;
  gboolean is_kept;    /* it is in the cache now */
  GError *error;
} Load;

static void
free_load (gpointer data)
{
  Load *load = data;

  g_clear_pointer (&load->shelf, ehcp_shelf_unref);
  g_clear_pointer (&load->id, g_free);
  g_clear_pointer (&load->case_id, g_free);
  g_clear_pointer (&load->sha256, g_free);
  g_clear_pointer (&load->token, g_free);
  g_clear_pointer (&load->content, g_bytes_unref);
  g_clear_error (&load->error);
  g_free (load);
}

static Load *
new_load (EhcpLink *link, EhcpRecord *document)
{
  Load *load = g_new0 (Load, 1);
  const char *case_id = ehcp_record_get_case (document);

  load->shelf = link->shelf != NULL ? ehcp_shelf_ref (link->shelf) : NULL;
  load->id = g_strdup (ehcp_record_get_id (document));
  load->case_id = g_strdup (case_id != NULL ? case_id : "");
  load->sha256 = g_strdup (ehcp_record_get_text (document, "sha256"));
  load->token = link->session != NULL ? g_strdup (link->session->token) : NULL;
  load->size = ehcp_record_get_int (document, "size");
  load->may_fetch = ehcp_record_get_delivery (document) == EHCP_DELIVERY_DONE;
  return load;
}

static gboolean
is_right (const Load *load, GBytes *content)
{
  g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content);

  return g_strcmp0 (sum, load->sha256) == 0;
}

/* What was attached here lies under the document's id until it is sent. */
static void
read_job (gpointer data)
{
  Load *load = data;
  EhcpCache *cache = load->shelf->cache;
  GBytes *content = NULL;

  if (cache != NULL)
    content = ehcp_cache_read_document (cache, load->id, load->case_id, NULL);
  if (content == NULL && cache != NULL && !load->may_fetch)
    content = ehcp_cache_read_file (cache, load->case_id, load->id, NULL);
  if (content != NULL && is_right (load, content))
    load->content = g_steal_pointer (&content);
  g_clear_pointer (&content, g_bytes_unref);
}

static void
keep_job (gpointer data)
{
  Load *load = data;
  EhcpCache *cache = load->shelf->cache;

  if (cache != NULL && ehcp_cache_is_wanted (cache, load->id, load->case_id))
    load->is_kept = ehcp_cache_store_document (cache, load->id, load->case_id, load->content,
                                               &load->error);
  if (load->error != NULL)
    g_message ("%s", load->error->message);
  g_clear_error (&load->error);
}

typedef struct
{
  GByteArray *bytes;
  gint64 most;
} Piece;

/* A server that sends all of it again instead of the rest says 200. */
static gboolean
take_piece (gpointer data, guint status, const void *bytes, gsize length, GError **error)
{
  Piece *piece = data;

  if (status == 200 && piece->most < 0)
    {
      g_byte_array_set_size (piece->bytes, 0);
      piece->most = -piece->most;
    }
  if ((gint64) (piece->bytes->len + length) > ABS (piece->most))
    {
      ehcp_set_error (error, EHCP_ERROR_FAILED, NULL, "the document is longer than it was said to be");
      return FALSE;
    }
  g_byte_array_append (piece->bytes, bytes, length);
  return TRUE;
}

/* One try: all of it, or what is missing from an earlier one. */
static gboolean
fetch_rest (EhcpLink *link, Load *load, GByteArray *bytes, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = g_strdup_printf ("/v1/documents/%s/content", load->id);
  g_autofree char *range = g_strdup_printf ("bytes=%u-", bytes->len);
  g_autofree char *tag = g_strdup_printf ("\"%s\"", load->sha256);
  EhcpRequest request = { .method = "GET", .path = path, .token = load->token };
  Piece piece = { bytes, bytes->len > 0 ? -load->size : load->size };
  g_autoptr (EhcpAnswer) answer = NULL;

  if (bytes->len > 0)
    {
      request.headers[0] = "Range";
      request.headers[1] = range;
      request.headers[2] = "If-Range";
      request.headers[3] = tag;
    }
  answer = ehcp_http_receive (link->documents_http, &request, take_piece, &piece, cancellable, error);
  return answer != NULL;
}

static GByteArray *
take_partial (EhcpLink *link, const Load *load)
{
  gpointer key = NULL, value = NULL;
  GByteArray *bytes = NULL;

  if (g_hash_table_steal_extended (link->partial, load->id, &key, &value))
    bytes = value;
  g_free (key);
  if (bytes == NULL || bytes->len >= load->size)
    {
      g_clear_pointer (&bytes, g_byte_array_unref);
      bytes = g_byte_array_new ();
    }
  return bytes;
}

static void
fetch (EhcpLink *link, Load *load, GCancellable *cancellable)
{
  GByteArray *bytes = take_partial (link, load);
  gboolean is_whole = FALSE;

  if (load->size < 0 || load->size > MAX_DOCUMENT_BYTES)
    {
      ehcp_set_error (&load->error, EHCP_ERROR_TOO_LARGE, NULL, "the document is too large");
      g_byte_array_unref (bytes);
      return;
    }
  for (guint i = 0; i < MAX_TRIES && !is_whole; i++)
    {
      g_clear_error (&load->error);
      is_whole = fetch_rest (link, load, bytes, cancellable, &load->error);
      if (!is_whole && !g_error_matches (load->error, EHCP_ERROR, EHCP_ERROR_OFFLINE))
        break;
    }
  if (!is_whole)
    {
      g_hash_table_insert (link->partial, g_strdup (load->id), bytes);
      return;
    }
  load->content = g_byte_array_free_to_bytes (bytes);
  if (is_right (load, load->content))
    return;
  g_clear_pointer (&load->content, g_bytes_unref);
  ehcp_set_error (&load->error, EHCP_ERROR_FAILED, NULL, "the document is not the one it should be");
}

static void
load_job (gpointer data)
{
  GTask *task = data;
  EhcpLink *link = g_task_get_source_object (task);
  Load *load = g_task_get_task_data (task);

  ehcp_worker_call (link->writer, read_job, load);
  load->is_kept = load->content != NULL && load->may_fetch;
  if (load->content == NULL && load->may_fetch)
    {
      fetch (link, load, g_task_get_cancellable (task));
      if (load->content != NULL)
        ehcp_worker_call (link->writer, keep_job, load);
    }
  if (load->content == NULL && load->error == NULL)
    ehcp_set_error (&load->error, EHCP_ERROR_NOT_FOUND, NULL, "the file is not here");
  if (load->content == NULL)
    g_task_return_error (task, g_steal_pointer (&load->error));
  else
    g_task_return_pointer (task, load->only_keep ? g_bytes_new (NULL, 0) : g_bytes_ref (load->content),
                           (GDestroyNotify) g_bytes_unref);
}

static void
note_kept (EhcpLink *link, const Load *load)
{
  EhcpRecord *document = ehcp_book_find (link->book, EHCP_KIND_DOCUMENT, load->id);

  if (!load->is_kept || document == NULL || load->shelf != link->shelf)
    return;
  g_hash_table_add (link->kept, g_strdup (load->id));
  ehcp_record_set_kept (document, TRUE);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  EhcpLink *link = EHCP_LINK (source);
  g_autoptr (GTask) outer = data;
  GError *error = NULL;
  GBytes *content = g_task_propagate_pointer (G_TASK (result), &error);

  note_kept (link, g_task_get_task_data (G_TASK (result)));
  if (g_error_matches (error, EHCP_ERROR, EHCP_ERROR_OFFLINE))
    ehcp_link_wake (link);
  if (content != NULL)
    g_task_return_pointer (outer, content, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (outer, error);
}

/**
 * ehcp_link_load_document_async:
 * @link: the link
 * @document: a document's record, of the book
 * @cancellable: (nullable): ends the wait; what came already is used the next time
 * @callback: called when it is there
 * @data: for @callback
 *
 * From this computer when it is kept here, otherwise from the council. Whoever shows it reports the
 * reading with a command of its own.
 */
void
ehcp_link_load_document_async (EhcpLink *link, EhcpRecord *document, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data)
{
  GTask *outer = ehcp_link_new_task (link, ehcp_link_load_document_async, cancellable, callback, data);
  GTask *task;

  if (link->shelf == NULL || link->is_closed)
    {
      GError *error = NULL;

      ehcp_set_error (&error, EHCP_ERROR_NOT_SIGNED_IN, NULL, "nobody is signed in");
      g_task_return_error (outer, error);
      g_object_unref (outer);
      return;
    }
  task = ehcp_link_new_task (link, load_job, cancellable, loaded_cb, outer);
  g_task_set_task_data (task, new_load (link, document), free_load);
  ehcp_link_run (link->documents, task, load_job);
}

/** ehcp_link_load_document_finish: Returns: (transfer full): its bytes, which match the record's hash; or
 * %NULL with %EHCP_ERROR_OFFLINE, %EHCP_ERROR_NOT_FOUND when it was withdrawn, or %EHCP_ERROR_FAILED when
 * what came does not match. */
GBytes *
ehcp_link_load_document_finish (EhcpLink *link, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) content = g_task_propagate_pointer (G_TASK (result), &error);

  note_kept (EHCP_LINK (source), g_task_get_task_data (G_TASK (result)));
  if (content == NULL)
    g_debug ("a document to be kept comes later: %s", error->message);
}

static void
fetch_to_keep (EhcpLink *link, EhcpRecord *document)
{
  GTask *task = ehcp_link_new_task (link, load_job, NULL, kept_cb, NULL);
  Load *load = new_load (link, document);

  load->only_keep = TRUE;
  g_task_set_task_data (task, load, free_load);
  ehcp_link_run (link->documents, task, load_job);
}

/* One wish, for the writer. */
typedef struct
{
  EhcpShelf *shelf;
  char *id;
  char *case_id;
  char *saved_uri;
  gboolean is_wanted;
} Wish;

static void
free_wish (gpointer data)
{
  Wish *wish = data;

  g_clear_pointer (&wish->shelf, ehcp_shelf_unref);
  g_clear_pointer (&wish->id, g_free);
  g_clear_pointer (&wish->case_id, g_free);
  g_clear_pointer (&wish->saved_uri, g_free);
  g_free (wish);
}

static void
wish_job (gpointer data)
{
  Wish *wish = data;
  g_autoptr (GError) error = NULL;

  if (wish->shelf->cache == NULL)
    return;
  if (wish->saved_uri != NULL)
    ehcp_cache_add_saved (wish->shelf->cache, wish->case_id, wish->saved_uri, &error);
  else if (wish->id != NULL)
    ehcp_cache_want_document (wish->shelf->cache, wish->id, wish->case_id, wish->is_wanted, &error);
  else
    ehcp_cache_set_keep_all (wish->shelf->cache, wish->case_id, wish->is_wanted, &error);
  if (error != NULL)
    g_message ("%s", error->message);
}

static void
push_wish (EhcpLink *link, const char *id, const char *case_id, const char *saved_uri, gboolean is_wanted)
{
  Wish *wish = g_new0 (Wish, 1);

  wish->shelf = ehcp_shelf_ref (link->shelf);
  wish->id = g_strdup (id);
  wish->case_id = g_strdup (case_id);
  wish->saved_uri = g_strdup (saved_uri);
  wish->is_wanted = is_wanted;
  ehcp_worker_push (link->writer, wish_job, wish, free_wish);
}

/** ehcp_link_keep_document: Keeps a document's content on this computer, from now or from when the council
 * can be reached on; or not any more. The record's "kept" says when it is there. */
void
ehcp_link_keep_document (EhcpLink *link, EhcpRecord *document, gboolean keep)
{
  const char *case_id = ehcp_record_get_case (document);

  g_return_if_fail (EHCP_IS_LINK (link));

  if (link->shelf == NULL)
    return;
  push_wish (link, ehcp_record_get_id (document), case_id != NULL ? case_id : "", NULL, keep);
  if (keep)
    {
      fetch_to_keep (link, document);
      return;
    }
  g_hash_table_remove (link->kept, ehcp_record_get_id (document));
  ehcp_record_set_kept (document, FALSE);
}

/** ehcp_link_set_keep_all: Keeps all documents of a case on this computer, those to come too; or lets those
 * to come be, while what is here stays. */
void
ehcp_link_set_keep_all (EhcpLink *link, const char *case_id, gboolean keep_all)
{
  g_return_if_fail (EHCP_IS_LINK (link) && case_id != NULL);

  if (link->shelf == NULL)
    return;
  push_wish (link, NULL, case_id, NULL, keep_all);
  if (keep_all)
    {
      g_hash_table_add (link->keep_all, g_strdup (case_id));
      ehcp_link_fetch_missing (link);
    }
  else
    g_hash_table_remove (link->keep_all, case_id);
}

/** ehcp_link_note_saved: Something of a case was saved at @path: what the desktop notes of that file (thumbnails, recent
 * files) goes when the case is taken away, and at log-out. The file stays. */
void
ehcp_link_note_saved (EhcpLink *link, const char *case_id, const char *path)
{
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);

  if (link->shelf != NULL && uri != NULL)
    push_wish (link, NULL, case_id != NULL ? case_id : "", uri, FALSE);
}

/** ehcp_link_get_keep_all: Returns: whether all documents of a case are to be kept. */
gboolean
ehcp_link_get_keep_all (EhcpLink *link, const char *case_id)
{
  return g_hash_table_contains (link->keep_all, case_id);
}

typedef struct
{
  EhcpLink *link;
  EhcpShelf *shelf;
  GPtrArray *ids;
} Missing;

/* In the main thread again. */
static void
fetch_listed (gpointer data)
{
  Missing *missing = data;
  EhcpLink *link = missing->link;

  for (guint i = 0; missing->ids != NULL && i < missing->ids->len; i++)
    {
      EhcpRecord *document =
          ehcp_book_find (link->book, EHCP_KIND_DOCUMENT, g_ptr_array_index (missing->ids, i));

      if (document != NULL && link->shelf == missing->shelf && !link->is_closed)
        fetch_to_keep (link, document);
    }
  g_clear_pointer (&missing->ids, g_ptr_array_unref);
  g_clear_pointer (&missing->shelf, ehcp_shelf_unref);
  g_clear_object (&missing->link);
  g_free (missing);
}

static void
list_missing_job (gpointer data)
{
  Missing *missing = data;

  if (missing->shelf->cache != NULL)
    missing->ids = ehcp_cache_list_missing (missing->shelf->cache, NULL);
  g_idle_add_once (fetch_listed, missing);
}

/* Fetches what is to be kept and is not here; after each pull. */
void
ehcp_link_fetch_missing (EhcpLink *link)
{
  Missing *missing = g_new0 (Missing, 1);

  missing->link = g_object_ref (link);
  missing->shelf = ehcp_shelf_ref (link->shelf);
  ehcp_worker_push (link->writer, list_missing_job, missing, NULL);
}
