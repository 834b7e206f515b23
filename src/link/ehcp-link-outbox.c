/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands and drafts: shown at once, safe when the writer says so. */
#include "ehcp-link-private.h"

#include "ehcp-codec.h"
#include "ehcp-echo.h"
#include "ehcp-text.h"

#define MAX_FILES 20

/** ehcp_file_new: Returns: (transfer full): a file to be sent; @content is referenced. */
EhcpFile *
ehcp_file_new (const char *name, const char *media_type, GBytes *content)
{
  EhcpFile *file = g_new0 (EhcpFile, 1);

  file->name = g_strdup (name);
  file->media_type = g_strdup (media_type);
  file->content = g_bytes_ref (content);
  return file;
}

/** ehcp_file_free: Gives it back. */
void
ehcp_file_free (EhcpFile *file)
{
  g_clear_pointer (&file->name, g_free);
  g_clear_pointer (&file->media_type, g_free);
  g_clear_pointer (&file->content, g_bytes_unref);
  g_free (file);
}

/* One job of the writer on the cache. */
typedef struct
{
  EhcpShelf *shelf;
  EhcpOutgoing *outgoing;
  GPtrArray *contents;
  char *id;
  EhcpOutgoing *refused; /* the one of that id, to be shown again when the new one cannot be kept */
  EhcpRecord *draft;
  GTask *task;   /* told in the main thread */
  GError *error;
} Job;

static Job *
new_job (EhcpLink *link)
{
  Job *job = g_new0 (Job, 1);

  job->shelf = ehcp_shelf_ref (link->shelf);
  return job;
}

static void
free_job (gpointer data)
{
  Job *job = data;

  g_clear_pointer (&job->shelf, ehcp_shelf_unref);
  g_clear_pointer (&job->outgoing, ehcp_outgoing_free);
  g_clear_pointer (&job->contents, g_ptr_array_unref);
  g_clear_pointer (&job->id, g_free);
  g_clear_pointer (&job->refused, ehcp_outgoing_free);
  g_clear_object (&job->draft);
  g_clear_object (&job->task);
  g_clear_error (&job->error);
  g_free (job);
}

static void
note_failure (Job *job)
{
  if (job->error != NULL)
    g_message ("%s", job->error->message);
}

/* Back in the main thread: safe, or not kept at all and not shown any more. */
static void
stored (gpointer data)
{
  Job *job = data;
  EhcpLink *link = g_task_get_source_object (job->task);

  if (job->error != NULL)
    {
      ehcp_outbox_drop (link->outbox, job->outgoing->id);
      if (job->refused != NULL && link->shelf == job->shelf)
        ehcp_outbox_add (link->outbox, g_steal_pointer (&job->refused));
      ehcp_link_count (link);
      g_task_return_error (job->task, g_steal_pointer (&job->error));
    }
  else
    {
      ehcp_link_wake (link);
      g_task_return_pointer (job->task, g_strdup (job->outgoing->id), g_free);
    }
  free_job (job);
}

static void
add_job (gpointer data)
{
  Job *job = data;

  if (job->shelf->cache == NULL)
    ehcp_set_error (&job->error, EHCP_ERROR_NOT_SIGNED_IN, NULL, "nobody is signed in any more");
  else
    ehcp_cache_add_command (job->shelf->cache, job->outgoing, job->contents, job->id, &job->error);
  g_idle_add_once (stored, job);
}

static void
remove_job (gpointer data)
{
  Job *job = data;

  if (job->shelf->cache != NULL)
    ehcp_cache_remove_command (job->shelf->cache, job->id, &job->error);
  note_failure (job);
}

static void
store_draft_job (gpointer data)
{
  Job *job = data;

  if (job->shelf->cache != NULL)
    ehcp_cache_store_draft (job->shelf->cache, job->draft, &job->error);
  note_failure (job);
}

static void
remove_draft_job (gpointer data)
{
  Job *job = data;

  if (job->shelf->cache != NULL)
    ehcp_cache_remove_draft (job->shelf->cache, job->id, &job->error);
  note_failure (job);
}

