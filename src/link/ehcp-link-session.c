/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sessions: found at the start, made by signing in. How they end is in ehcp-link-leave.c. */
#include "ehcp-link-private.h"

#include "ehcp-codec.h"
#include "ehcp-text.h"

#include <string.h>

#define MAX_BODY (64 * 1024)
#define MAX_DEVICE_CHARS 100

/* What one of these flows needs in the account thread, and what it found there. */
typedef struct
{
  gboolean is_unlock;
  gboolean is_memory_only;
  char *sign_in_id;
  char *typed;            /* the password of this sign-in, or NULL; secret */
  char *code;
  gboolean is_authenticator;      /* the code is an app's */
  EhcpAuthenticator *authenticator; /* what the council asks for instead of a session */
  EhcpKeyringFound found; /* state; the session is moved out */
  EhcpSession *session;
  EhcpShelf *shelf;       /* the one that is open for this account already, or a new one */
  EhcpLoaded *loaded;     /* of a new one */
  EhcpRecord *account;    /* as the council gave it at the sign-in */
  char *dir;
  gint64 now;
  GError *error;
} Flow;

static void
free_flow (gpointer data)
{
  Flow *flow = data;

  g_clear_pointer (&flow->sign_in_id, g_free);
  if (flow->typed != NULL)
    explicit_bzero (flow->typed, strlen (flow->typed));
  g_clear_pointer (&flow->typed, g_free);
  g_clear_pointer (&flow->code, g_free);
  g_clear_pointer (&flow->authenticator, ehcp_authenticator_free);
  g_clear_pointer (&flow->found.session, ehcp_session_free);
  g_clear_pointer (&flow->session, ehcp_session_free);
  g_clear_pointer (&flow->shelf, ehcp_shelf_unref);
  g_clear_pointer (&flow->loaded, ehcp_loaded_free);
  g_clear_object (&flow->account);
  g_clear_pointer (&flow->dir, g_free);
  g_clear_error (&flow->error);
  g_free (flow);
}

/* A cache that cannot be read through is mended, and thrown away when that cannot be: the council has it all but for what was
 * not sent. */
static EhcpCache *
open_and_load (Flow *flow, const char *dir)
{
  EhcpCache *cache = ehcp_cache_open (dir, &flow->session->key, &flow->error);

  if (cache == NULL)
    return NULL;
  flow->loaded = ehcp_cache_load (cache, &flow->error);
  if (flow->loaded == NULL && ehcp_cache_is_damaged (cache))
    {
      g_clear_error (&flow->error);
      if (ehcp_cache_mend (cache, &flow->error))
        flow->loaded = ehcp_cache_load (cache, &flow->error);
    }
  if (flow->loaded != NULL)
    return cache;
  if (ehcp_cache_is_damaged (cache))
    ehcp_cache_wipe (cache);
  else
    ehcp_cache_close (cache);
  return NULL;
}

/* In the writer's thread: from the disk; made anew when it was damaged; in memory when the disk is full or
 * may not be written to. */
static void
open_job (gpointer data)
{
  Flow *flow = data;
  EhcpCache *cache = open_and_load (flow, flow->dir);

  for (guint i = 0; cache == NULL && i < 2; i++)
    {
      g_message ("%s", flow->error->message);
      g_clear_error (&flow->error);
      if (i > 0)
        g_clear_pointer (&flow->dir, g_free);
      cache = open_and_load (flow, flow->dir);
    }
  if (cache == NULL)
    return;
  flow->shelf = ehcp_shelf_new (cache);
  flow->loaded->lease = ehcp_cache_note_seen (cache, flow->now);
}

/* The first screen is made while the writer checks what it was read from; a pull waits for that. */
static void
open_cache (EhcpLink *link, Flow *flow)
{
  if (!flow->is_memory_only)
    flow->dir = ehcp_cache_make_path (link->cache_dir, link->url, flow->session->account);
  flow->now = ehcp_clock_now (link->clock);
  ehcp_worker_call (link->writer, open_job, flow);
  flow->is_memory_only = flow->dir == NULL;
  if (flow->shelf != NULL)
    ehcp_worker_push (link->writer, ehcp_shelf_check, ehcp_shelf_ref (flow->shelf), (GDestroyNotify) ehcp_shelf_unref);
}

