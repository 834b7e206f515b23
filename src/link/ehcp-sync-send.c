/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sending half of a round: every command that is due, in order, when its files are there (ehcp-sync-files.c).
 * Which refusals are final is decided here; what the person is told of them, elsewhere. */
#include "ehcp-sync-private.h"

#include "ehcp-codec.h"

#include <string.h>

#define MAX_ANSWER (256 * 1024)

/* 5 s, then twice as long each time up to a quarter of an hour; six hours for all commands of a case together. */
#define FIRST_DEFERRAL_S 5
#define LAST_DEFERRAL_S 900
#define PATIENCE_S (6 * 3600)

/* One job of the writer, for the thread that waits for it. */
typedef struct
{
  EhcpSync *sync;
  EhcpOutgoing *outgoing;
  gint64 now;
  gint64 wait_s;
  gint64 next_at;
  char *epoch;
  gboolean is_good;
  gboolean is_same_epoch;
  gboolean is_dropped;
  gboolean is_deferred;
  GError *error;
} Job;

static void
find_next_job (gpointer data)
{
  Job *job = data;

  job->outgoing =
      ehcp_cache_find_next (job->sync->cache, g_get_monotonic_time (), &job->next_at, &job->error);
  job->epoch = ehcp_cache_get_epoch (job->sync->cache);
}

static void
update_job (gpointer data)
{
  Job *job = data;

  job->is_good = ehcp_cache_update_command (job->sync->cache, job->outgoing, &job->error);
}

static void
remove_job (gpointer data)
{
  Job *job = data;

  job->is_good = ehcp_cache_remove_command (job->sync->cache, job->outgoing->id, &job->error);
}

/* What was written about a case while its end was on the way stays no longer than the case itself: nobody could
 * see it any more. After a restore the grant may only be on its way again, so that words of before it are kept. */
static void
refuse_job (gpointer data)
{
  Job *job = data;
  const char *case_id = ehcp_outgoing_get_case (job->outgoing);
  gboolean is_over = !job->outgoing->is_again && ehcp_cache_is_of_epoch (job->sync->cache, job->outgoing) &&
                     g_strcmp0 (job->outgoing->field, "/case") == 0 &&
                     !ehcp_cache_has_case (job->sync->cache, case_id);

  job->is_dropped = is_over || ehcp_outgoing_is_silent (job->outgoing);
  if (is_over)
    job->is_good = ehcp_cache_drop_command (job->sync->cache, job->outgoing->id, case_id, &job->error);
  else if (job->is_dropped)
    remove_job (job);
  else
    update_job (job);
}

static void
check_again_job (gpointer data)
{
  Job *job = data;

  job->is_good = ehcp_cache_check_again (job->sync->cache, job->outgoing, &job->error);
}

static void
defer_job (gpointer data)
{
  Job *job = data;

  job->is_good = ehcp_cache_defer_command (job->sync->cache, job->outgoing, job->wait_s, PATIENCE_S,
                                           &job->is_deferred, &job->error);
}

static void
acknowledge_job (gpointer data)
{
  Job *job = data;

  job->is_same_epoch = ehcp_cache_is_of_epoch (job->sync->cache, job->outgoing);
  job->is_good =
      ehcp_cache_acknowledge (job->sync->cache, job->outgoing, job->now, &job->error);
}

static gboolean
store_change (EhcpSync *sync, EhcpOutgoing *outgoing, EhcpWorkFunc work, GError **error)
{
  Job job = { .sync = sync, .outgoing = outgoing };

  ehcp_worker_call (sync->writer, work, &job);
  if (job.error != NULL)
    g_propagate_error (error, job.error);
  return job.is_good;
}

/* From here on it cannot be undone; FALSE when it was undone just before. */
static gboolean
claim (EhcpSync *sync, const char *id)
{
  gboolean is_back;

  g_mutex_lock (&sync->lock);
  is_back = g_hash_table_contains (sync->withdrawn, id);
  if (!is_back)
    g_hash_table_add (sync->claimed, g_strdup (id));
  g_mutex_unlock (&sync->lock);
  return !is_back;
}