static void
set_if_unset (EhcpRecord *command, const char *field, const char *value)
{
  guint n = ehcp_shape_find (ehcp_record_get_shape (command), field);

  if (n != EHCP_FIELD_NONE && !ehcp_record_nth_has (command, n))
    ehcp_record_set_text (command, field, value);
}

/* What every command of its kind has: its name, when it was composed; an upload's id comes later. */
static EhcpRecord *
complete (EhcpLink *link, EhcpRecord *command, gboolean has_files)
{
  EhcpRecord *full = ehcp_record_copy (command);
  g_autofree char *now = ehcp_clock_now_text (link->clock);
  g_autofree char *placeholder = ehcp_text_new_id ();

  ehcp_record_set_text (full, "kind", ehcp_record_get_kind (full));
  set_if_unset (full, "composed_at", now);
  if (has_files)
    set_if_unset (full, "upload", placeholder);
  return full;
}

static gboolean
check_files (EhcpLink *link, GPtrArray *files, GError **error)
{
  gint64 max_bytes = link->service != NULL ? ehcp_service_get_max_file_bytes (link->service) : G_MAXINT64;

  if (files == NULL)
    return TRUE;
  if (files->len > MAX_FILES)
    {
      ehcp_set_error (error, EHCP_ERROR_RANGE, "/uploads", "more than %d files", MAX_FILES);
      return FALSE;
    }
  for (guint i = 0; i < files->len; i++)
    {
      EhcpFile *file = g_ptr_array_index (files, i);
      g_autofree char *field = g_strdup_printf ("/uploads/%u", i);

      if ((gint64) g_bytes_get_size (file->content) > max_bytes)
        {
          ehcp_set_error (error, EHCP_ERROR_TOO_LARGE, field, "a file is too large");
          return FALSE;
        }
    }
  return TRUE;
}

static EhcpOutgoing *
make_outgoing (EhcpLink *link, EhcpRecord *command, GPtrArray *files, GError **error)
{
  gboolean has_files = files != NULL && files->len > 0;
  g_autoptr (EhcpRecord) full = complete (link, command, has_files);
  g_autofree char *id = ehcp_text_new_id ();
  g_autofree char *now = ehcp_clock_now_text (link->clock);
  EhcpOutgoing *outgoing;

  if (link->shelf == NULL)
    {
      ehcp_set_error (error, EHCP_ERROR_NOT_SIGNED_IN, NULL, "nobody is signed in");
      return NULL;
    }
  if (!ehcp_codec_check (full, error) || !check_files (link, files, error))
    return NULL;
  outgoing = ehcp_outgoing_new (id, full);
  for (guint i = 0; has_files && i < files->len; i++)
    {
      EhcpFile *file = g_ptr_array_index (files, i);

      ehcp_outgoing_add_file (outgoing, file->name, file->media_type, file->content);
    }
  /* The document can be read here under its own id before the council has it. */
  if (has_files && ehcp_outgoing_get_command (outgoing) == EHCP_COMMAND_DOCUMENT_ADD)
    {
      EhcpOutgoingFile *file = g_ptr_array_index (outgoing->files, 0);

      g_free (file->file);
      file->file = g_strdup (id);
    }
  ehcp_echo_make (outgoing, link->book, now);
  return outgoing;
}

static GPtrArray *
list_contents (GPtrArray *files)
{
  GPtrArray *contents = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  for (guint i = 0; files != NULL && i < files->len; i++)
    g_ptr_array_add (contents, g_bytes_ref (((EhcpFile *) g_ptr_array_index (files, i))->content));
  return contents;
}

/**
 * ehcp_link_send_async:
 * @link: a link with somebody signed in, or whose session ended
 * @command: a record of a command's shape; copied; "kind" and "composed_at" are filled in
 * @files: (nullable): of #EhcpFile, that go with a message or a document
 * @hold_ms: how long it can be undone: it is not sent before
 * @cancellable: (nullable): ends the wait, not the sending
 * @callback: called when the command is safe on the disk
 * @data: for @callback
 *
 * What the command makes is in the book before this returns.
 */
