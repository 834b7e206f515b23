/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a session leaves this computer with all that belongs to it: the person logs out, or the council has ended the
 * account. One that only ended leaves everything here, see ehcp-link-sync.c. */
#include "ehcp-link-private.h"

#define GOODBYE_TIMEOUT_S 5

typedef struct
{
  EhcpSession *session;
  EhcpShelf *shelf;
  gboolean is_goodbye; /* the council is to be told */
} Leaving;

static void
free_leaving (gpointer data)
{
  Leaving *leaving = data;

  g_clear_pointer (&leaving->session, ehcp_session_free);
  g_clear_pointer (&leaving->shelf, ehcp_shelf_unref);
  g_free (leaving);
}

static void
wipe_job (gpointer data)
{
  ehcp_shelf_wipe (data);
}

static void
say_goodbye (EhcpLink *link, const EhcpSession *session, GCancellable *cancellable)
{
  g_autoptr (EhcpHttp) http = ehcp_http_new (link->url, GOODBYE_TIMEOUT_S);
  EhcpRequest request = { .method = "DELETE", .path = "/v1/session", .token = session->token };
  g_autoptr (GError) error = NULL;
  g_autoptr (EhcpAnswer) answer = ehcp_http_send (http, &request, cancellable, &error);

  if (answer == NULL)
    g_debug ("the session ends by itself on the server: %s", error->message);
}

static void
leave_job (gpointer data)
{
  GTask *task = data;
  EhcpLink *link = g_task_get_source_object (task);
  Leaving *leaving = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  EhcpKeyringPlace place = ehcp_link_get_place (link);

  /* This computer first: whoever ends the program while the council is slow to answer has logged out all the same. */
  if (leaving->session != NULL)
    ehcp_keyring_remove (&place, leaving->session->account, NULL);
  if (leaving->shelf != NULL)
    ehcp_worker_call (link->writer, wipe_job, leaving->shelf);
  if (leaving->session != NULL && leaving->is_goodbye)
    say_goodbye (link, leaving->session, cancellable);
  g_task_return_boolean (task, TRUE);
}

/* @task: (transfer full): ends when nothing is left. */
static void
leave (EhcpLink *link, gboolean is_goodbye, GTask *task)
{
  Leaving *leaving = g_new0 (Leaving, 1);

  ehcp_link_stop_sync (link);
  leaving->session = g_steal_pointer (&link->session);
  leaving->shelf = g_steal_pointer (&link->shelf);
  leaving->is_goodbye = is_goodbye;
  ehcp_link_forget (link);
  ehcp_link_set_memory_only (link, FALSE);
  ehcp_link_set_status (link, EHCP_LINK_SIGNED_OUT);
  g_task_set_task_data (task, leaving, free_leaving);
  g_task_set_check_cancellable (task, FALSE);
  ehcp_link_run (link->account, task, leave_job);
}

/**
 * ehcp_link_log_out_async:
 * @link: the link
 * @cancellable: (nullable): does not stop what goes on here, only the wait for the council
 * @callback: called when nothing is left
 * @data: for @callback
 *
 * Ends the session: on this computer in any case, token, keys, offline copy, outbox and drafts; then on the
 * council's server when that answers within some seconds. The book is empty and the status is
 * %EHCP_LINK_SIGNED_OUT at once.
 */
void
ehcp_link_log_out_async (EhcpLink *link, GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer data)
{
  leave (link, TRUE, ehcp_link_new_task (link, ehcp_link_log_out_async, NULL, callback, data));
}

/** ehcp_link_log_out_finish: Returns: %TRUE, nothing is left on this computer; %FALSE when the link was
 * closed meanwhile. */
gboolean
ehcp_link_log_out_finish (EhcpLink *link, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* The council has ended the account: as after logging out, what was not sent goes too, since it is nobody's any more. */
void
ehcp_link_end_account (EhcpLink *link)
{
  link->is_account_ended = TRUE;
  leave (link, FALSE, ehcp_link_new_task (link, ehcp_link_end_account, NULL, NULL, NULL));
}

/** ehcp_link_is_account_ended: Returns: whether nobody is signed in because the council ended the account; %FALSE again
 * once somebody signs in. Known before the status changes. */
gboolean
ehcp_link_is_account_ended (EhcpLink *link)
{
  g_return_val_if_fail (EHCP_IS_LINK (link), FALSE);
  return link->is_account_ended;
}