static void
start_job (gpointer data)
{
  GTask *task = data;
  EhcpLink *link = g_task_get_source_object (task);
  Flow *flow = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  EhcpKeyringPlace place = ehcp_link_get_place (link);
  EhcpKeyringState unlocked = EHCP_KEYRING_LOCKED;

  if (flow->is_unlock)
    unlocked = ehcp_keyring_unlock (&place, cancellable);
  ehcp_keyring_find (&place, link->wanted, &flow->found, cancellable);
  if (flow->is_unlock && flow->found.state == EHCP_KEYRING_LOCKED)
    flow->found.state = unlocked;
  flow->session = g_steal_pointer (&flow->found.session);
  if (flow->session != NULL)
    open_cache (link, flow);
  if (flow->error != NULL)
    g_task_return_error (task, g_steal_pointer (&flow->error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
close_job (gpointer data)
{
  ehcp_shelf_close (data);
}

/* A cache that was opened for nothing. */
static void
put_back (EhcpLink *link, Flow *flow)
{
  EhcpShelf *shelf = g_steal_pointer (&flow->shelf);

  if (shelf == NULL || shelf == link->shelf)
    {
      g_clear_pointer (&shelf, ehcp_shelf_unref);
      return;
    }
  if (!link->is_closed)
    {
      ehcp_worker_push (link->writer, close_job, shelf, (GDestroyNotify) ehcp_shelf_unref);
      return;
    }
  ehcp_shelf_close (shelf);
  ehcp_shelf_unref (shelf);
}

/* The main thread's part: everything is in place before the caller is told. */
static void
started_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  EhcpLink *link = EHCP_LINK (source);
  g_autoptr (GTask) outer = data;
  Flow *flow = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;

  g_clear_object (&link->unlocking);
  if (!g_task_propagate_boolean (G_TASK (result), &error) || link->is_closed ||
      link->status == EHCP_LINK_SIGNED_IN)
    {
      put_back (link, flow);
      if (error == NULL)
        g_task_return_boolean (outer, TRUE);
      else
        g_task_return_error (outer, error);
      return;
    }
  ehcp_link_set_keyring (link, flow->found.state);
  if (flow->session != NULL)
    {
      ehcp_link_set_memory_only (link, flow->is_memory_only);
      ehcp_link_adopt (link, g_steal_pointer (&flow->session), g_steal_pointer (&flow->shelf),
                       flow->loaded, NULL);
    }
  else
    ehcp_link_set_status (link, flow->found.is_hidden ? EHCP_LINK_LOCKED : EHCP_LINK_SIGNED_OUT);
  g_task_return_boolean (outer, TRUE);
}

static void
begin_start (EhcpLink *link, gboolean is_unlock, GCancellable *cancellable, GTask *outer)
{
  GTask *task = ehcp_link_new_task (link, begin_start, cancellable, started_cb, outer);
  Flow *flow = g_new0 (Flow, 1);

  flow->is_unlock = is_unlock;
  g_task_set_task_data (task, flow, free_flow);
  ehcp_link_run (link->account, task, start_job);
}

/**
 * ehcp_link_start_async:
 * @link: a link that was just made
 * @cancellable: (nullable): ends the wait
 * @callback: called when the status is known
 * @data: for @callback
 *
 * Looks for the stored session of whoever signed in last, opens their offline copy and fills the book;
 * then sync runs. Never brings up a prompt: a locked keyring is said by the status.
 */
void
ehcp_link_start_async (EhcpLink *link, GCancellable *cancellable, GAsyncReadyCallback callback,
                       gpointer data)
{
  GTask *outer = ehcp_link_new_task (link, ehcp_link_start_async, cancellable, callback, data);

  begin_start (link, FALSE, cancellable, outer);
}

/** ehcp_link_start_finish: Returns: whether the status is known now; %FALSE when it was cancelled. */
gboolean
ehcp_link_start_finish (EhcpLink *link, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
give_up_cb (GCancellable *cancellable, gpointer unlocking)
{
  g_cancellable_cancel (unlocking);
}

/** ehcp_link_unlock_async: Lets the keyring ask for its password, for three minutes at most, then starts as
 * ehcp_link_start_async() does. */
void
ehcp_link_unlock_async (EhcpLink *link, GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer data)
{
  GTask *outer = ehcp_link_new_task (link, ehcp_link_unlock_async, cancellable, callback, data);

  g_clear_object (&link->unlocking);
  link->unlocking = g_cancellable_new ();
  if (cancellable != NULL)
    g_cancellable_connect (cancellable, G_CALLBACK (give_up_cb), g_object_ref (link->unlocking),
                           g_object_unref);
  begin_start (link, TRUE, link->unlocking, outer);
}

/** ehcp_link_unlock_finish: Returns: whether the keyring works now; otherwise %EHCP_ERROR_KEYRING, and the
 * property "keyring" says what it is like. */
gboolean
ehcp_link_unlock_finish (EhcpLink *link, GAsyncResult *result, GError **error)
{
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  if (link->keyring != EHCP_KEYRING_WORKS)
    ehcp_set_error (error, EHCP_ERROR_KEYRING, NULL, "the keyring is still locked");
  return link->keyring == EHCP_KEYRING_WORKS;
}

/** ehcp_link_use_memory_only: From %EHCP_LINK_LOCKED or %EHCP_LINK_SIGNED_OUT: the next session leaves
 * nothing on the disk and nothing in the keyring. A prompt that is open is given up. */
void
ehcp_link_use_memory_only (EhcpLink *link)
{
  g_return_if_fail (EHCP_IS_LINK (link));

  if (link->status == EHCP_LINK_SIGNED_IN || link->status == EHCP_LINK_ENDED)
    return;
  if (link->unlocking != NULL)
    g_cancellable_cancel (link->unlocking);
  ehcp_link_set_memory_only (link, TRUE);
  ehcp_link_set_status (link, EHCP_LINK_SIGNED_OUT);
}

/* What the list of devices shows: this computer's name and system, one clean line. */
static char *
make_device_name (void)
{
  g_autofree char *system = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);
  g_autofree char *name =
      g_strdup_printf ("%s, %s", g_get_host_name (), system != NULL ? system : "Linux");

  if (!g_utf8_validate (name, -1, NULL) || !ehcp_text_is_clean (name, TRUE))
    return g_strdup ("Linux");
  return g_utf8_substring (name, 0, MIN (g_utf8_strlen (name, -1), MAX_DEVICE_CHARS));
}

static GBytes *
make_finish_body (const Flow *flow)
{
  EhcpBody shape = flow->is_authenticator ? EHCP_BODY_SIGN_IN_AUTHENTICATOR : EHCP_BODY_SIGN_IN_FINISH;
  g_autoptr (EhcpRecord) body = ehcp_record_new (ehcp_body_get_shape (shape));
  g_autofree char *device = make_device_name ();

  ehcp_record_set_text (body, "code", flow->code);
  ehcp_record_set_text (body, "device", device);
  return ehcp_http_encode (body);
}

/* Token and account of a sign-in's answer; the key is filled in later. */
static gboolean
read_session (EhcpLink *link, Flow *flow, EhcpAnswer *answer, GError **error)
{
  gsize length = 0;
  const char *text = g_bytes_get_data (answer->body, &length);
  g_autoptr (JsonObject) object = ehcp_json_parse_object (text, length, MAX_BODY, NULL);
  const char *token = object != NULL ? ehcp_json_get_text (object, "token") : NULL;
  JsonObject *person = object != NULL ? ehcp_json_get_object (object, "person") : NULL;
  EhcpKey key = { 0 };

  flow->authenticator = object != NULL ? ehcp_authenticator_parse (object, flow->sign_in_id, answer->server_now) : NULL;
  if (flow->authenticator != NULL)
    return TRUE;
  if (token != NULL && person != NULL)
    flow->account = ehcp_codec_decode_object (ehcp_kind_get_shape (EHCP_KIND_ACCOUNT), person,
                                              EHCP_DECODE_IGNORE_UNKNOWN, NULL);
  if (flow->account == NULL)
    {
      ehcp_set_error (error, EHCP_ERROR_FAILED, NULL, "the answer has no token or no account");
      return FALSE;
    }
  flow->session = ehcp_session_new (ehcp_record_get_id (flow->account), token, &key,
                                    ehcp_clock_now (link->clock));
  return TRUE;
}

/* The offline copy of an earlier session of this account is opened with its key. */
static void
choose_key (EhcpLink *link, Flow *flow, GCancellable *cancellable)
{
  EhcpKeyringPlace place = ehcp_link_get_place (link);

  if (flow->is_memory_only)
    {
      ehcp_key_make (&flow->session->key);
      return;
    }
  ehcp_keyring_find (&place, flow->session->account, &flow->found, cancellable);
  if (flow->found.session != NULL)
    flow->session->key = flow->found.session->key;
  else
    ehcp_key_make (&flow->session->key);
}

/* @known: the session that ended and whose cache is still open; its key stays. */
static void
keep_session (EhcpLink *link, Flow *flow, const EhcpSession *known, GCancellable *cancellable)
{
  gboolean is_same = known != NULL && g_str_equal (known->account, flow->session->account);
  EhcpKeyringPlace place = ehcp_link_get_place (link);

  if (flow->typed != NULL)
    flow->session->lock = ehcp_link_make_lock (flow->typed);
  if (is_same)
    flow->session->key = known->key;
  else
    {
      g_clear_pointer (&flow->shelf, ehcp_shelf_unref);
      choose_key (link, flow, cancellable);
    }
  if (!flow->is_memory_only)
    flow->found.state = ehcp_keyring_store (&place, flow->session, cancellable);
  if (!is_same)
    flow->is_memory_only |= flow->found.state != EHCP_KEYRING_WORKS;
  if (flow->shelf == NULL)
    open_cache (link, flow);
}

static void
finish_job (gpointer data)
{
  GTask *task = data;
  EhcpLink *link = g_task_get_source_object (task);
  Flow *flow = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autofree char *path = g_strdup_printf ("/v1/sign-ins/%s/%s", flow->sign_in_id,
                                           flow->is_authenticator ? "authenticator" : "finish");
  g_autoptr (GBytes) body = make_finish_body (flow);
  EhcpRequest request = { .method = "POST", .path = path, .body = body };
  g_autoptr (EhcpSession) known = g_steal_pointer (&flow->session);
  g_autoptr (EhcpAnswer) answer = NULL;
  GError *error = NULL;

  answer = ehcp_http_send (link->account_http, &request, cancellable, &error);
  if (answer != NULL && read_session (link, flow, answer, &error) && flow->authenticator == NULL)
    keep_session (link, flow, known, cancellable);
  if (error == NULL)
    error = g_steal_pointer (&flow->error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
finished_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  EhcpLink *link = EHCP_LINK (source);
  g_autoptr (GTask) outer = data;
  Flow *flow = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error) || link->is_closed)
    {
      put_back (link, flow);
      if (error == NULL)
        g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the link was closed");
      ehcp_link_set_online (link, !g_error_matches (error, EHCP_ERROR, EHCP_ERROR_OFFLINE));
      g_task_return_error (outer, error);
      return;
    }
  ehcp_link_set_online (link, TRUE);
  g_clear_pointer (&link->authenticator, ehcp_authenticator_free);
  if (flow->authenticator != NULL)
    {
      link->authenticator = g_steal_pointer (&flow->authenticator);
      put_back (link, flow);
      g_task_return_boolean (outer, TRUE);
      return;
    }
  ehcp_link_take_typed (link, NULL);
  ehcp_link_set_keyring (link, flow->found.state);
  ehcp_link_set_memory_only (link, flow->is_memory_only);
  ehcp_link_adopt (link, g_steal_pointer (&flow->session), g_steal_pointer (&flow->shelf),
                   flow->loaded, flow->account);
  g_task_return_boolean (outer, TRUE);
}

static void
begin_finish (EhcpLink *link, const char *sign_in_id, const char *code, gboolean is_authenticator,
              GCancellable *cancellable, GTask *outer)
{
  GTask *task = ehcp_link_new_task (link, finished_cb, cancellable, finished_cb, outer);
  Flow *flow = g_new0 (Flow, 1);

  flow->sign_in_id = g_strdup (sign_in_id);
  flow->code = ehcp_link_take_digits (code);
  flow->is_authenticator = is_authenticator;
  flow->typed = g_strdup (link->typed);
  flow->is_memory_only = link->is_memory_only;
  flow->found.state = link->keyring;
  if (link->session != NULL)
    flow->session = ehcp_session_new (link->session->account, "", &link->session->key, 0);
  if (link->shelf != NULL)
    flow->shelf = ehcp_shelf_ref (link->shelf);
  g_task_set_task_data (task, flow, free_flow);
  ehcp_link_run (link->account, task, finish_job);
}

/**
 * ehcp_link_finish_sign_in_async:
 * @link: a link with nobody signed in, or whose session ended
 * @sign_in_id: of the sign-in
 * @code: as typed, whatever stands around its digits
 * @cancellable: (nullable): ends the wait
 * @callback: called when it is decided
 * @data: for @callback
 *
 * Ends the sign-in. The session goes into the keyring when that can be written to without a prompt;
 * otherwise it is kept in memory, which "is-memory-only" says.
 */
void
ehcp_link_finish_sign_in_async (EhcpLink *link, const char *sign_in_id, const char *code,
                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer data)
{
  GTask *outer = ehcp_link_new_task (link, ehcp_link_finish_sign_in_async, cancellable, callback, data);

  begin_finish (link, sign_in_id, code, FALSE, cancellable, outer);
}

/** ehcp_link_answer_authenticator_async: The code of an authenticator app, after ehcp_link_get_authenticator() said that
 * it is asked for; as ehcp_link_finish_sign_in_async() otherwise. */
void
ehcp_link_answer_authenticator_async (EhcpLink *link, const char *code, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer data)
{
  GTask *outer = ehcp_link_new_task (link, ehcp_link_answer_authenticator_async, cancellable, callback, data);

  g_return_if_fail (link->authenticator != NULL);
  begin_finish (link, link->authenticator->sign_in_id, code, TRUE, cancellable, outer);
}

/** ehcp_link_answer_authenticator_finish: Returns: whether somebody is signed in now; otherwise
 * %EHCP_ERROR_WRONG_CODE, also for a code that was used, %EHCP_ERROR_EXPIRED after ten minutes or five tries, or
 * another error. */
gboolean
ehcp_link_answer_authenticator_finish (EhcpLink *link, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/** ehcp_link_get_authenticator: Returns: (nullable) (transfer none): what the council asks a member of staff for after
 * the mailed code, until that is answered. */
const EhcpAuthenticator *
ehcp_link_get_authenticator (EhcpLink *link)
{
  g_return_val_if_fail (EHCP_IS_LINK (link), NULL);
  return link->authenticator;
}

/** ehcp_link_finish_sign_in_finish: Returns: whether the code was right: somebody is signed in now, or
 * ehcp_link_get_authenticator() says what is asked for besides; otherwise %EHCP_ERROR_WRONG_CODE, %EHCP_ERROR_EXPIRED, %EHCP_ERROR_OFFLINE or another refusal. */
gboolean
ehcp_link_finish_sign_in_finish (EhcpLink *link, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