void
ehcp_link_send_async (EhcpLink *link, EhcpRecord *command, GPtrArray *files, guint hold_ms,
                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = ehcp_link_new_task (link, ehcp_link_send_async, cancellable, callback, data);
  GError *error = NULL;
  EhcpOutgoing *outgoing = make_outgoing (link, command, files, &error);
  Job *job;

  if (outgoing == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (hold_ms > 0)
    outgoing->not_before = g_get_monotonic_time () + hold_ms * G_GINT64_CONSTANT (1000);
  job = new_job (link);
  job->outgoing = ehcp_outgoing_copy (outgoing);
  job->contents = list_contents (files);
  job->task = g_object_ref (task);
  ehcp_outbox_add (link->outbox, outgoing);
  ehcp_link_count (link);
  ehcp_worker_push (link->writer, add_job, job, NULL);
}

/** ehcp_link_send_finish: Returns: (transfer full): the command's id, which is that of the record that it
 * makes; or %NULL with the first rule of its table that it breaks, %EHCP_ERROR_TOO_LARGE,
 * %EHCP_ERROR_NOT_SIGNED_IN, or %EHCP_ERROR_STORAGE when the disk is full: then nothing is kept. */
char *
ehcp_link_send_finish (EhcpLink *link, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
give_up (EhcpLink *link, const char *command_id)
{
  g_autoptr (GError) error =
      g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "the command was taken back");
  Job *job = new_job (link);

  job->id = g_strdup (command_id);
  ehcp_worker_push (link->writer, remove_job, job, free_job);
  ehcp_outbox_drop (link->outbox, job->id);
  ehcp_link_answer (link, job->id, NULL, error);
  ehcp_link_count (link);
}

/* While its files are on their way the command itself is not, unless it was once, before the program was ended. */
static gboolean
may_undo (const EhcpOutgoing *outgoing)
{
  return !outgoing->is_on_way && (outgoing->delivery == EHCP_DELIVERY_WAITING ||
                                  (outgoing->delivery == EHCP_DELIVERY_SENDING && outgoing->files->len > 0));
}

/** ehcp_link_undo: Takes a command back that was not sent yet, or whose files are being sent. Returns: whether it was taken back; %FALSE
 * when it was on its way once, even when no answer came, for the council may have it. */
gboolean
ehcp_link_undo (EhcpLink *link, const char *command_id)
{
  EhcpOutgoing *outgoing = ehcp_outbox_find (link->outbox, command_id);

  if (outgoing == NULL || link->shelf == NULL || !may_undo (outgoing))
    return FALSE;
  if (link->sync != NULL && !ehcp_sync_withdraw (link->sync, command_id))
    return FALSE;
  give_up (link, command_id);
  return TRUE;
}

/** ehcp_link_discard: Away with a refused command, or with one that was not sent yet. */
void
ehcp_link_discard (EhcpLink *link, const char *command_id)
{
  EhcpOutgoing *outgoing = ehcp_outbox_find (link->outbox, command_id);

  if (outgoing != NULL && outgoing->delivery == EHCP_DELIVERY_REFUSED && link->shelf != NULL)
    give_up (link, command_id);
  else
    ehcp_link_undo (link, command_id);
}

/** ehcp_link_find_under: See the header. */
EhcpRecord *
ehcp_link_find_under (EhcpLink *link, EhcpKind kind, const char *id)
{
  return ehcp_outbox_find_under (link->outbox, kind, id);
}

/** ehcp_link_discard_about: See the header. What was typed goes with them: the caller, who knows it, keeps it. */
void
ehcp_link_discard_about (EhcpLink *link, EhcpKind kind, const char *id)
{
  g_auto (GStrv) ids = ehcp_outbox_list_about (link->outbox, kind, id, TRUE);

  for (guint i = 0; ids[i] != NULL; i++)
    ehcp_link_discard (link, ids[i]);
}

/** ehcp_link_undo_about: See the header. */
gboolean
ehcp_link_undo_about (EhcpLink *link, EhcpKind kind, const char *id)
{
  g_auto (GStrv) ids = ehcp_outbox_list_about (link->outbox, kind, id, FALSE);
  gboolean is_back = ids[0] != NULL;

  for (guint i = 0; ids[i] != NULL; i++)
    is_back &= ehcp_link_undo (link, ids[i]);
  return is_back;
}

/* The same command without what it was refused for, if that was the age of what its sender saw. */
static EhcpOutgoing *
make_again (EhcpLink *link, const EhcpOutgoing *refused)
{
  g_autofree char *id = ehcp_text_new_id ();
  g_autofree char *now = ehcp_clock_now_text (link->clock);
  g_autoptr (EhcpOutgoing) copy = ehcp_outgoing_copy (refused);
  EhcpOutgoing *again = ehcp_outgoing_new (id, refused->command);

  if (ehcp_shape_find (ehcp_record_get_shape (again->command), "base") != EHCP_FIELD_NONE)
    ehcp_record_clear (again->command, "base");
  g_ptr_array_unref (again->files);
  again->files = g_steal_pointer (&copy->files);
  copy->files = g_ptr_array_new ();
  ehcp_echo_make (again, link->book, now);
  return again;
}

/** ehcp_link_retry: Sends a refused command again, under a new id: the record that it makes is another. */
void
ehcp_link_retry (EhcpLink *link, const char *command_id)
{
  EhcpOutgoing *refused = ehcp_outbox_find (link->outbox, command_id);
  EhcpOutgoing *again;
  Job *job;

  if (refused == NULL || refused->delivery != EHCP_DELIVERY_REFUSED || link->shelf == NULL)
    return;
  again = make_again (link, refused);
  job = new_job (link);
  job->outgoing = ehcp_outgoing_copy (again);
  job->id = g_strdup (command_id);
  job->refused = ehcp_outgoing_copy (refused);
  job->task = ehcp_link_new_task (link, ehcp_link_retry, NULL, NULL, NULL);
  ehcp_outbox_drop (link->outbox, job->id);
  ehcp_outbox_add (link->outbox, again);
  ehcp_link_count (link);
  ehcp_worker_push (link->writer, add_job, job, NULL);
}

/* What every record needs to be read again. */
static void
complete_draft (EhcpLink *link, EhcpRecord *draft)
{
  g_autofree char *now = ehcp_clock_now_text (link->clock);
  g_autofree char *id = ehcp_text_new_id ();

  set_if_unset (draft, "id", id);
  set_if_unset (draft, "audience", "account");
  set_if_unset (draft, "saved_at", now);
  if (!ehcp_record_has (draft, "seq"))
    ehcp_record_set_int (draft, "seq", 0);
}

/**
 * ehcp_link_save_draft:
 * @link: the link
 * @draft: a record of %EHCP_KIND_DRAFT; a missing id or time is filled in
 *
 * In the book at once; on the disk within moments, in the order of the calls.
 */
void
ehcp_link_save_draft (EhcpLink *link, EhcpRecord *draft)
{
  Job *job;

  g_return_if_fail (EHCP_IS_LINK (link) && EHCP_IS_RECORD (draft));

  complete_draft (link, draft);
  ehcp_record_set_delivery (draft, EHCP_DELIVERY_DRAFT, NULL);
  ehcp_book_put (link->book, draft);
  if (link->shelf == NULL)
    return;
  job = new_job (link);
  job->draft = ehcp_record_copy (draft);
  ehcp_worker_push (link->writer, store_draft_job, job, free_job);
}

/** ehcp_link_delete_draft: Removes a draft, from the book at once; one that is not there is no mistake. */
void
ehcp_link_delete_draft (EhcpLink *link, const char *draft_id)
{
  Job *job;

  g_return_if_fail (EHCP_IS_LINK (link) && draft_id != NULL);

  if (link->shelf != NULL)
    {
      job = new_job (link);
      job->id = g_strdup (draft_id);
      ehcp_worker_push (link->writer, remove_draft_job, job, free_job);
    }
  ehcp_book_remove (link->book, EHCP_KIND_DRAFT, draft_id);
}