static GBytes *
make_body (EhcpOutgoing *outgoing)
{
  g_autoptr (EhcpRecord) command = ehcp_record_copy (outgoing->command);
  g_autoptr (GStrvBuilder) uploads = g_strv_builder_new ();
  g_auto (GStrv) ids = NULL;

  for (guint i = 0; i < outgoing->files->len; i++)
    g_strv_builder_add (uploads, ((EhcpOutgoingFile *) g_ptr_array_index (outgoing->files, i))->upload);
  ids = g_strv_builder_end (uploads);
  if (ids[0] != NULL && ehcp_shape_find (ehcp_record_get_shape (command), "uploads") != EHCP_FIELD_NONE)
    ehcp_record_set_list (command, "uploads", (const char *const *) ids);
  else if (ids[0] != NULL)
    ehcp_record_set_text (command, "upload", ids[0]);
  return ehcp_http_encode (command);
}

/* Only the council's own answer to this very command counts: a hotel's network answers 200 to anything. */
static char *
read_result (EhcpAnswer *answer, const char *id, GError **error)
{
  gsize length = 0;
  const char *text = g_bytes_get_data (answer->body, &length);
  g_autoptr (JsonObject) object = ehcp_json_parse_object (text, length, MAX_ANSWER, NULL);
  JsonObject *result = object != NULL ? ehcp_json_get_object (object, "result") : NULL;

  if (result != NULL && g_strcmp0 (ehcp_json_get_text (object, "id"), id) == 0)
    return json_to_string (json_object_get_member (object, "result"), FALSE);
  ehcp_set_error (error, EHCP_ERROR_FAILED, NULL, "the answer is not the council's");
  return NULL;
}

/* A council of another epoch carries nothing out: what was acknowledged before goes first. */
static char *
put_command (EhcpSync *sync, EhcpOutgoing *outgoing, const char *epoch, gint64 *date, GError **error)
{
  g_autofree char *path = *epoch != '\0' ? g_strdup_printf ("/v1/commands/%s?epoch=%s", outgoing->id, epoch)
                                         : g_strdup_printf ("/v1/commands/%s", outgoing->id);
  g_autoptr (GBytes) body = make_body (outgoing);
  EhcpRequest request = { .method = "PUT", .path = path, .token = sync->token, .body = body,
                          .max_bytes = MAX_ANSWER };
  g_autoptr (EhcpAnswer) answer = ehcp_http_send (sync->commands, &request, sync->stop, error);

  *date = answer != NULL ? answer->date : 0;
  return answer != NULL ? read_result (answer, outgoing->id, error) : NULL;
}

static gboolean
is_upload_lost (const EhcpOutgoing *outgoing, const GError *error)
{
  const char *field = ehcp_error_get_field (error);

  return outgoing->files->len > 0 && g_error_matches (error, EHCP_ERROR, EHCP_ERROR_NOT_FOUND) &&
         field != NULL && g_str_has_prefix (field, "/upload");
}

static void
forget_uploads (EhcpOutgoing *outgoing)
{
  for (guint i = 0; i < outgoing->files->len; i++)
    {
      EhcpOutgoingFile *file = g_ptr_array_index (outgoing->files, i);

      g_clear_pointer (&file->upload, g_free);
    }
}

/* From the command's own request on nothing can be taken back, not even when the program was ended before an answer
 * came, so that this is noted. */
static gboolean
claim_or_stop (EhcpSync *sync, EhcpOutgoing *outgoing, GError **error)
{
  if (!claim (sync, outgoing->id))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the command was taken back");
      return FALSE;
    }
  if (outgoing->is_on_way)
    return TRUE;
  outgoing->is_on_way = TRUE;
  return store_change (sync, outgoing, update_job, error);
}

