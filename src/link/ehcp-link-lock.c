/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The account's password, told from others without the council: so the covered screen can be uncovered
 * offline. What is kept is a slow hash of it (Argon2id), beside the session in the keyring. */
#include "ehcp-link-private.h"

#include <sodium.h>
#include <string.h>

/* What one check needs in the account thread. */
typedef struct
{
  char *password;       /* secret */
  char *lock;
  EhcpSession *session; /* to be stored with a new lock, or NULL */
  gboolean is_memory_only;
} Flow;

static void
wipe (char **text)
{
  if (*text != NULL)
    explicit_bzero (*text, strlen (*text));
  g_clear_pointer (text, g_free);
}

static void
free_flow (gpointer data)
{
  Flow *flow = data;

  wipe (&flow->password);
  g_clear_pointer (&flow->lock, g_free);
  g_clear_pointer (&flow->session, ehcp_session_free);
  g_free (flow);
}

/* Remembers what was typed until the sign-in is finished; NULL forgets it. */
void
ehcp_link_take_typed (EhcpLink *link, const char *password)
{
  wipe (&link->typed);
  link->typed = g_strdup (password);
}

/* Where the link's sessions are kept. Any thread. */
EhcpKeyringPlace
ehcp_link_get_place (EhcpLink *link)
{
  return (EhcpKeyringPlace){ link->url, link->cache_dir };
}

/* NULL (otherwise transfer full) when there is no memory for it. Any thread; slow. */
char *
ehcp_link_make_lock (const char *password)
{
  char lock[crypto_pwhash_STRBYTES];

  if (sodium_init () < 0 ||
      crypto_pwhash_str (lock, password, strlen (password), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                         crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
    return NULL;
  return g_strdup (lock);
}

static void
renew_job (gpointer data)
{
  GTask *task = data;
  EhcpLink *link = g_task_get_source_object (task);
  Flow *flow = g_task_get_task_data (task);
  EhcpKeyringPlace place = ehcp_link_get_place (link);
  char *lock = ehcp_link_make_lock (flow->password);

  g_free (flow->session->lock);
  flow->session->lock = lock;
  if (!flow->is_memory_only)
    ehcp_keyring_store (&place, flow->session, NULL);
  g_task_return_pointer (task, g_strdup (lock), g_free);
}

static void
renewed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  EhcpLink *link = EHCP_LINK (source);
  char *lock = g_task_propagate_pointer (G_TASK (result), NULL);

  if (link->session == NULL)
    {
      g_free (lock);
      return;
    }
  g_free (link->session->lock);
  link->session->lock = lock;
}

/* After a change of the password. */
void
ehcp_link_renew_lock (EhcpLink *link)
{
  GTask *task;
  Flow *flow;

  if (link->session == NULL || link->typed == NULL || link->is_closed)
    return;
  task = ehcp_link_new_task (link, ehcp_link_renew_lock, NULL, renewed_cb, NULL);
  flow = g_new0 (Flow, 1);
  flow->password = g_strdup (link->typed);
  flow->is_memory_only = link->is_memory_only;
  flow->session = ehcp_session_new (link->session->account, link->session->token, &link->session->key,
                                    link->session->signed_in_at);
  g_task_set_task_data (task, flow, free_flow);
  ehcp_link_run (link->account, task, renew_job);
}

/** ehcp_link_has_lock: Returns: whether ehcp_link_check_password_async() can tell. */
gboolean
ehcp_link_has_lock (EhcpLink *link)
{
  return link->session != NULL && link->session->lock != NULL;
}

static void
check_job (gpointer data)
{
  GTask *task = data;
  Flow *flow = g_task_get_task_data (task);

  g_task_return_boolean (task, sodium_init () >= 0 &&
                                   crypto_pwhash_str_verify (flow->lock, flow->password,
                                                             strlen (flow->password)) == 0);
}

/** ehcp_link_check_password_async: Whether @password is the account's, without asking the council; only
 * when ehcp_link_has_lock(). */
void
ehcp_link_check_password_async (EhcpLink *link, const char *password, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer data)
{
  GTask *task;
  Flow *flow;

  g_return_if_fail (ehcp_link_has_lock (link));

  task = ehcp_link_new_task (link, ehcp_link_check_password_async, cancellable, callback, data);
  flow = g_new0 (Flow, 1);
  flow->password = g_strdup (password);
  flow->lock = g_strdup (link->session->lock);
  g_task_set_task_data (task, flow, free_flow);
  ehcp_link_run (link->account, task, check_job);
}

/** ehcp_link_check_password_finish: Returns: whether it is; %FALSE with an error when it was cancelled. */
gboolean
ehcp_link_check_password_finish (EhcpLink *link, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