/* The council keeps complete uploads for some days only: a command that waited longer brings them again. *date: the
 * council's clock when it answered. */
static char *
deliver (EhcpSync *sync, EhcpOutgoing *outgoing, const char *epoch, gint64 *date, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  char *result = NULL;

  for (guint i = 0; i < 2 && result == NULL; i++)
    {
      g_clear_error (&local_error);
      if (ehcp_sync_move_files (sync, outgoing, &local_error) && claim_or_stop (sync, outgoing, &local_error))
        result = put_command (sync, outgoing, epoch, date, &local_error);
      if (result != NULL || !is_upload_lost (outgoing, local_error))
        break;
      forget_uploads (outgoing);
    }
  if (result == NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return result;
}

/* Those that pass by themselves are no refusals. */
static gboolean
is_final (const GError *error)
{
  static const EhcpError passing[] = { EHCP_ERROR_OFFLINE, EHCP_ERROR_BUSY,   EHCP_ERROR_TOO_MANY,
                                       EHCP_ERROR_STORAGE, EHCP_ERROR_FAILED, EHCP_ERROR_NOT_SIGNED_IN,
                                       EHCP_ERROR_ACCOUNT_DISABLED };

  if (error->domain != EHCP_ERROR)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (passing); i++)
    if (error->code == (int) passing[i])
      return FALSE;
  return TRUE;
}

/* After a restore everybody sends again, and what a command needs may be another program's to bring: an answer
 * to a form that the caseworker's has not asked for again yet. */
static gboolean
may_pass (EhcpOutgoing *outgoing, const GError *refusal)
{
  return !ehcp_outgoing_is_silent (outgoing) &&
         (refusal->code == EHCP_ERROR_NOT_FOUND || refusal->code == EHCP_ERROR_CONFLICT ||
          refusal->code == EHCP_ERROR_STALE || refusal->code == EHCP_ERROR_MISSING);
}

static EhcpRound
end_failed (GError *error)
{
  g_message ("%s", error->message);
  g_error_free (error);
  return EHCP_ROUND_FAILED;
}

static EhcpRound
believe (EhcpSync *sync, EhcpOutgoing *outgoing, GError *refusal)
{
  Job job = { .sync = sync, .outgoing = outgoing };

  ehcp_sync_set_online (sync, TRUE);
  outgoing->delivery = EHCP_DELIVERY_REFUSED;
  g_free (outgoing->refusal);
  outgoing->refusal = g_strdup (ehcp_error_code_to_string (refusal->code));
  g_free (outgoing->field);
  outgoing->field = g_strdup (ehcp_error_get_field (refusal));
  ehcp_worker_call (sync->writer, refuse_job, &job);
  if (!job.is_good)
    {
      g_error_free (refusal);
      return end_failed (job.error);
    }
  ehcp_sync_emit (sync, &(EhcpSyncEvent){ .kind = EHCP_SYNC_REFUSED,
                                          .id = g_strdup (outgoing->id),
                                          .flag = job.is_dropped,
                                          .error = refusal });
  return EHCP_ROUND_GOOD;
}

/* As long as the patience of its case lasts, a refusal that another program's command can mend is not believed. */
static EhcpRound
defer (EhcpSync *sync, EhcpOutgoing *outgoing, GError *refusal)
{
  Job job = { .sync = sync, .outgoing = outgoing };

  ehcp_sync_set_online (sync, TRUE);
  job.wait_s = MIN (FIRST_DEFERRAL_S << MIN (outgoing->n_deferred, 10), LAST_DEFERRAL_S);
  ehcp_worker_call (sync->writer, defer_job, &job);
  if (job.is_good && !job.is_deferred)
    return believe (sync, outgoing, refusal);
  g_error_free (refusal);
  ehcp_sync_emit (sync, &(EhcpSyncEvent){ .kind = EHCP_SYNC_WAITING, .id = g_strdup (outgoing->id) });
  return job.is_good ? EHCP_ROUND_GOOD : end_failed (job.error);
}

static EhcpRound
refuse (EhcpSync *sync, EhcpOutgoing *outgoing, GError *refusal)
{
  Job job = { .sync = sync, .outgoing = outgoing };

  if (!may_pass (outgoing, refusal))
    return believe (sync, outgoing, refusal);
  ehcp_worker_call (sync->writer, check_again_job, &job);
  if (!job.is_good)
    {
      g_error_free (refusal);
      return end_failed (job.error);
    }
  return (outgoing->is_again ? defer : believe) (sync, outgoing, refusal);
}

static EhcpRound
accept (EhcpSync *sync, EhcpOutgoing *outgoing, gint64 date, char *result)
{
  Job job = { .sync = sync, .outgoing = outgoing, .now = date };

  ehcp_sync_set_online (sync, TRUE);
  sync->needs_pull = TRUE;
  ehcp_worker_call (sync->writer, acknowledge_job, &job);
  if (!job.is_good)
    {
      g_free (result);
      return end_failed (job.error);
    }
  ehcp_sync_emit (sync, &(EhcpSyncEvent){ .kind = EHCP_SYNC_SENT,
                                          .id = g_strdup (outgoing->id),
                                          .flag = job.is_same_epoch,
                                          .result = result });
  return EHCP_ROUND_GOOD;
}

static EhcpRound
send_one (EhcpSync *sync, EhcpOutgoing *outgoing, const char *epoch, guint *retry_after_s)
{
  g_autoptr (GError) error = NULL;
  gint64 date = 0;
  char *result;

  if (outgoing->files->len > 0 ? ehcp_sync_is_withdrawn (sync, outgoing->id) : !claim (sync, outgoing->id))
    return store_change (sync, outgoing, remove_job, NULL) ? EHCP_ROUND_GOOD : EHCP_ROUND_FAILED;
  ehcp_sync_set_syncing (sync, TRUE);
  ehcp_sync_emit (sync, &(EhcpSyncEvent){ .kind = EHCP_SYNC_SENDING, .id = g_strdup (outgoing->id) });
  result = deliver (sync, outgoing, epoch, &date, &error);
  if (result != NULL)
    return accept (sync, outgoing, date, result);
  if (ehcp_sync_is_withdrawn (sync, outgoing->id))
    return store_change (sync, outgoing, remove_job, NULL) ? EHCP_ROUND_GOOD : EHCP_ROUND_FAILED;
  if (g_error_matches (error, EHCP_ERROR, EHCP_ERROR_STATE_TOO_OLD))
    return ehcp_sync_leave_epoch (sync, epoch, retry_after_s);
  if (is_final (error))
    return refuse (sync, outgoing, g_steal_pointer (&error));
  ehcp_sync_emit (sync, &(EhcpSyncEvent){ .kind = EHCP_SYNC_WAITING, .id = g_strdup (outgoing->id) });
  return ehcp_sync_judge (sync, error, retry_after_s);
}

/* Sends every command that is due. *next_at: when the first of those that can be undone is, or 0. */
EhcpRound
ehcp_sync_send_all (EhcpSync *sync, gint64 *next_at, guint *retry_after_s)
{
  while (!g_cancellable_is_cancelled (sync->stop))
    {
      Job job = { .sync = sync };
      g_autoptr (EhcpOutgoing) outgoing = NULL;
      g_autofree char *epoch = NULL;
      EhcpRound round;

      ehcp_worker_call (sync->writer, find_next_job, &job);
      outgoing = job.outgoing;
      epoch = job.epoch;
      *next_at = job.next_at;
      if (job.error != NULL)
        return end_failed (job.error);
      if (epoch == NULL)
        return EHCP_ROUND_FAILED;
      if (outgoing == NULL)
        return EHCP_ROUND_GOOD;
      round = send_one (sync, outgoing, epoch, retry_after_s);
      if (round != EHCP_ROUND_GOOD)
        return round;
    }
  return EHCP_ROUND_GOOD;
}
